import { type Matrix, rowOf, zeros } from "../../linalg/matrix.ts";
import type { ScaledMatrix } from "../../linalg/scaled-matrix.ts";
import { symmetricEigenvalues } from "../../linalg/symmetric-eigenvalues.ts";
import { backpropagate } from "../backward.ts";
import type { Cell } from "../cell.ts";
import {
  BLOCKS_DERIVATIVE,
  HESSIAN_DERIVATIVES,
  PARAMETER_DERIVATIVES,
  STEP_DERIVATIVES,
  STEP_GRADIENTS,
} from "../derivatives.ts";
import { forward } from "../forward.ts";
import { gradientsByKey, type StepGradients } from "../gradients-by-key.ts";
import { type InputVector, secondDerivatives } from "../hessian.ts";
import { inputJacobian, inputsToEnd } from "../input-jacobian.ts";
import type { StepGradientKey } from "../names.ts";
import { byParameter } from "../parameter-jacobian.ts";
import { missingKeys } from "../requirements.ts";
import { sequenceJacobian } from "../sequence-jacobian.ts";
import { type StateProduct, toScaledMatrix } from "../state-product.ts";
import { type StepJacobian, stepJacobian } from "../step-jacobian.ts";
import { type Unrolled, unroll } from "../unroll.ts";
import { UNBOUNDED, Values } from "../values.ts";
import { productBlocks } from "./sequence-parts.ts";

/**
 * Derivatives by the path under which a result has them: `jacobian.f.h_prev`, `terms.o`, `gradient.W_f`, `steps.dz_f`.
 * Entries that leave the double range, which no result has, are not finite here.
 */
export type Derivatives = ReadonlyMap<string, Matrix | Float64Array>;

/** The derivatives of a sequence: the Jacobian of each step, and what holds of it as a whole, product × 2^exponent2. */
export interface SequenceDerivatives {
  readonly unrolled: Unrolled;
  readonly steps: readonly StepJacobian[];
  /** Of each step ∂s_t/∂x_t, and ∂s_T/∂x_t times a power of two. */
  readonly inputs: readonly { readonly own: StateProduct; readonly toEnd: ScaledMatrix }[];
  readonly whole: Derivatives;
  readonly exponent2: number;
}

/**
 * Every derivative that the tool prints for a cell of one step, as far as its keys tell them.
 * @throws {DlstmError} overflow, where the forward pass leaves the double range.
 */
export function stepDerivatives(cell: Cell): Derivatives {
  const trace = forward(cell);
  const values = new Values(cell, trace, UNBOUNDED);
  const found = new Map<string, Matrix | Float64Array>();
  for (const { path, needs, value } of STEP_DERIVATIVES) {
    const own = missingKeys(cell, needs.of, needs.wrt).length > 0 ? null : value(values);
    if (own !== null) found.set(path, own as Matrix | Float64Array);
  }
  for (const { path, of, wrt } of PARAMETER_DERIVATIVES) {
    if (missingKeys(cell, of, wrt).length === 0) found.set(path, byParameter(trace, of, wrt));
  }
  if (missingKeys(cell, "h_t").length > 0) return found;
  const second = secondDerivatives(cell);
  const hessian = second.hessian();
  for (const { path, a, wrt } of HESSIAN_DERIVATIVES) {
    const matrix = hessian[a]?.[wrt];
    if (matrix !== undefined) found.set(path, matrix);
  }
  return found.set(BLOCKS_DERIVATIVE.path, second.blocks());
}

/**
 * Every derivative that the tool prints for a sequence.
 * @throws {DlstmError} missing, where the cell lacks a gate; overflow, where the forward pass leaves the double range.
 */
export function sequenceDerivatives(cell: Cell): SequenceDerivatives {
  const unrolled = unroll(cell);
  const steps = Array.from(unrolled.traces, stepJacobian);
  const { scaled, exponent } = sequenceJacobian(unrolled);
  const whole = new Map<string, Matrix | Float64Array>();
  for (const [of, row] of Object.entries(productBlocks(scaled))) {
    for (const [wrt, block] of Object.entries(row)) whole.set(`jacobian.${of}.${wrt}`, block);
  }
  const { gradient, steps: gradients } = gradientsByKey(cell, backpropagate(unrolled, cell.upstream));
  for (const [key, values] of Object.entries(gradient)) whole.set(`gradient.${key}`, values);
  for (const { path, key } of STEP_GRADIENTS) if (key !== "dc_t") whole.set(path, byStep(gradients, key));
  return { unrolled, steps, inputs: inputsOf(unrolled, steps), whole, exponent2: exponent };
}

function inputsOf({ traces }: Unrolled, steps: readonly StepJacobian[]): SequenceDerivatives["inputs"] {
  const toEnd: ScaledMatrix[] = [];
  for (const { product } of inputsToEnd(traces, { from: 0, to: steps.length })) toEnd.push(toScaledMatrix(product));
  return Array.from(traces, (trace, k) => ({ own: inputJacobian(trace), toEnd: toEnd[steps.length - 1 - k] }));
}

/** `product.h_prev` …: the Hessian times a vector, as far as there is one. */
function productDerivatives(cell: Cell, v: InputVector): Derivatives {
  if (missingKeys(cell, "h_t").length > 0) return new Map();
  const product = secondDerivatives(cell).times(v);
  return new Map(Object.entries(product).map(([wrt, vector]) => [`product.${wrt}`, vector]));
}

/** Of the Hessian by h_{t-1} as it is printed; not finite where an entry of it is not, null where there is none. */
function eigenvaluesOfStep(cell: Cell): Float64Array | null {
  if (missingKeys(cell, "h_t").length > 0) return null;
  const block = secondDerivatives(cell).hessian().h_prev.h_prev;
  if (block.data.every(Number.isFinite)) return symmetricEigenvalues(block);
  return new Float64Array(cell.hiddenSize).fill(Number.NaN);
}

/** All of them, as a check has them handed in. */
export const ownDerivatives = {
  step: stepDerivatives,
  product: productDerivatives,
  eigenvalues: eigenvaluesOfStep,
  sequence: sequenceDerivatives,
};

/** [T × H] */
function byStep(steps: readonly StepGradients[], key: StepGradientKey): Matrix {
  const rows = zeros(steps.length, steps[0][key].length);
  for (const [row, step] of steps.entries()) rowOf(rows, row).set(step[key]);
  return rows;
}
