/** The results of contract §4, written down a second time: what a script that reads them relies on. */
import * as z from "zod";

const vector = z.array(z.number()).min(1);
const matrix = z.array(vector).min(1);
const gate = z.enum(["f", "i", "o", "u"]);
const output = z.enum(["f", "i", "o", "u", "c_t", "tanh_c_t", "h_t"]);
const state = z.enum(["x_t", "h_prev", "c_prev"]);

const header = {
  version: z.literal(1),
  hidden_size: z.int().min(1),
  input_size: z.int().min(1).nullable(),
  assumed_zero: z.array(state).min(1).optional(),
  missing: z.partialRecord(output, z.array(z.string()).min(1)).optional(),
};

const gates = z.partialRecord(gate, vector);
const jacobian = z.partialRecord(output, z.partialRecord(state, matrix));

const optimum = z.strictObject({
  norm: z.enum(["1", "2", "inf"]),
  goal: z.enum(["max", "min"]),
  gates: z.partialRecord(
    gate,
    z.array(
      z.strictObject({
        unit: z.int().min(0),
        h_prev: vector.nullable(),
        preactivation: z.number(),
        activation: z.number(),
        unique: z.boolean(),
      }),
    ),
  ),
});

export const forwardSchema = z.strictObject({
  ...header,
  preactivations: gates,
  gates,
  c_t: vector.optional(),
  h_t: vector.optional(),
});

export const showSchema = z.strictObject({
  ...header,
  gates,
  c_t: vector.optional(),
  h_t: vector.optional(),
  jacobian,
  optimum: optimum.optional(),
});

export const jacobianSchema = z.strictObject({
  ...header,
  jacobian,
  terms: z.strictObject({ o: matrix, f: matrix, i: matrix, u: matrix }).optional(),
});

export const optimumSchema = z.strictObject({ ...header, optimum });

export const sigmoidSchema = z.strictObject({
  version: z.literal(1),
  values: z.array(z.strictObject({ z: z.number(), sigma: z.number(), derivative: z.number() })),
});

const problem = z.strictObject({
  // biome-ignore format: one line a kind
  code: z.enum([
    "usage", "not-found", "io", "too-large", "encoding", "syntax", "duplicate-key", "unknown-key",
    "shape", "not-a-number", "missing", "ambiguous", "unsupported", "overflow", "bug",
  ]),
  file: z.string().nullable(),
  place: z.string().nullable(),
  message: z.string().min(1),
});

/** What stands on stderr with --json (§5). */
export const errorSchema = z.strictObject({
  error: problem,
  more: z.array(problem).max(9),
  count: z.int().min(1),
});

/** Rows and columns of a JSON matrix whose rows are equally long. */
export function sizeOf(rows: readonly (readonly number[])[] | undefined): [number, number] {
  const widths = new Set(rows?.map((row) => row.length));
  if (!rows || widths.size !== 1) throw new Error("not a matrix");
  return [rows.length, rows[0]!.length];
}
