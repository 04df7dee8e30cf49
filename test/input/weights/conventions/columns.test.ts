import { describe, expect, test } from "vitest";
import { matricesOf } from "../../../../src/input/weights/conventions/columns.ts";
import type { Piece } from "../../../../src/input/weights/conventions/pieces.ts";
import type { Tensor } from "../../../../src/input/weights/tensor.ts";
import { randomIn } from "../../../helpers/random.ts";

const [H, I] = [3, 5];
const OUTPUTS = 4 * H;
const INPUTS = I + H;

/** A tensor [(I + H) × 4H] of which so many rows are given in each piece, and the rest as the whole. */
function tensorIn(values: Float64Array, rows: readonly number[]): Tensor {
  return {
    name: "kernel",
    shape: [INPUTS, OUTPUTS],
    type: "F64",
    values(taker) {
      let at = 0;
      if (taker === undefined) return values;
      expect(taker.multiple).toBe(OUTPUTS);
      for (const count of rows) {
        const piece = values.slice(at, at + count * OUTPUTS);
        taker.take(piece);
        piece.fill(Number.NaN);
        at += count * OUTPUTS;
      }
      return values.slice(at);
    },
  };
}

/** W of x and U of h, joined as xh, of each gate. */
const PIECES = [0, 1, 2, 3].flatMap((block): Piece[] => {
  const of = { gate: "f", rowStride: 1, columnStride: OUTPUTS } as const;
  return [
    { ...of, target: "W", cols: I, start: block * H },
    { ...of, target: "U", cols: H, start: block * H + I * OUTPUTS },
  ];
});

describe("matrices of rows that are inputs", () => {
  test.each([[[]], [[1]], [[8]], [[3, 3, 2]], [[1, 1, 1, 1, 1, 1, 1, 1]], [[5, 1]], [[4, 3]]])(
    "are the same from pieces of %s rows and what is left",
    (rows) => {
      const values = Float64Array.from({ length: INPUTS * OUTPUTS }, randomIn(1 + rows.length));
      const found = matricesOf(tensorIn(values, rows), PIECES, OUTPUTS, H);
      expect(found).toEqual(
        PIECES.map(({ start, cols }) => ({
          rows: H,
          cols,
          data: Float64Array.from({ length: H * cols }, (_, n) => {
            return values[start + Math.floor(n / cols) + (n % cols) * OUTPUTS];
          }),
        })),
      );
    },
  );
});
