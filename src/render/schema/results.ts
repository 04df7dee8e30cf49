/** The schema of the record that each command prints. */
import * as z from "zod/mini";
import { STEP_GRADIENTS } from "../../lstm/derivatives.ts";
import {
  GATES,
  GOALS,
  type GradientKey,
  NORMS,
  OUTPUTS,
  PARAMETERS,
  PATHS,
  STATE_OUTPUTS,
  WRTS,
} from "../../lstm/names.ts";
import { type Family, FORWARD_FAMILIES, quantities, SHOW_FAMILIES, type Vectors } from "../../lstm/quantities.ts";
import type * as R from "../../lstm/results/records.ts";
import type { CheckResult } from "../../verify/result.ts";
import { allOf, count, matrix, optional, schemaOf, someOf, text, vector } from "./parts.ts";

const size = z.int().check(z.minimum(1));
const version = z.literal(1);
export const header = {
  ...{ version, hidden_size: size, input_size: z.nullable(size) },
  reverse: optional(z.literal(true)),
};
/** A step, and of a reverse cell the row of x that it reads. */
const label = { t: count, x_row: optional(count) };
const notes = {
  assumed_zero: optional(z.array(text)),
  assumed_activation: optional(z.literal("sigmoid")),
  missing: optional(z.record(text, z.array(text))),
};

const gates = someOf(GATES, vector);
type VectorSchemas<F extends Family> = {
  readonly [K in F]: Vectors<F> extends { readonly [G in K]: object }
    ? typeof gates
    : z.ZodMiniExactOptional<typeof vector>;
};

/** Families of vectors as results have them: those of the gates by gate, others under keys of their own. */
export function vectorsOf<F extends Family>(families: readonly F[]) {
  const ofGates = (family: F) => quantities().some((quantity) => quantity.family === family && "gate" in quantity);
  return Object.fromEntries(
    families.map((family) => [family, ofGates(family) ? gates : optional(vector)]),
  ) as unknown as VectorSchemas<F>;
}

export const jacobian = someOf(OUTPUTS, someOf(WRTS, matrix));
const byParameters = someOf(PARAMETERS, z.union([matrix, vector]));
const jacobianOrParameters = someOf(OUTPUTS, z.strictObject({ ...someOf(WRTS, matrix).shape, ...byParameters.shape }));
export const terms = allOf(PATHS, matrix);
/** One unit of a gate's optimum. */
export const unit = z.strictObject({
  ...{
    unit: count,
    h_prev: z.nullable(vector),
    preactivation: z.number(),
    activation: z.number(),
    unique: z.boolean(),
  },
});
export const optimum = z.strictObject({
  norm: z.enum(NORMS),
  goal: z.enum(GOALS),
  gates: someOf(GATES, z.array(unit)),
});
/** One unit of an output's optimum. */
const outputUnit = z.strictObject({
  ...{ unit: count, h_prev: z.nullable(vector), value: z.number(), bound: z.number(), gap: z.number() },
  unique: z.nullable(z.boolean()),
});
const outputOptima = z.strictObject({
  ...{ norm: z.literal("2"), goal: z.enum(GOALS), outputs: someOf(STATE_OUTPUTS, z.array(outputUnit)) },
});
const gradients = quantities().filter((quantity) => quantity.family === "gradient");
export const gradient = z.strictObject(
  Object.fromEntries(
    gradients.map(({ key, shape }) => [key, optional(shape.length === 1 ? vector : matrix)]),
  ) as Record<GradientKey, z.ZodMiniExactOptional<typeof vector | typeof matrix>>,
);

const forward = schemaOf<R.ForwardResult>()(z.strictObject({ ...header, ...vectorsOf(FORWARD_FAMILIES), ...notes }));
const show = schemaOf<R.ShowResult>()(
  z.strictObject({ ...header, ...vectorsOf(SHOW_FAMILIES), jacobian, optimum: optional(optimum), ...notes }),
);
const jacobians = schemaOf<R.JacobianResult>()(
  z.strictObject({ ...header, jacobian: jacobianOrParameters, terms: optional(terms), ...notes }),
);
const optima = schemaOf<R.OptimumResult>()(z.strictObject({ ...header, optimum, ...notes }));

const outputOptimum = schemaOf<R.OutputOptimumResult>()(z.strictObject({ ...header, optimum: outputOptima, ...notes }));

const stepGradients = allOf(
  STEP_GRADIENTS.map(({ key }) => key),
  vector,
);
const steps = z.array(z.strictObject({ ...label, ...stepGradients.shape }));
const backward = schemaOf<R.BackwardResult>()(
  z.strictObject({
    ...{ ...header, loss: z.number(), gradient, steps: optional(steps) },
    ...{ assumed_one: optional(z.array(text)), ...notes },
  }),
);

const byInput = <T extends z.ZodMiniType>(of: T) => z.strictObject({ h_prev: of, c_prev: of, x_t: optional(of) });
const block = z.strictObject({ unit: count, order: z.array(text), hessian: matrix });
const hessian = schemaOf<R.HessianResult>()(
  z.strictObject({
    ...{ ...header, loss: z.number(), hessian: byInput(byInput(matrix)), blocks: optional(z.array(block)) },
    ...{
      unit: optional(count),
      vector: optional(byInput(vector)),
      product: optional(byInput(vector)),
      eigenvalues: vector,
      assumed_one: optional(z.array(text)),
      ...notes,
    },
  }),
);

const nullable = z.nullable(z.number());
const share = z.strictObject({ low: z.number(), high: z.number() });
const spectrum = {
  eigenvalues: optional(z.array(z.strictObject({ re: nullable, im: nullable }))),
  singular_log10: optional(z.array(nullable)),
};
const inputJacobian = z.strictObject({
  ...{ ...label, h_T: optional(matrix), c_T: optional(matrix), exponent2: optional(z.int()) },
  ...{ h_T_norm: nullable, c_T_norm: nullable, h_T_log10: nullable, c_T_log10: nullable },
});
const flow = z.strictObject({
  ...{ ...label, step_norm: nullable, step_log10: optional(nullable), saturated: allOf(GATES, share) },
  ...{ forget_time_scale: z.strictObject({ median: nullable, largest: nullable }) },
  ...{ to_end_norm: nullable, to_end_log10: nullable, ...spectrum },
});
const sequence = schemaOf<R.SequenceResult>()(
  z.strictObject({
    ...{ ...header, from_step: count, to_step: count },
    steps: z.array(z.strictObject({ ...label, gates: allOf(GATES, vector), c_t: vector, h_t: vector })),
    jacobian: allOf(["h_T", "c_T"], allOf(["h_0", "c_0"], matrix)),
    ...{ exponent2: z.int(), jacobian_norm: nullable, jacobian_log10: nullable },
    ...{ flow: z.array(flow), lyapunov: z.array(nullable), lyapunov_steps: count },
    ...{ input_jacobian: optional(z.array(inputJacobian)), ...spectrum, ...notes },
  }),
);

const place = { t: optional(count), x_row: optional(count), row: count, column: z.nullable(count) };
const entry = { closed_form: optional(z.number()), answer: optional(z.number()), reference: z.number() };
const verdict = z.strictObject({
  ...{ of: text, wrt: text, entries: count, max_abs_error: z.number(), max_rel_error: nullable },
  ...{ max_ulp: z.number(), max_share: z.number(), worst: z.strictObject({ ...place, ...entry }), passed: z.boolean() },
});
const worstOptimum = { unit: count, value: z.number(), bound: z.number(), reference: z.number() };
const optimumVerdict = z.strictObject({
  ...{ of: z.enum(STATE_OUTPUTS), goal: z.enum(GOALS), units: count, max_gap: z.number(), passed: z.boolean() },
  worst: z.strictObject(worstOptimum),
});
const unjudged = z.strictObject({ of: text, wrt: text, entries: count, first: z.strictObject(place) });
const check = schemaOf<CheckResult>()(
  z.strictObject({
    ...{ ...header, passed: z.boolean(), quantities: z.array(verdict) },
    optima: optional(z.array(optimumVerdict)),
    ...{ sampled_columns: optional(count), tolerance: optional(z.number()), not_judged: optional(z.array(unjudged)) },
  }),
);

const value = z.strictObject({ z: z.number(), sigma: z.number(), derivative: z.number() });
const sigmoid = schemaOf<R.SigmoidResult>()(z.strictObject({ version, values: z.array(value) }));

export const RESULTS = {
  ...{ forward, show, jacobian: jacobians, optimum: optima, "optimum --of": outputOptimum },
  ...{ backward, hessian, sequence, check, sigmoid },
};
