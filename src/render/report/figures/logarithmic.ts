/** A matrix whose entries lie powers of ten apart, on a logarithmic scale. */
import type { Matrix } from "../../../linalg/matrix.ts";
import { colourGrid } from "../colour-grid.ts";
import { logarithmicShare } from "../shares.ts";
import { label, type Panel, text } from "../svg.ts";

/** null where a linear scale shows everything. */
export function logarithmicFigure(symbol: string, matrix: Matrix): Panel | null {
  const found = logarithmicShare(matrix);
  if (found === null) return null;
  const ends = `${label(found.least)} … ${label(found.largest)}`;
  const body = [
    text(20, 14, `${symbol}, logarithmic`, { class: "title" }),
    colourGrid(matrix, found.share, { x: 20, y: 26, size: 200 }),
    text(20, 242, `magnitudes ${ends}`),
    text(20, 256, "coloured by sign; plain: zero"),
  ];
  const words = `${symbol} on a logarithmic scale, magnitudes from ${ends}`;
  return { width: 280, height: 264, words, body: body.join("") };
}
