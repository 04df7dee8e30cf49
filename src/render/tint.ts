import type { ChalkInstance } from "chalk";

type Colour = readonly [number, number, number];

/** Diverging and safe for colour-blind eyes: blue for negative, orange for positive; the text on it is black. */
const NEGATIVE: Colour = [84, 148, 214];
const POSITIVE: Colour = [240, 142, 60];
const PALE: Colour = [232, 232, 232];

/** Entries below this share of the largest keep the terminal's own colours. */
const VISIBLE_SHARE = 0.02;

/** The text on a background whose colour tells sign and size; share is the entry divided by the largest, in [−1, 1]. */
export function tint(chalk: ChalkInstance, share: number, text: string): string {
  const strength = Math.abs(share);
  if (strength < VISIBLE_SHARE) return text;
  const end = share < 0 ? NEGATIVE : POSITIVE;
  const [red, green, blue] = PALE.map((from, k) => Math.round(from + (end[k] - from) * strength));
  return chalk.bgRgb(red, green, blue).rgb(0, 0, 0)(text);
}
