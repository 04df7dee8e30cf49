/** Which rows of a matrix are long, and whether few of them hold most of it. */
import { type Matrix, rowOf } from "./matrix.ts";
import { maxNorm } from "./norm.ts";

export interface RowLengths {
  /** The row of the largest ‖A^(r)‖₂ and of the smallest, the first where several are. */
  readonly longest: number;
  readonly shortest: number;
  /** ‖A^(r)‖₂ by row [rows], to a few units in the last place. */
  readonly lengths: Float64Array;
  readonly median: number;
  /** So many of the longest rows hold at least half of Σ a². */
  readonly half: number;
}

/** Of a matrix with at least one row. */
export function rowLengths(matrix: Matrix): RowLengths {
  const largest = maxNorm(matrix.data) || 1;
  // what is squared is at most one
  const scaled = Float64Array.from({ length: matrix.rows }, (_, r) =>
    Math.hypot(...rowOf(matrix, r).map((entry) => entry / largest)),
  );
  const sorted = scaled.toSorted().reverse();
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return {
    longest: scaled.indexOf(sorted[0]),
    shortest: scaled.indexOf(sorted[sorted.length - 1]),
    lengths: scaled.map((length) => length * largest),
    median: median * largest,
    half: holdingHalf(sorted),
  };
}

/** @param sorted lengths, longest first */
function holdingHalf(sorted: Float64Array): number {
  const whole = sorted.reduce((sum, length) => sum + length * length, 0);
  let held = 0;
  const last = sorted.findIndex((length) => {
    held += length * length;
    return 2 * held >= whole;
  });
  return last + 1;
}
