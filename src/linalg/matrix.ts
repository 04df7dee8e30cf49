/** A dense real matrix, row-major: entry (r, c) is `data[r * cols + c]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** Some columns of a matrix, whose rows stand as far apart as those of the whole. */
export interface Block extends Matrix {
  readonly stride: number;
}

/** From one row to the next. */
export function strideOf(matrix: Matrix | Block): number {
  return "stride" in matrix ? matrix.stride : matrix.cols;
}

/** Columns from … from + cols, as a view. */
export function columnsOf({ rows, cols: stride, data }: Matrix, from: number, cols: number): Block {
  return { rows, cols, stride, data: data.subarray(from) };
}

/** The zero matrix [rows × cols]. */
export function zeros(rows: number, cols: number): Matrix {
  return { rows, cols, data: new Float64Array(rows * cols) };
}

/** A vector as a matrix of one row. */
export function asRow(data: Float64Array): Matrix {
  return { rows: 1, cols: data.length, data };
}

/** diag(d) [n × n]. */
export function diagonal(entries: Float64Array): Matrix {
  const n = entries.length;
  const result = zeros(n, n);
  for (let k = 0; k < n; k++) result.data[k * n + k] = entries[k];
  return result;
}

/** Row r as a view: writing to it writes to the matrix. */
export function rowOf(matrix: Matrix, r: number): Float64Array {
  return matrix.data.subarray(r * matrix.cols, (r + 1) * matrix.cols);
}

/** The transpose [cols × rows]. */
export function transpose({ rows, cols, data }: Matrix): Matrix {
  const result = zeros(cols, rows);
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < cols; k++) result.data[k * rows + r] = data[r * cols + k];
  }
  return result;
}
