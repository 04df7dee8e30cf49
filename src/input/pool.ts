/** Room for the small matrices of cells that are read by the thousand, one a line. */
import type { Matrix } from "../linalg/matrix.ts";

/** Numbers that a shared buffer holds, and the most that one matrix may take of them. */
const SLAB = 1024;
const SMALL = 128;

let slab = new ArrayBuffer(8 * SLAB);
let used = 0;

/**
 * The zero matrix [rows × cols]. A buffer of its own costs a small matrix fifty times what its numbers do, so small ones
 * share: `data.buffer` holds other cells' weights too. Only what is read comes from here; what is computed, and handed
 * out as a result, owns its buffer and may be transferred to another thread.
 */
export function pooledZeros(rows: number, cols: number): Matrix {
  const count = rows * cols;
  if (count > SMALL) return { rows, cols, data: new Float64Array(count) };
  // a slab that somebody transferred with a weight of theirs has no bytes any more
  if (used + count > SLAB || slab.byteLength === 0) {
    slab = new ArrayBuffer(8 * SLAB);
    used = 0;
  }
  used += count;
  return { rows, cols, data: new Float64Array(slab, 8 * (used - count), count) };
}
