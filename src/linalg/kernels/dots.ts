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
 * Stores sums Σ A·v with the same vectors, behind each other, as numbers, as the readable loop does; `careful` computes number k in its
 * place: where too little is known of it. The error of a sum is that share of its size. Returns false where there is no room.
 */
export function setSums(
  { numbers, places, setHalves, setSums, isKept }: Loops,
  sums: readonly (readonly MatrixVector[])[],
  out: Room,
  share: number,
  careful: (k: number) => void,
): boolean {
  const [vectors] = sums;
  const rows = out.length / sums.length;
  let length = 0;
  for (const { vector } of vectors) length += even(vector.length);
  const areKept = sums.every((summands) => summands.every(({ matrix }) => isKept(matrix)));
  const together = Math.min(even(rows), even(Math.floor((areKept ? MOST : BLOCKS) / length) + 1));
  const given = OF_ENTRY * length;
  const found = given + OF_SUMMAND * vectors.length;
  const blocks = found + WORDS * together;
  if (blocks + (areKept ? 0 : length * together) + 2 > numbers.length) return false;
  numbers.fill(0, 0, length);
  let before = 0;
  vectors.forEach(({ vector }, j) => {
    numbers.set(vector, before);
    const place = 2 * (given + OF_SUMMAND * j);
    places[place + 1] = 8 * vector.length;
    places[place + 3] = 8 * before;
    before += even(vector.length);
    places[place + 2] = 8 * before;
  });
  setHalves(0, length);
  for (const [s, summands] of sums.entries()) {
    for (let r = 0; r < rows; r += together) {
      const count = Math.min(together, rows - r);
      summands.forEach(({ matrix }, j) => {
        const { cols, data } = matrix;
        const place = 2 * (given + OF_SUMMAND * j);
        const block = blocks + (places[place + 3] / 8) * together;
        places[place] = isKept(matrix) ? data.byteOffset + 8 * r * cols : 8 * block;
        if (!isKept(matrix)) numbers.set(data.subarray(r * cols, (r + count) * cols), block);
      });
      setSums(8 * found, 8 * given, vectors.length, count, 8 * length, share);
      out.data.set(numbers.subarray(found, found + WORDS * count), out.start + WORDS * (rows * s + r));
    }
  }
  for (let k = 0; k < out.length; k++) if (Number.isNaN(out.data[out.start + WORDS * k + 3])) careful(k);
  return true;
}

function even(count: number): number {
  return count + (count % 2);
}
