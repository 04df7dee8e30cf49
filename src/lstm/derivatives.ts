/** The derivatives among what results hold, of a step and of a sequence, as answers, checks and their tables know them. */
import { apply, derivative, secondDerivative, sub } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { b, c_t, h_t, LOSS, lossHessian, OUTPUT_LETTERS, U, W, WRT_LETTERS, z } from "./letters.ts";
import {
  GATES,
  OUTPUTS,
  type Output,
  PARAMETERS,
  type Parameter,
  partsOf,
  type StepGradientKey,
  WRTS,
  type Wrt,
} from "./names.ts";
import { type Dimension, type Quantity, quantities } from "./quantities.ts";
import { GATES_OF } from "./requirements.ts";

/** ∂of/∂wrt with its path. */
export interface Derivative {
  readonly path: string;
  /** As a check names it: `h_t` by `x_t`, `loss` by `W_f`, `h_T` by `c_0`, `terms.o` by `h_prev`. */
  readonly of: string;
  readonly wrt: string;
  readonly shape: readonly Dimension[];
  readonly symbol: (isSequence?: boolean) => Formula;
}

/** Those among the quantities. */
const OF_QUANTITIES = quantities().flatMap((quantity): (Quantity & Derivative)[] => {
  if (quantity.family === "jacobian") return [quantity];
  if (quantity.family === "terms") return [{ ...quantity, of: quantity.path, wrt: "h_prev" }];
  return quantity.family === "gradient" ? [{ ...quantity, of: "loss", wrt: quantity.key }] : [];
});

/** Of one step. */
export const STEP_DERIVATIVES = OF_QUANTITIES.filter(({ path }) => path !== "gradient.x");

export interface ParameterDerivative extends Derivative {
  readonly of: Output;
  readonly wrt: Parameter;
  /** Whether the output sees the parameter's gate; else it is zero. */
  readonly isSeen: boolean;
}

/** ∂of/∂parameter of one step, of the shape of the parameter. */
export const PARAMETER_DERIVATIVES: readonly ParameterDerivative[] = OUTPUTS.flatMap((of) =>
  PARAMETERS.map((wrt) => parameterDerivative(of, wrt)),
);

function parameterDerivative(of: Output, wrt: Parameter): ParameterDerivative {
  const [kind, g] = partsOf(wrt);
  const shape = { W: ["H", "I"], U: ["H", "H"], b: ["H"] } as const;
  const symbol = () => derivative(OUTPUT_LETTERS[of], { W, U, b }[kind](g));
  return { path: `jacobian.${of}.${wrt}`, of, wrt, shape: shape[kind], symbol, isSeen: GATES_OF[of].includes(g) };
}

/** ∂²L/∂A∂B of one step: rows A, columns B. */
export const HESSIAN_DERIVATIVES: readonly (Derivative & { readonly a: Wrt; readonly wrt: Wrt })[] = WRTS.flatMap((a) =>
  WRTS.map((wrt) => ({
    ...{ path: `hessian.${a}.${wrt}`, of: `hessian.${a}`, a, wrt, symbol: () => lossHessian(a, wrt) },
    shape: [a, wrt].map((side) => (side === "x_t" ? "I" : "H")) as readonly Dimension[],
  })),
);

/** ∂²L/∂(z_f, z_i, z_o, z_u, c_{t-1})² of the units, a block below the other [5H × 5]. */
export const BLOCKS_DERIVATIVE: Derivative = {
  ...{ path: "blocks", of: "blocks", wrt: "z", shape: [] },
  symbol: () => secondDerivative(LOSS, "z", "z"),
};

/** Its product with a vector v over the inputs: the derivative by an input of that along v. */
export const PRODUCT_DERIVATIVES: readonly (Derivative & { readonly wrt: Wrt })[] = WRTS.map((wrt) => ({
  ...{ path: `product.${wrt}`, of: "product", wrt, shape: [wrt === "x_t" ? "I" : "H"] as const },
  symbol: () => secondDerivative(LOSS, WRT_LETTERS[wrt], "v"),
}));

/** The eigenvalues of ∂²L/∂h_{t-1}², descending, no derivatives themselves. */
export const EIGENVALUES_DERIVATIVE: Derivative = {
  ...{ path: "eigenvalues", of: "eigenvalues", wrt: "h_prev", shape: ["H"] },
  symbol: () => apply("λ", lossHessian("h_prev", "h_prev")),
};
/** Of larger cells they are not judged: a reference takes too long. */
export const MOST_JUDGED = 16;

/** ∂L/∂h_t, ∂L/∂c_t and ∂L/∂z_g of each step, over every path from it to L. */
export const STEP_GRADIENTS: readonly (Derivative & { readonly key: StepGradientKey })[] = [
  stepGradient("dh_t", "h_t", h_t),
  stepGradient("dc_t", "c_t", c_t),
  ...GATES.map((g) => stepGradient(`dz_${g}`, `z_${g}`, z(g))),
];

function stepGradient(key: StepGradientKey, wrt: string, by: Formula) {
  return { path: `steps.${key}`, key, of: "loss", wrt, shape: ["T", "H"] as const, symbol: () => derivative(LOSS, by) };
}

/** ∂(h_T, c_T)/∂(h_0, c_0) by blocks. */
const PRODUCT_BLOCKS: readonly Derivative[] = (["h", "c"] as const).flatMap((of) =>
  (["h", "c"] as const).map((wrt) => ({
    ...{ path: `jacobian.${of}_T.${wrt}_0`, of: `${of}_T`, wrt: `${wrt}_0`, shape: ["H", "H"] as const },
    symbol: () => derivative(sub(of, "T"), sub(wrt, 0)),
  })),
);

/** ∂h_T/∂x_t and ∂c_T/∂x_t of each step. */
export const INPUT_DERIVATIVES = (["h", "c"] as const).map((of) => ({
  ...{ path: `input_jacobian.${of}_T`, of: `${of}_T`, wrt: "x_t", shape: ["H", "I"] as const },
  symbol: () => derivative(sub(of, "T"), sub("x", "t")),
}));

/** Of a sequence as a whole. */
export const SEQUENCE_DERIVATIVES: readonly Derivative[] = [
  ...PRODUCT_BLOCKS,
  ...OF_QUANTITIES.filter(({ family, wrt }) => family === "gradient" && wrt !== "x_t"),
];

const ALL: readonly Derivative[] = [
  ...OF_QUANTITIES,
  ...PARAMETER_DERIVATIVES,
  ...HESSIAN_DERIVATIVES,
  BLOCKS_DERIVATIVE,
  ...PRODUCT_DERIVATIVES,
  EIGENVALUES_DERIVATIVE,
  ...PRODUCT_BLOCKS,
  ...INPUT_DERIVATIVES,
  ...STEP_GRADIENTS,
];

/** The derivative under a path, which is to be one of theirs. */
export function derivativeAt(path: string): Derivative {
  return required(
    ALL.find((derivative) => derivative.path === path),
    path,
  );
}

/** The derivative of that name, which is to be one of theirs. */
export function derivativeNamed(of: string, wrt: string): Derivative {
  return required(
    ALL.find((derivative) => derivative.of === of && derivative.wrt === wrt),
    `∂${of}/∂${wrt}`,
  );
}

function required(found: Derivative | undefined, name: string): Derivative {
  if (found === undefined) throw new Error(`${name} is no derivative of the table`);
  return found;
}
