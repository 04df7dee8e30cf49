/** Colours that tell sign and size: blue is below zero, orange above, zero is plain, on every terminal and in the report. */
import type { ChalkInstance } from "chalk";
import type { Matrix } from "../linalg/matrix.ts";
import { maxNorm } from "../linalg/norm.ts";

export type Colour = readonly [number, number, number];

/**
 * The ramps, from next to zero to the end of the scale, chosen by hand for each depth: safe for colour-blind eyes, no fainter
 * end so pale that it glares on a dark terminal or is lost on a light one, black text readable on all.
 */
const TRUE_COLOUR: Record<Side, readonly Colour[]> = {
  below: [
    [150, 184, 222],
    [92, 158, 230],
    [28, 126, 230],
  ],
  above: [
    [222, 186, 146],
    [244, 166, 86],
    [244, 134, 16],
  ],
};
/** Of the cube 6 × 6 × 6: each of one side is that of the other with red and blue exchanged. */
const OF_256: Record<Side, readonly number[]> = { below: [110, 75, 33], above: [180, 215, 208] };
/** Yellow is nearest to orange. Themes leave the first eight what they are, but blue letters are lost on black: there a brighter blue. */
const OF_16 = {
  below: { ink: "blueBright", paper: "bgBlue", text: "whiteBright" },
  above: { ink: "yellow", paper: "bgYellow", text: "black" },
} as const;
/** The ends of the page's ramps, whose middle is its background. */
const PAGE: Record<Side, Colour> = { below: [84, 148, 214], above: [240, 142, 60] };

type Side = "below" | "above";

const sideOf = (share: number): Side => (share < 0 ? "below" : "above");

/** The largest entry of several matrices, for pictures that compare; 0 of none. */
export function scaleOf(matrices: readonly Matrix[]): number {
  return matrices.reduce((largest, { data }) => Math.max(largest, maxNorm(data)), 0);
}

/** The page's colour of an entry, from the middle of the scale at 0 to its ends at ±1. */
export function shade(share: number, middle: Colour): Colour {
  return mix(middle, PAGE[sideOf(share)], Math.abs(share));
}

/** The text on a background whose colour tells sign and size; share is the entry divided by the largest, in [−1, 1]. */
export function tint(chalk: ChalkInstance, share: number, text: string): string {
  if (share === 0 || chalk.level === 0) return text;
  const paper = colourOf(chalk, share, "paper");
  if (chalk.level === 1) return paper[OF_16[sideOf(share)].text](text);
  return (chalk.level === 2 ? paper.ansi256(BLACK) : paper.rgb(0, 0, 0))(text);
}

/** Black in the cube: the first sixteen are each terminal's own. */
const BLACK = 16;

/** What writes in the colour of a share, or on it. Zero is plain. */
export function colourOf(chalk: ChalkInstance, share: number, layer: "ink" | "paper"): ChalkInstance {
  if (share === 0) return chalk;
  const side = sideOf(share);
  const size = Math.min(1, Math.abs(share));
  if (chalk.level === 1) return chalk[OF_16[side][layer]];
  if (chalk.level === 2) {
    const ramp = OF_256[side];
    const code = ramp[Math.min(ramp.length - 1, Math.floor(size * ramp.length))];
    return layer === "ink" ? chalk.ansi256(code) : chalk.bgAnsi256(code);
  }
  const colour = along(TRUE_COLOUR[side], size);
  return layer === "ink" ? chalk.rgb(...colour) : chalk.bgRgb(...colour);
}

function along(ramp: readonly Colour[], size: number): Colour {
  const at = size * (ramp.length - 1);
  const k = Math.min(ramp.length - 2, Math.floor(at));
  return mix(ramp[k], ramp[k + 1], at - k);
}

function mix(from: Colour, to: Colour, weight: number): Colour {
  const at = (k: 0 | 1 | 2) => Math.round(from[k] + (to[k] - from[k]) * weight);
  return [at(0), at(1), at(2)];
}
