/** A matrix of logarithms as one of fewer entries: means of neighbours. */
import { mean } from "d3-array";
import { type Matrix, zeros } from "../../linalg/matrix.ts";
import { blockSize } from "../downsample.ts";

export interface Places {
  /** How many rows and columns became one. */
  readonly down: number;
  readonly across: number;
  /** The first column of a place; of the last place the last. */
  from(place: number): number;
}

/** −∞ where every entry of a block is. */
export function gather(whole: Matrix, mostRows: number, mostCols: number): Places & { readonly matrix: Matrix } {
  const [down, across] = [blockSize(whole.rows, mostRows), blockSize(whole.cols, mostCols)];
  const matrix = zeros(blockSize(whole.rows, down), blockSize(whole.cols, across));
  for (let r = 0; r < matrix.rows; r++) {
    for (let c = 0; c < matrix.cols; c++) {
      const block: number[] = [];
      for (let row = r * down; row < Math.min((r + 1) * down, whole.rows); row++) {
        const start = row * whole.cols;
        block.push(...whole.data.subarray(start + c * across, start + Math.min((c + 1) * across, whole.cols)));
      }
      matrix.data[r * matrix.cols + c] = mean(block.filter(Number.isFinite)) ?? Number.NEGATIVE_INFINITY;
    }
  }
  const from = (place: number) => (place === matrix.cols - 1 ? whole.cols - 1 : place * across);
  return { matrix, down, across, from };
}
