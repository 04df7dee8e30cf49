/** The envelope of the native cell: which keys there are and what kind of value each holds. */
import * as z from "zod/mini";
import { ARRAY_KEYS, MATRIX_KEYS, STATE_KEYS, UPSTREAM_KEYS } from "./keys.ts";

const DESCRIPTIONS: Record<string, string> = {
  W: "[H × I] weights of the input x_t; needed only where x_t (or x) is given",
  U: "[H × H] weights of the hidden state h_{t-1}",
  b: "[H] bias; absent: zero",
  x: "[T × I] a sequence instead of x_t; h_prev and c_prev are then the state before its first step",
  x_t: "[I] input of the step; absent: zero",
  h_prev: "[H] hidden state h_{t-1}; absent: zero",
  c_prev: "[H] cell state c_{t-1}; absent: zero",
  dh_t: "[H] upstream gradient of h_t; [T × H] along x, where [H] is that of the last step; absent: ones",
  dc_t: "[H] upstream gradient of c_t; [T × H] along x, where [H] is that of the last step; absent: zero",
};

/** JSON Schema of the arrays, whose numbers are checked by a loop: one zod issue a number would cost gigabytes. */
export const arrayShapes = z.registry<Record<string, unknown>>();

export const row = { type: "array", minItems: 1, items: { type: "number" } };
export const rows = { type: "array", minItems: 1, items: row };

function array(key: string, shape: Record<string, unknown>) {
  const description = DESCRIPTIONS[key] ?? DESCRIPTIONS[key[0]];
  const schema = z.custom<readonly unknown[]>(Array.isArray);
  return z.optional(schema.register(arrayShapes, { ...shape, description }));
}

function arrays(keys: readonly string[]): Record<string, ReturnType<typeof array>> {
  return Object.fromEntries(keys.map((key) => [key, array(key, shapeOf(key))]));
}

function shapeOf(key: string): Record<string, unknown> {
  if ((UPSTREAM_KEYS as readonly string[]).includes(key)) return { anyOf: [row, rows] };
  return (MATRIX_KEYS as readonly string[]).includes(key) ? rows : row;
}

const labels = { name: z.optional(z.string()), $schema: z.optional(z.string()) };

export const cellSchema = z.strictObject({
  ...labels,
  reverse: z.optional(
    z.boolean().register(arrayShapes, {
      description:
        "true: x is read from its last row to its first, as the reverse direction of a bidirectional layer does",
    }),
  ),
  ...arrays(ARRAY_KEYS),
});

/** What a --state file may hold. */
export const stateSchema = z.strictObject({ ...labels, ...arrays(STATE_KEYS) });
