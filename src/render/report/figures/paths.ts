/** The sum ∂h_t/∂h_{t-1} = T_o + T_f + T_i + T_u in pictures: on one scale, and each path on its own. */
import type { Matrix } from "../../../linalg/matrix.ts";
import { maxNorm } from "../../../linalg/norm.ts";
import { gate, stepDerivative, T } from "../../../lstm/letters.ts";
import { type Gate, PATHS } from "../../../lstm/names.ts";
import type { TermWeights } from "../../../lstm/results/term-weights.ts";
import { textOf } from "../../symbols.ts";
import { scaleOf } from "../../tint.ts";
import { blockOf, colourGrid } from "../colour-grid.ts";
import type { Figure } from "../figure-html.ts";
import { linearShare, logarithmicShare } from "../shares.ts";
import { label, type Panel, percent, text } from "../svg.ts";

/** A picture, what stands left of it, and how far a panel is from the next. */
const SIZE = 128;
const LEFT = 22;
const WIDTH = 158;
/** Where the picture on the common scale stands, and that on its own. */
const [FIRST, SECOND] = [24, 172];
/** Between two lines of text. */
const LINE = 16;

export interface PathsContent {
  readonly terms: Readonly<Record<Gate, Matrix>>;
  readonly sum: Matrix;
  readonly weights: TermWeights;
}

export function pathsFigure({ terms, sum, weights }: PathsContent): Figure {
  const pictures = [...PATHS.map((g) => terms[g]), sum];
  const end = scaleOf(pictures);
  const shareOf = (g: Gate) => percent(weights.paths.find((path) => path.gate === g)?.share ?? null);
  const names = [
    ...PATHS.map((g) => `${textOf(T(g))} via ${textOf(gate(g))}: ${shareOf(g)}`),
    textOf(stepDerivative("h_t", "h_prev")),
  ];
  const lines = pictures.some((matrix) => logarithmicShare(matrix)) ? 3 : 2;
  const panels = pictures.map((matrix, k): Panel => {
    const isSum = k === PATHS.length;
    const sign = k === 0 ? "" : text(LEFT - 15, FIRST + SIZE / 2 + 6, isSum ? "=" : "+", SIGN);
    const body = [
      text(LEFT, FIRST - 9, names[k]),
      colourGrid(matrix, linearShare(end), { x: LEFT, y: FIRST, size: SIZE }),
      sign,
      ownPicture(matrix, isSum ? null : maxNorm(sum.data)),
    ].join("");
    const words = `${names[k]}, magnitudes up to ${label(maxNorm(matrix.data))}`;
    return { width: WIDTH, height: SECOND + SIZE + 6 + LINE * lines, words, body };
  });
  const block = blockOf(sum);
  const words = PATHS.map((g) => `${shareOf(g)} through ${g}`).join(", ");
  return {
    title: `What each path carries: above on one scale up to ±${label(end)}, below each on its own`,
    notes: block === 1 ? [] : [`A place shows the largest of ${block} × ${block} entries.`],
    words: `The four paths that add up to the derivative of h by the previous h: ${words}`,
    panels,
  };
}

const SIGN = { class: "sign", "text-anchor": "middle" };

/** A picture on its own scale, and what that scale is of the sum's; logarithmic where a linear one would hide much. */
function ownPicture(matrix: Matrix, ofSum: number | null): string {
  const own = maxNorm(matrix.data);
  if (own === 0) return text(LEFT, SECOND + LINE, "zero");
  const logarithmic = logarithmicShare(matrix);
  // on two lines, for both ends on one are wider than the picture
  const ends = logarithmic ? [`log: ${label(logarithmic.least)}`, `to ${label(own)}`] : [`±${label(own)}`];
  const ratio = ofSum === null || ofSum === 0 ? "" : `${label(own / ofSum)} of the sum`;
  return [
    colourGrid(matrix, logarithmic?.share ?? linearShare(own), { x: LEFT, y: SECOND, size: SIZE }),
    ...[...ends, ratio].map((line, k) => text(LEFT, SECOND + SIZE + 1 + LINE * (k + 1), line)),
  ].join("");
}
