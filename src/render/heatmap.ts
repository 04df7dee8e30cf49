/** A matrix as a picture for a terminal: what its numbers look like from afar. */
import type { ChalkInstance } from "chalk";
import type { Matrix } from "../linalg/matrix.ts";
import { maxNorm } from "../linalg/norm.ts";
import { blockSize, downsample } from "./downsample.ts";
import type { Look } from "./look.ts";
import { index } from "./section.ts";
import { colourOf } from "./tint.ts";

export interface HeatmapOptions extends Pick<Look, "width" | "unicode"> {
  /** Of level 0: characters instead of colours. */
  readonly chalk: ChalkInstance;
  /** What the end of the scale stands for; the largest entry, unless several pictures share one. */
  readonly scale?: number;
}

/** Rows of entries that a picture has at most; columns are as many as fit. */
const MOST_ROWS = 96;
/** A matrix of fewer rows and columns is enlarged to about so many. */
const ENLARGED = 12;
/** Two rows a character: one half in the colour of the text, the other in that of the background. */
const [UPPER_HALF, LOWER_HALF] = ["▀", "▄"];
/** Below this share of the scale characters have no level. */
const VISIBLE_SHARE = 0.02;

/** Magnitudes in quarters of the scale. */
const POSITIVE = "░▒▓█";
const NEGATIVE = "-=≡#";
/** In tenths, for terminals that show only ASCII. */
const POSITIVE_TENTHS = "123456789X";
const NEGATIVE_TENTHS = "abcdefghij";

/** How entries become characters. */
interface Pen {
  /** Characters an entry, and rows of entries a line. */
  readonly across: number;
  readonly down: 1 | 2;
  /** One entry, or the two that stand above each other; undefined below the last row. Shares of the scale. */
  draw(upper: number, lower: number | undefined): string;
  readonly legend: string;
}

/** The picture without its title: column numbers, the picture with row numbers, the legend, and what a block stands for. */
export function heatmap(matrix: Matrix, options: HeatmapOptions): string[] {
  const scale = options.scale ?? maxNorm(matrix.data);
  const { across, down, draw, legend } = penFor(options, Number(scale.toPrecision(3)));
  const labelWidth = index(matrix.rows - 1).length + 1;
  const room = Math.max(1, Math.floor((options.width - labelWidth) / across));
  const block = Math.max(blockSize(matrix.rows, MOST_ROWS), blockSize(matrix.cols, room));
  const small = downsample(matrix, block, block);
  // each entry is drawn so many times in either direction
  const times = Math.max(1, Math.floor(Math.min(ENLARGED / Math.max(small.rows, small.cols), room / small.cols)));
  const [rows, cols] = [small.rows * times, small.cols * times];
  const share = (row: number, column: number) => {
    const entry = small.data[Math.floor(row / times) * small.cols + Math.floor(column / times)];
    return scale === 0 ? 0 : entry / scale;
  };
  const lines = Array.from({ length: Math.ceil(rows / down) }, (_, line) => {
    const upper = line * down;
    const isLast = upper + down >= rows;
    const row = times === 1 && isLast ? matrix.rows - 1 : Math.floor(upper / times) * block;
    const isLabelled = times === 1 ? line === 0 || isLast : upper % times < down;
    const label = isLabelled ? index(row) : "";
    const hasLower = down === 2 && upper + 1 < rows;
    const places = Array.from({ length: cols }, (_, c) =>
      draw(share(upper, c), hasLower ? share(upper + 1, c) : undefined),
    );
    return label.padStart(labelWidth - 1).padEnd(labelWidth) + places.join("");
  });
  const head = columnNumbers(matrix.cols, cols * across);
  const size = `${block} ${options.unicode ? "×" : "x"} ${block}`;
  const note = block === 1 ? [] : [`each place: the entry of the largest magnitude among ${size}`];
  return [" ".repeat(labelWidth) + head, ...lines, legend, ...note];
}

function penFor({ chalk, unicode }: HeatmapOptions, scale: number): Pen {
  const bar = (text: (share: number) => string) => [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].map(text).join("");
  // with the minus of every other number on the terminal
  const legend = (between: string) => `${0 - scale} ${between} ${scale}`;
  if (chalk.level > 1 && unicode) {
    const draw = (upper: number, lower = 0) => {
      if (upper === 0) return lower === 0 ? " " : colourOf(chalk, lower, "ink")(LOWER_HALF);
      return colourOf(colourOf(chalk, upper, "ink"), lower, "paper")(UPPER_HALF);
    };
    return { across: 1, down: 2, draw, legend: legend(bar((share) => draw(share, share))) };
  }
  if (chalk.level > 1) {
    const draw = (share: number) => colourOf(chalk, share, "paper")("  ");
    return { across: 2, down: 1, draw, legend: legend(bar(draw)) };
  }
  const [positive, negative] = unicode ? [POSITIVE, NEGATIVE] : [POSITIVE_TENTHS, NEGATIVE_TENTHS];
  const characters = (share: number) => {
    if (Math.abs(share) < VISIBLE_SHARE) return unicode ? "· " : ". ";
    const levels = share < 0 ? negative : positive;
    const level = Math.ceil(Math.abs(share) * levels.length - 1e-9);
    return levels[Math.max(1, Math.min(levels.length, level)) - 1].repeat(2);
  };
  // sixteen colours tell the sign, the characters how much
  const inked = (share: number, text: string) => (chalk.level === 0 ? text : colourOf(chalk, share, "ink")(text));
  const draw = (share: number) => (share === 0 ? "  " : inked(share, characters(share)));
  const ends = `${inked(-1, [...negative].reverse().join(""))} 0 ${inked(1, positive)}`;
  return { across: 2, down: 1, draw, legend: legend(ends) };
}

/** `[0]        [31]`, over the first and the last column. */
function columnNumbers(cols: number, width: number): string {
  const last = index(cols - 1);
  return cols === 1 || width < last.length + 4 ? "[0]" : `[0]${last.padStart(width - 3)}`;
}
