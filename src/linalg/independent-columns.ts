import { type Ball, timesPower, ZERO } from "./ball.ts";

/** What an elimination without a rounding tells of a matrix. */
export interface Elimination {
  /** Of each column whether it is no linear combination of those before it. */
  readonly isIndependent: readonly boolean[];
  /** ± the determinant of a square matrix; zero for any other whose columns are dependent. */
  readonly determinant: Ball;
}

/**
 * Which columns of a matrix of exact numbers are independent of those before them: fraction-free elimination, in which
 * every division leaves no rest.
 * Source: E. H. Bareiss, "Sylvester's identity and multistep integer-preserving Gaussian elimination", Math. Comp. 22 (1968).
 */
export function eliminate(matrix: readonly (readonly Ball[])[]): Elimination {
  const lowest = Math.min(...matrix.flat().map(({ m, e }) => (m === 0n ? Number.POSITIVE_INFINITY : e)));
  const rows = matrix.map((row) => row.map(({ m, e }) => (m === 0n ? 0n : m << BigInt(e - lowest))));
  const isIndependent: boolean[] = [];
  let rank = 0;
  let before = 1n;
  for (let c = 0; c < rows[0].length; c++) {
    const at = rows.findIndex((row, r) => r >= rank && row[c] !== 0n);
    isIndependent.push(at >= 0);
    if (at < 0) continue;
    [rows[rank], rows[at]] = [rows[at], rows[rank]];
    const pivot = rows[rank];
    for (let r = rank + 1; r < rows.length; r++) {
      const first = rows[r][c];
      rows[r] = rows[r].map((entry, k) => (k <= c ? 0n : (entry * pivot[c] - first * pivot[k]) / before));
    }
    before = pivot[c];
    rank += 1;
  }
  const isRegular = rank === rows[0].length;
  return { isIndependent, determinant: isRegular ? timesPower({ m: before, r: 0n, e: 0 }, rank * lowest) : ZERO };
}
