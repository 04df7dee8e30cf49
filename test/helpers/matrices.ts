import type { Matrix } from "../../src/linalg/matrix.ts";

/** A matrix of equally long rows. */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, cols: rows[0]!.length, data: Float64Array.from(rows.flat()) };
}

/** Its rows as plain arrays. */
export function rowsOf({ rows, cols, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, r) => [...data.subarray(r * cols, (r + 1) * cols)]);
}

/** The product [m × n] of rows [m × k] and [k × n], by its definition. */
export function product(left: readonly (readonly number[])[], right: readonly (readonly number[])[]): number[][] {
  return left.map((row) => right[0]!.map((_, c) => row.reduce((sum, entry, k) => sum + entry * right[k]![c]!, 0)));
}

/** n numbers in [−1, 1) that look random, the same each time (Park and Miller 1988). */
export function numbers(n: number, seed: number): number[] {
  let state = seed * 7919 + 1;
  return Array.from({ length: n }, () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  });
}

/** An orthogonal matrix, right to rounding: a product of Householder reflections I − 2vvᵀ/vᵀv. */
export function orthogonal(n: number, seed: number, reflections = 4): number[][] {
  const rows: number[][] = Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, c) => (r === c ? 1 : 0)));
  for (let pass = 0; pass < reflections; pass++) {
    const v = numbers(n, seed + pass);
    const square = v.reduce((sum, x) => sum + x * x, 0);
    for (const row of rows) {
      const along = (2 * row.reduce((sum, x, k) => sum + x * v[k]!, 0)) / square;
      for (let k = 0; k < n; k++) row[k]! -= along * v[k]!;
    }
  }
  return rows;
}

/** Q₁ diag(d) Q₂ for orthogonal Q₁, Q₂: its singular values are |d_k|. */
export function withSingularValues(d: readonly number[], seed: number): Matrix {
  const left = orthogonal(d.length, seed).map((row) => row.map((entry, k) => entry * d[k]!));
  return matrixOf(product(left, orthogonal(d.length, seed + 50)));
}
