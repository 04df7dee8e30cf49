import { type Matrix, zeros } from "../linalg/matrix.ts";

/** How many rows and columns to a block, so that of so many no more than `most` blocks remain. */
export function blockSize(count: number, most: number): number {
  return Math.ceil(count / most);
}

/** By blocks of rows and columns, the entry of the largest magnitude of each, with its sign, so that nothing large hides. */
export function downsample({ rows, cols, data }: Matrix, blockRows: number, blockCols: number): Matrix {
  const result = zeros(blockSize(rows, blockRows), blockSize(cols, blockCols));
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      const k = Math.floor(r / blockRows) * result.cols + Math.floor(c / blockCols);
      const entry = data[r * cols + c];
      if (Math.abs(entry) > Math.abs(result.data[k])) result.data[k] = entry;
    }
  }
  return result;
}
