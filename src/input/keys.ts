import { GATES, type Gate } from "../lstm/names.ts";

/** Keys by what they hold. */
export const MATRIX_KEYS = [
  ...GATES.map((g) => `W_${g}` as const),
  ...GATES.map((g) => `U_${g}` as const),
  "x",
] as const;
export const VECTOR_KEYS = [...GATES.map((g) => `b_${g}` as const), "x_t", "h_prev", "c_prev"] as const;
/** A vector, or for a sequence a matrix with a row a step. */
export const UPSTREAM_KEYS = ["dh_t", "dc_t"] as const;
/** All of them, in the order in which what is wrong with them is told. */
export const ARRAY_KEYS = [...MATRIX_KEYS, ...VECTOR_KEYS, ...UPSTREAM_KEYS] as const;
/** The keys that --state may give; they override the cell's. */
export const STATE_KEYS = ["x_t", "x", "h_prev", "c_prev", ...UPSTREAM_KEYS] as const;

/** The keys of weights. */
export const WEIGHT_KEYS = ARRAY_KEYS.filter((key): key is WeightKey => /^[WUb]_/.test(key));

/** What a value under a key is. */
type Kind = "array" | "string" | "boolean";

const LABELS = { name: "string", $schema: "string" } as const;
const arrays = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, "array" as const]));

/** The keys of what is read as JSON, each with the kind of its value. */
export const ENVELOPES = {
  "native cell": { ...LABELS, reverse: "boolean", ...arrays(ARRAY_KEYS) },
  state: { ...LABELS, ...arrays(STATE_KEYS) },
} as const satisfies Record<string, Readonly<Record<string, Kind>>>;

export type EnvelopeName = keyof typeof ENVELOPES;

export type ArrayKey = (typeof ARRAY_KEYS)[number];
export type StateKey = (typeof STATE_KEYS)[number];
export type WeightKey = `${"W" | "U" | "b"}_${Gate}`;

/** A value with where it came from, so that an error about it can say so. */
export interface Sourced {
  readonly value: unknown;
  readonly file: string | null;
  /** A key, or the flag that gave it. */
  readonly place: string;
  /** The entries of a flag's rows that are one row or one column, and may be meant as a vector. */
  readonly vector?: readonly unknown[] | undefined;
}
