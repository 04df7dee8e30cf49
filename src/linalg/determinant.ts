import { type Ball, exactly, ZERO } from "./ball.ts";
import { type Matrix, rowOf } from "./matrix.ts";

/**
 * ± the determinant of a square matrix, exactly: fraction-free elimination, in which every division
 * leaves no rest.
 * Source: E. H. Bareiss, "Sylvester's identity and multistep integer-preserving Gaussian elimination", Math. Comp. 22 (1968).
 */
export function determinant(matrix: Matrix): Ball {
  const exact = ballRows(matrix);
  const exponents = exact.flat().flatMap(({ mantissa, exponent }) => (mantissa === 0n ? [] : [exponent]));
  const lowest = exponents.reduce((least, exponent) => (exponent < least ? exponent : least), exponents[0] ?? 0n);
  const rows = exact.map((row) =>
    row.map(({ mantissa, exponent }) => (mantissa === 0n ? 0n : mantissa << (exponent - lowest))),
  );
  let before = 1n;
  for (let c = 0; c < rows.length; c++) {
    const at = rows.findIndex((row, r) => r >= c && row[c] !== 0n);
    if (at < 0) return ZERO;
    [rows[c], rows[at]] = [rows[at], rows[c]];
    const pivot = rows[c];
    for (let r = c + 1; r < rows.length; r++) {
      const first = rows[r][c];
      rows[r] = rows[r].map((entry, k) => (k <= c ? 0n : (entry * pivot[c] - first * pivot[k]) / before));
    }
    before = pivot[c];
  }
  return { mantissa: before, exponent: BigInt(rows.length) * lowest, radius: 0n };
}

/** The rows of a matrix, exactly. */
export function ballRows(matrix: Matrix): Ball[][] {
  return Array.from({ length: matrix.rows }, (_, r) => Array.from(rowOf(matrix, r), exactly));
}
