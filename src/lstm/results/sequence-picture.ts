/** A sequence with what only its pictures show. */
import { type Matrix, zeros } from "../../linalg/matrix.ts";
import type { Cell } from "../cell.ts";
import { inputJacobian } from "../input-jacobian.ts";
import { type StateProduct, times } from "../state-product.ts";
import { unroll } from "../unroll.ts";
import type { InputJacobian, SequenceResult } from "./records.ts";
import { type Progress, sequenceResult } from "./sequence.ts";
import { inputNorms } from "./sequence-inputs.ts";
import { unitReach } from "./unit-reach.ts";

export interface SequencePicture extends SequenceResult {
  /** log₁₀ ‖∂s_T/∂s_t^(d)‖ with s^(d) = (h^(d), c^(d)): a row a unit, a column each t from 0 to T − 1; −∞ where nothing arrives */
  readonly reach: Matrix;
  /** The norms of ∂h_T/∂x_t and ∂c_T/∂x_t in order; null where they take too long for a picture. */
  readonly inputs: readonly InputJacobian[] | null;
}

/** Entries of ∂(h_T, c_T)/∂x_t that are computed within about a second. */
const MOST_ENTRIES = 2e7;

/** Over all steps. @throws {DlstmError} as {@link sequenceResult} */
export function sequencePicture(cell: Cell, steps: number, progress: Progress): SequencePicture {
  const reach = zeros(cell.hiddenSize, steps);
  const isCheap = 2 * steps * cell.hiddenSize * (cell.inputSize ?? 0) <= MOST_ENTRIES;
  const inputs: InputJacobian[] = [];
  const { traces } = unroll(cell);
  const addInput = (t: number, after: StateProduct | null) => {
    const own = inputJacobian(traces.at(t - 1));
    inputs.push(inputNorms(cell, t, after === null ? own : times(after, own)));
  };
  if (isCheap) addInput(steps, null);
  const result = sequenceResult(cell, { from: 0, to: steps }, progress, (t, product) => {
    for (const [d, value] of unitReach(product).entries()) reach.data[d * steps + t] = value;
    if (isCheap && t > 0) addInput(t, product);
  });
  return { ...result, reach, inputs: isCheap ? inputs.reverse() : null };
}

/** log₁₀ of 1/(1 − f) of every unit at every step; ∞ where f rounds to 1. */
export function forgetTimeScales({ steps }: Pick<SequenceResult, "steps">): number[] {
  return steps.flatMap(({ gates }) => Array.from(gates.f, (f) => -Math.log10(1 - f)));
}
