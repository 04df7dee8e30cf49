import type { Room } from "../allocator.ts";
import { WORDS } from "../bounded.ts";
import type { Loops } from "./loops.ts";

/** Doubles that the kernel works in for a unit. */
const OF_UNIT = 12;

/**
 * Stores σ or tanh of the numbers z, and the derivatives; `careful` does it for the number at z.data[z.start + k]. Returns whether it
 * did: false where there is no room for them.
 */
export type SetActivations = (
  name: "sigmoid" | "tanh",
  z: Room,
  value: Room,
  derivative: Room,
  careful: (k: number) => void,
) => boolean;

export function setActivations(
  { numbers, powers, activations }: Loops,
  ...[name, z, value, derivative, careful]: Parameters<SetActivations>
): boolean {
  const even = z.length + (z.length % 2);
  const [length, step] = [WORDS * z.length, WORDS * even];
  if (3 * step + OF_UNIT * even > numbers.length) return false;
  numbers.set(z.data.subarray(z.start, z.start + length));
  activations(0, 8 * step, 16 * step, even, name === "sigmoid" ? 1 : 2, powers, 24 * step);
  value.data.set(numbers.subarray(step, step + length), value.start);
  derivative.data.set(numbers.subarray(2 * step, 2 * step + length), derivative.start);
  for (let k = 0; k < length; k += WORDS) if (Number.isNaN(derivative.data[derivative.start + k])) careful(k);
  return true;
}

/** Stores the doubles nearest to some numbers; `careful` tells that of number k. Returns false where there is no room for them. */
export function setRounded(
  { numbers, round }: Loops,
  out: Float64Array,
  { data, start, length }: Room,
  careful: (k: number) => number,
): boolean {
  const even = length + (length % 2);
  if ((WORDS + 1) * even > numbers.length) return false;
  numbers.set(data.subarray(start, start + WORDS * length));
  round(0, 8 * WORDS * even, even);
  out.set(numbers.subarray(WORDS * even, WORDS * even + length));
  for (let k = 0; k < length; k++) if (Number.isNaN(out[k])) out[k] = careful(k);
  return true;
}
