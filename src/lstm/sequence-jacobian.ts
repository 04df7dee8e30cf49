import { failure, inPlace } from "../errors.ts";
import type { ScaledMatrix } from "../linalg/scaled-matrix.ts";
import { type StateJacobian, stateJacobian } from "./state-jacobian.ts";
import { ofStep, type StateProduct, timesNext, toScaledMatrix } from "./state-product.ts";
import { type StepJacobian, stepJacobian } from "./step-jacobian.ts";
import type { Traces } from "./traces.ts";
import { placeOf, requireStep, traceAt, type Unrolled } from "./unroll.ts";

/** The steps from + 1 … to of a sequence; 0 is the state before the first step. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Refuses what is no part of a sequence of so many steps.
 * @param places the names of its ends, for messages
 * @throws {DlstmError} usage, where the sequence has no such steps, or the span has none.
 */
export function requireSpan({ from, to }: Span, steps: number, places = { from: "from", to: "to" }): void {
  requireStep(to, steps, places.to);
  if (Number.isInteger(from) && 0 <= from && from < to) return;
  throw failure("usage", `${from}, expected less than ${to}, the step to end with`, { place: places.from });
}

/** What is known at step t on the way back: the Jacobian of step t + 1, and that of the end by the state at t. */
export interface ToEnd {
  readonly t: number;
  /** ∂s_{t+1}/∂s_t */
  readonly step: StepJacobian;
  /** ∂s_to/∂s_t */
  readonly product: StateProduct;
}

/**
 * ∂s_to/∂s_t with s = (h, c) for t = to − 1 … from, each from the next one: ∂s_to/∂s_t = ∂s_to/∂s_{t+1} · ∂s_{t+1}/∂s_t.
 * Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks" (2013), with the
 * whole state of the cell for its h.
 * @param visit is told of each of them; that of `from` is returned
 */
export function productToStart(traces: Traces, { from, to }: Span, visit?: (toEnd: ToEnd) => void) {
  let step = stepJacobian(traces.at(to - 1));
  let product = ofStep(step);
  for (let t = to - 1; ; t--) {
    visit?.({ t, step, product });
    if (t === from) return product;
    step = stepJacobian(traces.at(t - 1));
    product = timesNext(product, step);
  }
}

/**
 * The Jacobian of step t of a sequence; what is wrong with it names the step.
 * @throws {DlstmError} overflow, where an entry leaves the double range.
 */
export function stepAt(unrolled: Unrolled, t: number): StateJacobian {
  return inPlace(placeOf(unrolled.cell, t), () => stateJacobian(traceAt(unrolled, t)));
}

/**
 * ∂s_to/∂s_from [2H × 2H], s = (h, c): the product of the steps' Jacobians at the states rounded to doubles. By default
 * over the whole sequence.
 *
 * Each entry is within (T − 1)(2H + 2)ε of that entry of |S_to| ⋯ |S_from+1|, the product of absolute values over T
 * steps, ε = 2⁻⁵³: each of T − 1 products is a sum of at most 2H rounded products, to first order
 * (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed. (2002), §3.5), and no entry is lost on the way,
 * however far from the others it lies. Of a single step it is what {@link jacobian} gives. Beside the bound, an entry
 * that is less than a normal double times 2^exponent is rounded to a multiple of 2^(exponent − 1074).
 * A step's own entry beyond the doubles is scaled.
 * @throws {DlstmError} usage, where the span is none of the sequence.
 */
export function sequenceJacobian(unrolled: Unrolled, span: Span = { from: 0, to: unrolled.steps }): ScaledMatrix {
  requireSpan(span, unrolled.steps);
  return toScaledMatrix(productToStart(unrolled.traces, span));
}
