/** Seeded sequences whose steps' Jacobians hold entries from 1e-300 to 1e300, so that their products leave the doubles. */
import { bits53, randomIn } from "../helpers/random.ts";
import type { NativeSequence } from "../helpers/sequences.ts";
import { GATES } from "./reference.ts";

/**
 * A sequence of 2 to 10 steps, H from 1 to 3, every number with 53 random bits. A unit may be faint, its output gate at
 * e^−690 … e^−300 and its h read by weights that undo that; may forget at e^−700 …; may remember 1e100 or 345.
 */
export function sequenceOf(seed: number): NativeSequence {
  const next = randomIn(seed + 1);
  const between = (from: number, to: number) => from + (to - from) * next();
  const H = 1 + (seed % 3);
  const steps = 2 + (Math.floor(seed / 3) % 9);
  const vector = (spread: number) => Array.from({ length: H }, () => between(-spread, spread));
  const columns = Array.from({ length: H }, () => 0);
  const output = vector(2);
  const forget = vector(2);
  const memory = vector(2);
  for (let d = 0; d < H; d++) {
    if (next() < 0.5) {
      output[d] = between(-690, -300);
      columns[d] = -output[d]! / Math.LN10 - between(5, 40);
    }
    if (next() < 0.4) forget[d] = between(-700, -50);
    if (next() < 0.2) memory[d] = bits53(next) * 10 ** between(1, 2);
  }
  const rows = () =>
    Array.from({ length: H }, () => columns.map((size) => bits53(next) * 10 ** (size + between(-3, 0))));
  const weights = GATES.flatMap((g) => [
    [`U_${g}`, rows()],
    [`W_${g}`, Array.from({ length: H }, () => [between(-1, 1)])],
    [`b_${g}`, g === "o" ? output : g === "f" ? forget : vector(1)],
  ]);
  const inputs = Array.from({ length: steps }, () => [between(-2, 2)]);
  const h_prev = columns.map((size) => bits53(next) * 10 ** -size);
  return { ...Object.fromEntries(weights), x: inputs, h_prev, c_prev: memory };
}
