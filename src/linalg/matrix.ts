/** A dense real matrix, row-major: entry (r, c) is `data[r * cols + c]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** The zero matrix [rows × cols]. */
export function zeros(rows: number, cols: number): Matrix {
  return { rows, cols, data: zeroNumbers(rows * cols) };
}

/** Numbers a shared buffer, and the most that an array of it may take. */
const SLAB = 1024;
const SMALL = 128;
let slab = new ArrayBuffer(8 * SLAB);
let used = 0;

/** A new zero array. A buffer of its own costs a small one fifty times what its numbers do, so that small ones share. */
function zeroNumbers(count: number): Float64Array {
  if (count > SMALL) return new Float64Array(count);
  if (used + count > SLAB) {
    slab = new ArrayBuffer(8 * SLAB);
    used = 0;
  }
  used += count;
  return new Float64Array(slab, 8 * (used - count), count);
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
