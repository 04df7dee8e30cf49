import { WORDS } from "../bounded.ts";
import type { Matrix } from "../matrix.ts";
import { copyRows } from "./copy-rows.ts";
import type { Loops } from "./loops.ts";
import type { Term } from "./rows.ts";

/** Doubles of all matrices that are copied at a time. */
const BLOCKS = 65536;

/** Doubles that the kernel takes for a term, and for a factor. */
const [OF_TERM, OF_FACTOR] = [3, 4];

/**
 * Stores Σⱼ Mⱼᵀ wⱼ as the readable loop does, some columns at a time; `careful` tells an entry that its error leaves open. Returns false
 * where there is no room, or where that has to be done for all: where a number has an exponent, or nothing is known of it.
 */
export function setColumns(
  { numbers, places, sumColumns, isKept }: Loops,
  terms: readonly Term[],
  out: Float64Array,
  careful: (k: number) => number,
): boolean {
  const cols = out.length;
  const all = terms.reduce((total, { weights }) => total + weights.length, 0);
  const isCopied = (matrix: Matrix) => !isKept(matrix);
  const copied = terms.reduce((total, { weights, matrix }) => total + (isCopied(matrix) ? weights.length : 0), 0);
  const width = Math.min(cols + (cols % 2), 2 * Math.floor(BLOCKS / (copied + 1) / 2));
  const given = WORDS * all;
  const sums = given + OF_TERM * terms.length + OF_FACTOR * (all + 1);
  const work = sums + width;
  const block = work + 4 * width;
  if (width === 0 || block + copied * width > numbers.length) return false;
  for (let from = 0; from < cols; from += width) {
    const count = Math.min(width, cols - from);
    let before = 0;
    let to = block;
    terms.forEach(({ weights: { data, start, length }, matrix }, j) => {
      numbers.set(data.subarray(start, start + WORDS * length), WORDS * before);
      const rows = isCopied(matrix) ? [8 * to, 8 * width] : [matrix.data.byteOffset + 8 * from, 8 * cols];
      places.set([8 * WORDS * before, ...rows, length], 2 * (given + OF_TERM * j));
      before += length;
      if (!isCopied(matrix)) return;
      copyRows(numbers, to, width, matrix.data, from, cols, length, count);
      to += length * width;
    });
    if (sumColumns(8 * sums, 8 * given, terms.length, width, 8 * work) === 0) return false;
    out.set(numbers.subarray(sums, sums + count), from);
  }
  // what is open is computed exactly, which may take the memory for a forward pass
  for (let k = 0; k < cols; k++) if (Number.isNaN(out[k])) out[k] = careful(k);
  return true;
}
