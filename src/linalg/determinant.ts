import { type Ball, ZERO } from "./ball.ts";

/**
 * ± the determinant of a square matrix of exact numbers, exactly: fraction-free elimination, in which every division
 * leaves no rest.
 * Source: E. H. Bareiss, "Sylvester's identity and multistep integer-preserving Gaussian elimination", Math. Comp. 22 (1968).
 */
export function determinant(matrix: readonly (readonly Ball[])[]): Ball {
  const exponents = matrix.flat().flatMap(({ mantissa, exponent }) => (mantissa === 0n ? [] : [exponent]));
  const lowest = exponents.reduce((least, exponent) => (exponent < least ? exponent : least), exponents[0] ?? 0n);
  const rows = matrix.map((row) =>
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
