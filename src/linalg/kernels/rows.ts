import type { Room } from "../allocator.ts";
import { WORDS } from "../bounded.ts";
import type { Matrix } from "../matrix.ts";
import type { Loops } from "./loops.ts";

/** diag(weights)·matrix; a matrix of one row has that row everywhere. */
export interface Term {
  readonly weights: Room;
  readonly matrix: Matrix;
}

/** Doubles of all matrices that are copied at a time, so that they are still in the fastest cache when they are read. */
const BLOCKS = 8192;

/** Doubles that it may read and write behind rows. */
const BEYOND = 2;

/** Doubles that the kernel takes for a term, and for its factor. */
const [OF_TERM, OF_FACTOR] = [3, 4];

/**
 * Stores Σⱼ diag(wⱼ) Mⱼ as the readable loop does, block by block; `careful` sums a row in its place: where a number has an exponent,
 * or nothing is known of it, or where its error leaves open to which double a sum is rounded. Returns false where there is no room.
 */
export function setRows(
  { numbers, bytes, places, sumRows, isKept }: Loops,
  terms: readonly Term[],
  { rows, cols, data }: Matrix,
  careful: (r: number) => void,
): boolean {
  const count = terms.length;
  const isCopied = (matrix: Matrix) => matrix.rows > 1 && !isKept(matrix);
  const copied = terms.reduce((total, { matrix }) => total + Number(isCopied(matrix)), 0);
  const together = Math.min(rows, Math.max(1, Math.floor(BLOCKS / (copied + 1) / cols)));
  const given = WORDS * rows * count;
  const work = given + OF_TERM * count + OF_FACTOR * (count + 1);
  const out = work + 4 * (cols + (cols % 2));
  const blocks = out + together * cols + BEYOND;
  const open = blocks + (copied * together + count) * cols + BEYOND;
  if (open + together > numbers.length) return false;
  let block = blocks;
  const copies: { readonly matrix: Matrix; readonly block: number; readonly place: number }[] = [];
  terms.forEach(({ weights, matrix }, j) => {
    numbers.set(weights.data.subarray(weights.start, weights.start + WORDS * rows), WORDS * rows * j);
    const place = 2 * (given + OF_TERM * j);
    places.set([8 * WORDS * rows * j, matrix.data.byteOffset, matrix.rows > 1 ? 8 * cols : 0], place);
    if (matrix.rows > 1 && !isCopied(matrix)) return;
    if (matrix.rows === 1) numbers.set(matrix.data, block);
    else copies.push({ matrix, block, place: place + 1 });
    places[place + 1] = 8 * block;
    block += matrix.rows === 1 ? cols : together * cols;
  });
  const left: number[] = [];
  for (let from = 0; from < rows; from += together) {
    const next = Math.min(together, rows - from);
    for (const { matrix, block, place } of copies) {
      numbers.set(matrix.data.subarray(from * cols, (from + next) * cols), block);
      // the kernel counts rows from the first of all
      places[place] = 8 * (block - from * cols);
    }
    sumRows(8 * out, 8 * open, 8 * given, count, from, next, cols, 8 * work);
    data.set(numbers.subarray(out, out + next * cols), from * cols);
    for (let r = 0; r < next; r++) if (bytes[8 * open + r] !== 0) left.push(from + r);
  }
  // what is open is computed exactly, which may take the memory for a forward pass
  for (const r of left) careful(r);
  return true;
}
