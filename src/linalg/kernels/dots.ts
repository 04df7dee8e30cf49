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

/** Doubles of matrices that are not copied, summed at a time. */
const MOST = 2 ** 20;

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
  const isKept = ({ data }: Matrix) => data.buffer === numbers.buffer;
  const areKept = summands.every(({ matrix }) => isKept(matrix));
  const together = Math.min(even(rows), even(Math.floor((areKept ? MOST : BLOCKS) / length) + 1));
  const given = OF_ENTRY * length;
  const sums = given + OF_SUMMAND * summands.length;
  const blocks = sums + WORDS * together;
  if (blocks + (areKept ? 0 : length * together) + 2 > numbers.length) return false;
  numbers.fill(0, 0, length);
  let before = 0;
  summands.forEach(({ vector }, j) => {
    numbers.set(vector, before);
    const place = 2 * (given + OF_SUMMAND * j);
    places[place + 1] = 8 * vector.length;
    places[place + 3] = 8 * before;
    before += even(vector.length);
    places[place + 2] = 8 * before;
  });
  setHalves(0, length);
  for (let r = 0; r < rows; r += together) {
    const count = Math.min(together, rows - r);
    summands.forEach(({ matrix }, j) => {
      const { cols, data } = matrix;
      const place = 2 * (given + OF_SUMMAND * j);
      const block = blocks + (places[place + 3] / 8) * together;
      places[place] = isKept(matrix) ? data.byteOffset + 8 * r * cols : 8 * block;
      if (!isKept(matrix)) numbers.set(data.subarray(r * cols, (r + count) * cols), block);
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
