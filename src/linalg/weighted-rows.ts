import { type Matrix, zeros } from "./matrix.ts";

/** diag(weights)·matrix: row r of the matrix times weights[r]. */
export interface WeightedRows {
  readonly weights: Float64Array;
  readonly matrix: Matrix;
}

/** Σⱼ diag(wⱼ) Mⱼ [rows × cols]: H² work a term, where a product of full matrices would cost H³. */
export function sumWeightedRows(terms: readonly WeightedRows[], rows: number, cols: number): Matrix {
  const result = zeros(rows, cols);
  const out = result.data;
  for (const { weights, matrix } of terms) {
    const data = matrix.data;
    for (let r = 0; r < rows; r++) {
      const weight = weights[r];
      const end = (r + 1) * cols;
      for (let k = r * cols; k < end; k++) out[k] += weight * data[k];
    }
  }
  return result;
}
