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
  reverse: z.literal(true).optional(),
  assumed_zero: z.array(state).min(1).optional(),
  assumed_activation: z.literal("sigmoid").optional(),
  missing: z.partialRecord(output, z.array(z.string()).min(1)).optional(),
};

/** A step, and of a reverse cell the row of x that it reads. */
const label = { t: z.int().min(1), x_row: z.int().min(0).optional() };

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

const optionally = <T extends z.ZodType>(letters: readonly string[], shape: T) =>
  Object.fromEntries(letters.flatMap((letter) => gate.options.map((g) => [`${letter}_${g}`, shape.optional()])));
/** By the inputs and by the parameters, in the shapes of these. */
const byAny = z.strictObject({
  ...{ x_t: matrix.optional(), h_prev: matrix.optional(), c_prev: matrix.optional() },
  ...optionally(["W", "U"], matrix),
  ...optionally(["b"], vector),
});

export const jacobianSchema = z.strictObject({
  ...header,
  jacobian: z.partialRecord(output, byAny),
  terms: z.strictObject({ o: matrix, f: matrix, i: matrix, u: matrix }).optional(),
});

export const optimumSchema = z.strictObject({ ...header, optimum });

export const outputOptimumSchema = z.strictObject({
  ...header,
  optimum: z.strictObject({
    norm: z.literal("2"),
    goal: z.enum(["max", "min"]),
    outputs: z.partialRecord(
      z.enum(["c_t", "tanh_c_t", "h_t"]),
      z.array(
        z.strictObject({
          unit: z.int().min(0),
          h_prev: vector.nullable(),
          value: z.number(),
          bound: z.number(),
          gap: z.number().min(0),
          unique: z.boolean().nullable(),
        }),
      ),
    ),
  }),
});

export const sigmoidSchema = z.strictObject({
  version: z.literal(1),
  values: z.array(z.strictObject({ z: z.number(), sigma: z.number(), derivative: z.number() })),
});

const { missing: _, ...sizes } = header;

/** A type by gate: `gatesOf("U", matrix)` has U_f, U_i, U_o, U_u. */
function gatesOf<L extends "W" | "U" | "b" | "dz", T extends z.ZodType>(letter: L, type: T) {
  const entries = gate.options.map((g) => [`${letter}_${g}`, type]);
  return Object.fromEntries(entries) as Record<`${L}_${z.infer<typeof gate>}`, T>;
}

const gradient = z.strictObject({
  x_t: vector.optional(),
  x: matrix.optional(),
  h_prev: vector,
  c_prev: vector,
  ...gatesOf("W", matrix.optional()),
  ...gatesOf("U", matrix),
  ...gatesOf("b", vector),
});

export const backwardSchema = z.strictObject({
  ...sizes,
  missing: z.partialRecord(gradient.keyof(), z.array(z.string()).min(1)).optional(),
  assumed_one: z.tuple([z.literal("dh_t")]).optional(),
  loss: z.number(),
  gradient,
  steps: z
    .array(z.strictObject({ ...label, dh_t: vector, dc_t: vector, ...gatesOf("dz", vector) }))
    .min(1)
    .optional(),
});

const byInput = <T extends z.ZodType>(of: T) => z.strictObject({ h_prev: of, c_prev: of, x_t: of.optional() });

export const hessianSchema = z.strictObject({
  ...header,
  missing: z.strictObject({ x_t: z.array(z.string()).min(1) }).optional(),
  assumed_one: z.tuple([z.literal("dh_t")]).optional(),
  loss: z.number(),
  hessian: byInput(byInput(matrix)),
  blocks: z
    .array(
      z.strictObject({
        unit: z.int().min(0),
        order: z.tuple(["z_f", "z_i", "z_o", "z_u", "c_prev"].map((name) => z.literal(name)) as [z.ZodLiteral]),
        hessian: z.array(z.array(z.number()).length(5)).length(5),
      }),
    )
    .optional(),
  unit: z.number().int().optional(),
  vector: byInput(vector).optional(),
  product: byInput(vector).optional(),
  eigenvalues: vector,
});

const everyGate = <T extends z.ZodType>(type: T) => z.strictObject({ f: type, i: type, o: type, u: type });
const share = z.number().min(0).max(1);
const timeScale = z.number().min(1).nullable();

const step = { ...label, gates: everyGate(vector), c_t: vector, h_t: vector };
const spectrum = {
  eigenvalues: z
    .array(z.strictObject({ re: z.number().nullable(), im: z.number().nullable() }))
    .min(2)
    .optional(),
  singular_log10: z.array(z.number().nullable()).min(2).optional(),
};
const norm = z.number().min(0).nullable();
const inputJacobian = z.strictObject({
  ...{ ...label, h_T: matrix.optional(), c_T: matrix.optional(), exponent2: z.int().optional() },
  ...{ h_T_norm: norm, c_T_norm: norm, h_T_log10: z.number().nullable(), c_T_log10: z.number().nullable() },
});
/** The lines of `--steps-format ndjson --wrt x` between the steps and the summary. */
export const inputLineSchema = z.strictObject({ input_jacobian: inputJacobian });
const stepFlow = {
  ...spectrum,
  ...label,
  step_norm: z.number().min(0).nullable(),
  step_log10: z.number().min(308).optional(),
  saturated: everyGate(z.strictObject({ low: share, high: share })),
  forget_time_scale: z.strictObject({ median: timeScale, largest: timeScale }),
};
const blocks = z.strictObject({ h_0: matrix, c_0: matrix });

const summary = {
  ...sizes,
  ...spectrum,
  from_step: z.int().min(0),
  to_step: z.int().min(1),
  jacobian: z.strictObject({ h_T: blocks, c_T: blocks }),
  exponent2: z.int(),
  jacobian_norm: z.number().min(0).nullable(),
  jacobian_log10: z.number().nullable(),
  lyapunov: z.array(z.number().nullable()).min(2),
  lyapunov_steps: z.int().min(1),
};

export const sequenceSchema = z.strictObject({
  ...summary,
  steps: z.array(z.strictObject(step)).min(1),
  input_jacobian: z.array(inputJacobian).min(1).optional(),
  flow: z
    .array(
      z.strictObject({
        ...stepFlow,
        to_end_norm: z.number().min(0).nullable(),
        to_end_log10: z.number().nullable(),
      }),
    )
    .min(1),
});

/** The lines of `--steps-format ndjson`: steps, and last what holds of the whole. */
export const sequenceStepSchema = z.strictObject({ ...step, ...stepFlow });
export const sequenceSummarySchema = z.strictObject(summary);

const error = z.number().min(0);

export const checkSchema = z.strictObject({
  version: header.version,
  hidden_size: header.hidden_size,
  input_size: header.input_size,
  reverse: header.reverse,
  passed: z.boolean(),
  sampled_columns: z.int().min(1).optional(),
  tolerance: z.number().min(0).optional(),
  not_judged: z
    .array(
      z.strictObject({
        of: z.string(),
        wrt: z.string(),
        entries: z.int().min(1),
        first: z.strictObject({
          t: z.int().min(1).optional(),
          x_row: z.int().min(0).optional(),
          row: z.int().min(0),
          column: z.int().min(0).nullable(),
        }),
      }),
    )
    .min(1)
    .optional(),
  optima: z
    .array(
      z.strictObject({
        of: z.enum(["c_t", "tanh_c_t", "h_t"]),
        goal: z.enum(["max", "min"]),
        units: z.int().min(1),
        max_gap: z.number().min(0),
        passed: z.boolean(),
        worst: z.strictObject({ unit: z.int().min(0), value: z.number(), bound: z.number(), reference: z.number() }),
      }),
    )
    .optional(),
  quantities: z
    .array(
      z.strictObject({
        of: z.string(),
        wrt: z.string(),
        entries: z.int().min(1),
        max_abs_error: error,
        max_rel_error: error.nullable(),
        max_ulp: error,
        max_share: error,
        worst: z.strictObject({
          t: z.int().min(1).optional(),
          x_row: z.int().min(0).optional(),
          row: z.int().min(0),
          column: z.int().min(0).nullable(),
          closed_form: z.number().optional(),
          answer: z.number().optional(),
          reference: z.number(),
        }),
        passed: z.boolean(),
      }),
    )
    .min(1),
});

const convention = z.enum([
  "native",
  "pytorch",
  "keras",
  "tfjs",
  "onnx",
  "flax",
  "haiku",
  "tf-basic",
  "equinox",
  "matlab",
  "coursera",
  "cs231n",
  "mlx",
  "mxnet",
  "d2l",
  "graves",
]);

/** `convert --list`. */
export const weightListSchema = z.strictObject({
  version: header.version,
  tensors: z.array(z.strictObject({ name: z.string(), shape: z.array(z.int().min(0)), type: z.string() })),
  cells: z.array(
    z.strictObject({
      conventions: z.array(convention).min(1),
      prefix: z.string(),
      layer: z.int().min(0).nullable(),
      reverse: z.boolean(),
      flags: z.string(),
      needs_from: z.boolean(),
      refused: z.string().nullable(),
      hidden_size: header.hidden_size,
      input_size: header.input_size,
    }),
  ),
  notes: z.array(z.string()),
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
