/** One unit of a step as a diagram of the cell shows it: its numbers, and what runs along each edge of ∂h_t/∂h_{t-1}. */
import { type Matrix, rowOf } from "../../linalg/matrix.ts";
import { maxNorm } from "../../linalg/norm.ts";
import type { State } from "../cell.ts";
import { byGate, type Gate, PATHS } from "../names.ts";
import type { ForwardResult } from "./records.ts";

/** The paths that run along one edge together, by the gates that they go through. */
export const EDGES = {
  f: ["f"],
  i: ["i"],
  u: ["u"],
  o: ["o"],
  iu: ["i", "u"],
  fiu: ["f", "i", "u"],
  uo: ["u", "o"],
  iuo: ["i", "u", "o"],
  all: PATHS,
} as const satisfies Record<string, readonly Gate[]>;

export type Edge = keyof typeof EDGES;

/** The row of ∂h_t/∂h_{t-1} of one unit. */
export interface CarriedByEdge {
  /** ‖Σ T_g^(d)‖₂ over the paths of an edge */
  readonly norm: Readonly<Record<Edge, number>>;
  /** ⟨T_g^(d), J^(d)⟩/⟨J^(d), J^(d)⟩, which add up to 1; null for J^(d) = 0 */
  readonly share: Readonly<Record<Gate, number | null>>;
}

export interface UnitFlow {
  readonly unit: number;
  readonly z: Readonly<Partial<Record<Gate, number>>>;
  readonly gates: Readonly<Partial<Record<Gate, number>>>;
  readonly c_prev: number;
  /** f ∘ c_{t-1} and i ∘ u, of which c_t is the sum; null where the cell does not tell them, as below */
  readonly kept: number | null;
  readonly written: number | null;
  readonly c_t: number | null;
  readonly tanh_c_t: number | null;
  readonly h_t: number | null;
  readonly carried: CarriedByEdge | null;
}

/** Unit d of a step; terms are the four paths of ∂h_t/∂h_{t-1} [H × H], where the cell tells them. */
export function unitFlow(
  { preactivations, gates, c_t, h_t }: ForwardResult,
  { c_prev }: State,
  terms: Readonly<Record<Gate, Matrix>> | null,
  unit: number,
): UnitFlow {
  const of = (vectors: Readonly<Partial<Record<Gate, Float64Array>>>) =>
    Object.fromEntries(Object.entries(vectors).map(([g, values]) => [g, values[unit]])) as UnitFlow["gates"];
  const own = of(gates);
  const memory = c_prev?.[unit] ?? 0;
  return {
    unit,
    z: of(preactivations),
    gates: own,
    c_prev: memory,
    kept: own.f === undefined ? null : own.f * memory,
    written: own.i === undefined || own.u === undefined ? null : own.i * own.u,
    c_t: c_t?.[unit] ?? null,
    tanh_c_t: c_t ? Math.tanh(c_t[unit]) : null,
    h_t: h_t?.[unit] ?? null,
    carried: terms && carriedBy(byGate((g) => rowOf(terms[g], unit))),
  };
}

function carriedBy(rows: Readonly<Record<Gate, Float64Array>>): CarriedByEdge {
  // what is squared is at most one
  const largest = Math.max(...PATHS.map((g) => maxNorm(rows[g]))) || 1;
  const scaled = byGate((g) => rows[g].map((entry) => entry / largest));
  const sum = (gates: readonly Gate[]) => scaled.f.map((_, k) => gates.reduce((all, g) => all + scaled[g][k], 0));
  const whole = sum(PATHS);
  const square = inner(whole, whole);
  const norm = Object.entries(EDGES).map(([edge, gates]) => [edge, largest * Math.hypot(...sum(gates))]);
  return {
    norm: Object.fromEntries(norm) as Record<Edge, number>,
    share: byGate((g) => (square === 0 ? null : inner(scaled[g], whole) / square)),
  };
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((all, entry, k) => all + entry * b[k], 0);
}
