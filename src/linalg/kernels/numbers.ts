import type { Room } from "../allocator.ts";
import { WORDS } from "../bounded.ts";
import type { Loops } from "./loops.ts";

/** Stores the products of two vectors of numbers by components; `careful` does it for those at start + k. Returns false where there is no room. */
export function setProducts(
  { numbers, multiplyNumbers }: Loops,
  a: Room,
  b: Room,
  out: Room,
  careful: (k: number) => void,
): boolean {
  const length = WORDS * a.length;
  const step = length + (length % (2 * WORDS));
  if (3 * step > numbers.length) return false;
  numbers.set(a.data.subarray(a.start, a.start + length));
  numbers.set(b.data.subarray(b.start, b.start + length), step);
  multiplyNumbers(0, 8 * step, 16 * step, step / WORDS);
  out.data.set(numbers.subarray(2 * step, 2 * step + length), out.start);
  for (let k = 0; k < length; k += WORDS) if (Number.isNaN(out.data[out.start + k])) careful(k);
  return true;
}
