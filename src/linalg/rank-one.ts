import type { Matrix } from "./matrix.ts";

/** out += matrixᵀ v, walking the rows as they lie in memory. */
export function addTransposedProduct(out: Float64Array, matrix: Matrix, v: Float64Array): void {
  const { rows, cols, data } = matrix;
  for (let r = 0; r < rows; r++) {
    const factor = v[r];
    const start = r * cols;
    for (let k = 0; k < cols; k++) out[k] += factor * data[start + k];
  }
}
