import { type Matrix, rowOf, zeros } from "./matrix.ts";

/**
 * Whether every eigenvalue of a symmetric matrix A lies below x: x·I − A has a Cholesky factor.
 * Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed. (2002), §10.1.
 */
export function isAboveSpectrum(matrix: Matrix, x: number): boolean {
  const n = matrix.rows;
  const factor = zeros(n, n);
  for (let r = 0; r < n; r++) {
    const row = rowOf(factor, r);
    for (let c = 0; c <= r; c++) {
      const other = rowOf(factor, c);
      let rest = (r === c ? x : 0) - matrix.data[r * n + c];
      for (let k = 0; k < c; k++) rest -= row[k] * other[k];
      if (r === c && !(rest > 0)) return false;
      row[c] = r === c ? Math.sqrt(rest) : rest / other[c];
    }
  }
  return true;
}
