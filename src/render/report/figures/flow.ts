/** How much of each unit's state still reaches the end of a sequence, step by step, as a picture. */
import type { Matrix } from "../../../linalg/matrix.ts";
import type { SequencePicture } from "../../../lstm/results/sequence-picture.ts";
import { logarithmSymbol, stateNormSymbol, textOf } from "../../symbols.ts";
import { gridRuns } from "../colour-grid.ts";
import { MIDDLE_CLASS } from "../colours.ts";
import { gather, type Places } from "../gather.ts";
import { linearShare } from "../shares.ts";
import { element, type Figure, label, place, text } from "../svg.ts";
import { symbolSvg } from "../symbol-html.ts";

const PLOT = { left: 60, right: 780, top: 56 };
/** As many rows and columns as a picture has at most; more are gathered. */
const [MOST_UNITS, MOST_STEPS] = [64, 240];
/** The picture is about so high, its rows at least and at most so much. */
const [HEIGHT, LOWEST, HIGHEST] = [230, 4, 26];
/** Up to so many entries each tells its number under the pointer, above each column. */
const POINTED = 600;

export function flowFigure({ reach, to_step: end }: SequencePicture): Figure {
  const gathered = gather(reach, MOST_UNITS, MOST_STEPS);
  const { rows, cols } = gathered.matrix;
  const side = { x: (PLOT.right - PLOT.left) / cols, y: Math.min(HIGHEST, Math.max(LOWEST, HEIGHT / rows)) };
  const known = gathered.matrix.data.filter(Number.isFinite);
  const [low, high] = [known.reduce((a, b) => Math.min(a, b), 0), known.reduce((a, b) => Math.max(a, b), 0)];
  const share = linearShare(Math.max(-low, high));
  const bottom = PLOT.top + rows * side.y;
  const scaled = `translate(${PLOT.left} ${PLOT.top}) scale(${Number(side.x.toFixed(4))} ${Number(side.y.toFixed(4))})`;
  const name = textOf(logarithmSymbol(stateNormSymbol(end, "t")));
  const body = [
    text(20, 22, symbolSvg(`${name} by unit: what is left at step ${end} of a change after step t`), {
      class: "title",
    }),
    element(
      "g",
      { transform: scaled },
      element("rect", { class: `frame ${MIDDLE_CLASS}`, x: 0, y: 0, width: cols, height: rows }),
      gridRuns(gathered.matrix, (entry) => (Number.isFinite(entry) ? share(entry) : -1)),
    ),
    ...named(rows).map((k) => text(PLOT.left - 8, PLOT.top + (k + 0.5) * side.y + 4, String(k * gathered.down), END)),
    ...[0, cols - 1].map((k) => text(PLOT.left + (k + 0.5) * side.x, bottom + 16, `${gathered.from(k)}`, MIDDLE)),
    text((PLOT.left + PLOT.right) / 2, bottom + 16, `after step t${meanOf(gathered)}`, MIDDLE),
    text(PLOT.left - 8, PLOT.top - 8, "unit", END),
    ...legend(low, high, share, bottom + 34),
    ...pointed(gathered.matrix, gathered, side),
  ];
  const words = `How much of a change of each unit's state reaches step ${end}: powers of ten from ${label(low)} to ${label(high)}`;
  return { width: 800, height: bottom + 62, words, body: body.join("") };
}

const END = { "text-anchor": "end" };
const MIDDLE = { "text-anchor": "middle" };

/** The first and the last row, and between them every so many. */
function named(rows: number): number[] {
  const every = Math.ceil(rows / 8);
  return Array.from({ length: rows }, (_, k) => k).filter((k) => k % every === 0);
}

function meanOf({ down, across }: Places): string {
  return down * across === 1 ? "" : ` (each place: the mean of ${down} × ${across} entries)`;
}

/** From the lowest power of ten to the highest, and the colours between. */
function legend(low: number, high: number, share: (value: number) => number, y: number): string[] {
  const steps = 24;
  const row = {
    rows: 1,
    cols: steps,
    data: Float64Array.from({ length: steps }, (_, k) => low + ((high - low) * k) / (steps - 1)),
  };
  // wide enough for a power of ten of three digits and a decimal
  const left = PLOT.left + 80;
  return [
    text(left - 8, y + 11, low === high ? "1" : `10^${label(low)}`, END),
    element("g", { transform: `translate(${left} ${y}) scale(8 12)` }, gridRuns(row, share)),
    text(left + 8 * steps + 8, y + 11, high === 0 ? "1: all of it" : `10^${label(high)}; grey: 1, all of it`),
  ];
}

function pointed({ rows, cols, data }: Matrix, places: Places, side: { x: number; y: number }): string[] {
  const isEach = rows * cols <= POINTED;
  const box = (r: number, c: number, height: number) => ({
    ...{ class: "under", x: PLOT.left + c * side.x, y: PLOT.top + r * side.y, width: side.x, height },
  });
  const said = (value: number) => (Number.isFinite(value) ? `10^${place(value)}` : "0");
  if (isEach) {
    return Array.from(data, (value, k) => {
      const [r, c] = [Math.floor(k / cols), k % cols];
      const words = `unit ${r * places.down}, t = ${places.from(c)}: ${said(value)}`;
      return element("rect", box(r, c, side.y), element("title", {}, words));
    });
  }
  return Array.from({ length: cols }, (_, c) => {
    const column = Array.from({ length: rows }, (_, r) => data[r * cols + c]);
    const words = `t = ${places.from(c)}: ${said(Math.min(...column))} to ${said(Math.max(...column))}`;
    return element("rect", box(0, c, rows * side.y), element("title", {}, words));
  });
}
