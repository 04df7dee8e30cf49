import { type Matrix, zeros } from "../../../linalg/matrix.ts";
import { copyStrided } from "../strided.ts";
import type { Tensor } from "../tensor.ts";
import type { Piece } from "./pieces.ts";

/**
 * The matrices [H × inputs] of the pieces of a tensor [inputs × gates·H], of which a few rows are taken at a time.
 * @throws {DlstmError} what `values` of the tensor throws.
 */
export function matricesOf(tensor: Tensor, pieces: readonly Piece[], outputs: number, hidden: number): Matrix[] {
  const matrices = pieces.map(({ cols }) => zeros(hidden, cols));
  let first = 0;
  const take = (rows: Float64Array) => {
    const behind = first + rows.length / outputs;
    for (const [k, { start, cols }] of pieces.entries()) {
      const [input, column] = [Math.floor(start / outputs), start % outputs];
      const from = Math.max(first, input);
      const shape = [hidden, Math.max(0, Math.min(behind, input + cols) - from)];
      const view = { offset: (from - first) * outputs + column, shape, strides: [1, outputs] };
      copyStrided(rows, view, matrices[k].data, { offset: from - input, strides: [cols, 1] });
    }
    first = behind;
  };
  take(tensor.values({ multiple: outputs, take }));
  return matrices;
}
