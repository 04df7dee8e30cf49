/** A sequence with what only its pictures show. */
import { type Matrix, zeros } from "../../linalg/matrix.ts";
import type { Cell } from "../cell.ts";
import type { SequenceResult } from "./records.ts";
import { type Progress, sequenceResult } from "./sequence.ts";
import { unitReach } from "./unit-reach.ts";

export interface SequencePicture extends SequenceResult {
  /** log₁₀ ‖∂s_T/∂s_t^(d)‖ with s^(d) = (h^(d), c^(d)): a row a unit, a column each t from 0 to T − 1; −∞ where nothing arrives */
  readonly reach: Matrix;
}

/** Over all steps. @throws {DlstmError} as {@link sequenceResult} */
export function sequencePicture(cell: Cell, steps: number, progress: Progress): SequencePicture {
  const reach = zeros(cell.hiddenSize, steps);
  const result = sequenceResult(cell, { from: 0, to: steps }, progress, (t, product) => {
    for (const [d, value] of unitReach(product).entries()) reach.data[d * steps + t] = value;
  });
  return { ...result, reach };
}

/** log₁₀ of 1/(1 − f) of every unit at every step; ∞ where f rounds to 1. */
export function forgetTimeScales({ steps }: Pick<SequenceResult, "steps">): number[] {
  return steps.flatMap(({ gates }) => Array.from(gates.f, (f) => -Math.log10(1 - f)));
}
