import type { Matrix } from "./matrix.ts";

/** matrix += a bᵀ, entry (r, k) += a[r]·b[k]: the gradient of a weight matrix is a sum of these. */
export function addOuterProduct(matrix: Matrix, a: Float64Array, b: Float64Array): void {
  const { rows, cols, data } = matrix;
  for (let r = 0; r < rows; r++) {
    const factor = a[r];
    const start = r * cols;
    for (let k = 0; k < cols; k++) data[start + k] += factor * b[k];
  }
}

/** out += matrixᵀ v, walking the rows as they lie in memory. */
export function addTransposedProduct(out: Float64Array, matrix: Matrix, v: Float64Array): void {
  const { rows, cols, data } = matrix;
  for (let r = 0; r < rows; r++) {
    const factor = v[r];
    const start = r * cols;
    for (let k = 0; k < cols; k++) out[k] += factor * data[start + k];
  }
}
