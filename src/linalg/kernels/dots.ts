import type { Matrix } from "../matrix.ts";
import type { Loops } from "./loops.ts";

export interface MatrixVector {
  readonly matrix: Matrix;
  readonly vector: Float64Array;
}

/** A compensated sum: high + low, and what tells how far it may be off. */
export interface Sum {
  high: number;
  low: number;
  /** Σ|products| */
  size: number;
  /** Σ|low|, after each product */
  spread: number;
}

/** Doubles of a matrix that are copied at a time, so that they are still in the fastest cache when they are read. */
const BLOCK = 2048;

/** What stores the sum of row r of Σ A·v, until the next call; null where there is no room for them. */
export function dots(loops: Loops, rows: number, summands: readonly MatrixVector[]) {
  const { numbers, highHalves, addDots } = loops;
  const length = summands.reduce((total, { vector }) => total + vector.length, 0);
  const even = length + (length % 2);
  const sums = 2 * even;
  const block = sums + 4 * (rows + (rows % 2));
  const widest = Math.max(...summands.map(({ matrix }) => matrix.cols));
  if (block + Math.max(BLOCK, 2 * widest) > numbers.length) return null;
  numbers.fill(0, sums, block);
  let at = 0;
  for (const { vector } of summands) {
    numbers.set(vector, at);
    at += vector.length;
  }
  highHalves(0, 8 * even, even);
  at = 0;
  for (const { matrix } of summands) {
    const { cols, data } = matrix;
    const together = 2 * Math.max(1, Math.floor(BLOCK / (2 * cols)));
    for (let r = 0; r < rows; r += together) {
      const count = Math.min(together, rows - r);
      numbers.set(data.subarray(r * cols, (r + count) * cols), block);
      addDots(8 * (sums + 4 * r), 8 * block, count, 8 * at, 8 * (even + at), cols);
    }
    at += cols;
  }
  return (sum: Sum, r: number): void => {
    // two rows are beside each other
    const row = sums + 4 * r - 3 * (r % 2);
    sum.high = numbers[row];
    sum.low = numbers[row + 2];
    sum.size = numbers[row + 4];
    sum.spread = numbers[row + 6];
  };
}
