import { setEntry, transposeWide, type WideMatrix, wideZeros } from "./wide-matrix.ts";

/** Products this many powers of two below the largest of a sum are left out of it. */
const NEGLIGIBLE = -1000;

/** 2^−1000 … 2^0 */
const POWERS = Float64Array.from({ length: 1 - NEGLIGIBLE }, (_, k) => 2 ** (k + NEGLIGIBLE));

/**
 * left · right, [m × n][n × p], each entry summed at the scale of its own largest product, so that no entry is lost
 * whatever the others are. It is within nε·Σ|products|, ε = 2⁻⁵³: a rounding of each product and n − 1 of the sums
 * (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed. (2002), §3.1), and nothing underflows, because
 * a product that is left out is below 2^−998 of the largest: with their n they stay below 2^−900 Σ|products|.
 */
export function multiplyWide(left: WideMatrix, right: WideMatrix): WideMatrix {
  const result = wideZeros(left.rows, right.cols);
  // columns as rows: both factors are then read in the order in which they lie in memory
  const columns = transposeWide(right);
  for (let r = 0; r < left.rows; r++) {
    for (let c = 0; c < right.cols; c++) setDot(result, r * right.cols + c, left, r, columns, c);
  }
  return result;
}

function setDot(out: WideMatrix, at: number, left: WideMatrix, r: number, columns: WideMatrix, c: number): void {
  const n = left.cols;
  const [a, b] = [left.exponent, columns.exponent];
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0, i = r * n, j = c * n; k < n; k++, i++, j++) {
    if (a[i] + b[j] > largest) largest = a[i] + b[j];
  }
  if (largest === Number.NEGATIVE_INFINITY) return;
  let sum = 0;
  for (let k = 0, i = r * n, j = c * n; k < n; k++, i++, j++) {
    const below = a[i] + b[j] - largest;
    if (below >= NEGLIGIBLE) sum += left.significand[i] * columns.significand[j] * POWERS[below - NEGLIGIBLE];
  }
  setEntry(out, at, sum, largest);
}
