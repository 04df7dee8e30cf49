import type { ChalkInstance } from "chalk";
import type { Matrix } from "../linalg/matrix.ts";
import { maxNorm } from "../linalg/norm.ts";

export type Colour = readonly [number, number, number];

/** Diverging and safe for colour-blind eyes: blue for negative, orange for positive; the text on it is black. */
const NEGATIVE: Colour = [84, 148, 214];
const POSITIVE: Colour = [240, 142, 60];
const PALE: Colour = [232, 232, 232];

/** Entries below this share of the largest keep the terminal's own colours. */
export const VISIBLE_SHARE = 0.02;

/** The largest entry of several matrices, for pictures that compare; 0 of none. */
export function scaleOf(matrices: readonly Matrix[]): number {
  return matrices.reduce((largest, { data }) => Math.max(largest, maxNorm(data)), 0);
}

/** The colour that tells an entry's sign and size, from the middle of the scale at 0 to its ends at ±1. */
export function shade(share: number, middle: Colour = PALE): Colour {
  const end = share < 0 ? NEGATIVE : POSITIVE;
  const at = (k: 0 | 1 | 2) => Math.round(middle[k] + (end[k] - middle[k]) * Math.abs(share));
  return [at(0), at(1), at(2)];
}

/** The text on a background whose colour tells sign and size; share is the entry divided by the largest, in [−1, 1]. */
export function tint(chalk: ChalkInstance, share: number, text: string): string {
  if (Math.abs(share) < VISIBLE_SHARE) return text;
  return chalk.bgRgb(...shade(share)).rgb(0, 0, 0)(text);
}
