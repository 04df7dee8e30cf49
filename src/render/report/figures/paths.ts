/** The sum ∂h_t/∂h_{t-1} = T_o + T_f + T_i + T_u in pictures: on one scale, and each path on its own. */
import type { Matrix } from "../../../linalg/matrix.ts";
import { maxNorm } from "../../../linalg/norm.ts";
import { gate, stepDerivative, T } from "../../../lstm/letters.ts";
import { type Gate, PATHS } from "../../../lstm/names.ts";
import type { TermWeights } from "../../../lstm/results/term-weights.ts";
import { textOf } from "../../symbols.ts";
import { scaleOf } from "../../tint.ts";
import { blockOf, colourGrid } from "../colour-grid.ts";
import { linearShare, logarithmicShare } from "../shares.ts";
import { type Figure, label, percent, text } from "../svg.ts";
import { symbolSvg } from "../symbol-html.ts";

const SIZE = 128;
const STEP = 158;
const LEFT = 20;
const [FIRST, SECOND] = [56, 238];

export interface PathsContent {
  readonly terms: Readonly<Record<Gate, Matrix>>;
  readonly sum: Matrix;
  readonly weights: TermWeights;
}

export function pathsFigure({ terms, sum, weights }: PathsContent): Figure {
  const pictures = [...PATHS.map((g) => terms[g]), sum];
  const end = scaleOf(pictures);
  const common = linearShare(end);
  const shareOf = (g: Gate) => weights.paths.find((path) => path.gate === g)?.share ?? null;
  const names = [
    ...PATHS.map((g) => `${textOf(T(g))} via ${textOf(gate(g))}`),
    textOf(stepDerivative("h_t", "h_prev")),
  ];
  const body = pictures.map((matrix, k) => {
    const x = LEFT + STEP * k;
    const sign = k === 0 ? "" : text(x - 15, FIRST + SIZE / 2 + 6, k === PATHS.length ? "=" : "+", SIGN);
    const share = k === PATHS.length ? "" : `: ${percent(shareOf(PATHS[k]))}`;
    return [
      text(x, FIRST - 9, symbolSvg(names[k] + share)),
      colourGrid(matrix, common, { x, y: FIRST, size: SIZE }),
      sign,
      ownPicture(matrix, maxNorm(sum.data), x),
    ].join("");
  });
  const block = blockOf(sum);
  const note = block === 1 ? "" : text(LEFT, SECOND - 12, `A place shows the largest of ${block} × ${block} entries.`);
  const title = `What each path carries: above on one scale up to ±${label(end)}, below each on its own`;
  const head = text(LEFT, 22, title, { class: "title" });
  const words = PATHS.map((g) => `${percent(shareOf(g))} through ${g}`).join(", ");
  return {
    width: 800,
    height: SECOND + SIZE + (pictures.some((matrix) => logarithmicShare(matrix)) ? 64 : 48),
    words: `The four paths that add up to the derivative of h by the previous h: ${words}`,
    body: head + note + body.join(""),
  };
}

const SIGN = { class: "sign", "text-anchor": "middle" };

/** A picture on its own scale, and what that scale is of the sum's; logarithmic where a linear one would hide much. */
function ownPicture(matrix: Matrix, ofSum: number, x: number): string {
  const own = maxNorm(matrix.data);
  if (own === 0) return text(x, SECOND + 16, "zero");
  const logarithmic = logarithmicShare(matrix);
  // on two lines, for both ends on one are wider than the picture
  const ends = logarithmic ? [`log: ${label(logarithmic.least)}`, `to ${label(own)}`] : [`±${label(own)}`];
  const ratio = own === ofSum || ofSum === 0 ? "" : `× ${label(own / ofSum)} of the sum`;
  return [
    colourGrid(matrix, logarithmic?.share ?? linearShare(own), { x, y: SECOND, size: SIZE }),
    ...[...ends, ratio].map((line, k) => text(x, SECOND + SIZE + 17 + 16 * k, line)),
  ].join("");
}
