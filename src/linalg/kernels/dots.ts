import type { Room } from "../allocator.ts";
import { WORDS } from "../bounded.ts";
import type { Matrix } from "../matrix.ts";
import type { Loops } from "./loops.ts";

export interface MatrixVector {
  readonly matrix: Matrix;
  readonly vector: Float64Array;
}

/** Doubles of all matrices that are copied at a time, so that they are still in the fastest cache when they are read. */
const BLOCKS = 4096;

/** Doubles that the kernel takes for a summand, and for an entry of a vector with its halves. */
const [OF_SUMMAND, OF_ENTRY] = [2, 3];

/**
 * Stores Σ A·v as numbers, as the readable loop does; `careful` sums a row in its place: where too little is known of it. The error
 * of a sum is that share of its size. Returns false where there is no room.
 */
export function setSums(
  { numbers, places, setHalves, setSums }: Loops,
  summands: readonly MatrixVector[],
  out: Room,
  share: number,
  careful: (r: number) => void,
): boolean {
  const rows = out.length;
  const length = summands.reduce((total, { vector }) => total + even(vector.length), 0);
  const together = Math.min(even(rows), even(Math.floor(BLOCKS / length) + 1));
  const given = OF_ENTRY * length;
  const sums = given + OF_SUMMAND * summands.length;
  const blocks = sums + WORDS * together;
  if (blocks + length * together + 2 > numbers.length) return false;
  numbers.fill(0, 0, length);
  let before = 0;
  summands.forEach(({ vector, matrix: { cols } }, j) => {
    const end = before + even(cols);
    numbers.set(vector, before);
    places.set([8 * (blocks + before * together), 8 * cols, 8 * end, 8 * before], 2 * (given + OF_SUMMAND * j));
    before = end;
  });
  setHalves(0, length);
  for (let r = 0; r < rows; r += together) {
    const count = Math.min(together, rows - r);
    summands.forEach(({ matrix: { cols, data } }, j) => {
      numbers.set(data.subarray(r * cols, (r + count) * cols), places[2 * (given + OF_SUMMAND * j)] / 8);
    });
    setSums(8 * sums, 8 * given, summands.length, count, 8 * length, share);
    out.data.set(numbers.subarray(sums, sums + WORDS * count), out.start + WORDS * r);
  }
  for (let r = 0; r < rows; r++) if (Number.isNaN(out.data[out.start + WORDS * r + 3])) careful(r);
  return true;
}

function even(count: number): number {
  return count + (count % 2);
}
