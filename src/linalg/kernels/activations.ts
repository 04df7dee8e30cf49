import type { Room } from "../allocator.ts";
import { WORDS } from "../bounded.ts";
import type { Loops } from "./loops.ts";

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
  if (3 * step > numbers.length) return false;
  numbers.set(z.data.subarray(z.start, z.start + length));
  activations(0, 8 * step, 16 * step, even, name === "sigmoid" ? 1 : 2, powers);
  value.data.set(numbers.subarray(step, step + length), value.start);
  derivative.data.set(numbers.subarray(2 * step, 2 * step + length), derivative.start);
  for (let k = 0; k < length; k += WORDS) if (Number.isNaN(derivative.data[derivative.start + k])) careful(k);
  return true;
}
