/** How much of each unit's state still reaches the end of a sequence, step by step, as a picture. */
import { scaleLinear } from "d3-scale";
import type { SequencePicture } from "../../../lstm/results/sequence-picture.ts";
import { stateNormSymbol, textOf } from "../../symbols.ts";
import { stepTicks, xAxis } from "../axes.ts";
import { gridRuns } from "../colour-grid.ts";
import { MIDDLE_CLASS } from "../colours.ts";
import type { Figure } from "../figure-html.ts";
import { gather } from "../gather.ts";
import { powerName } from "../power-axis.ts";
import { linearShare, type Share } from "../shares.ts";
import { element, type Panel, text, tooltip } from "../svg.ts";

/** Of a page or a slide, and of a narrow window. */
const [WIDE, NARROW] = [800, 400];
/** Where the picture begins, and what is left free at its right. */
const PLOT = { left: 50, top: 24, beside: 20 };
/** As many rows as a picture has at most, and so wide is a column at least; more of either are gathered. */
const [MOST_UNITS, STEP] = [64, 3];
/** The picture is about so high, its rows at least and at most so much. */
const [HEIGHT, LOWEST, HIGHEST] = [230, 4, 26];
/** Up to so many entries each tells its number under the pointer, above each column. */
const POINTED = 600;

/** The powers of ten of what is left, and their colours. */
interface Scale {
  readonly low: number;
  readonly high: number;
  readonly share: Share;
}

export function flowFigure({ reach, to_step: end }: SequencePicture): Figure {
  const known = reach.data.filter(Number.isFinite);
  const [low, high] = [known.reduce((a, b) => Math.min(a, b), 0), known.reduce((a, b) => Math.max(a, b), 0)];
  const scale = { low, high, share: linearShare(Math.max(-low, high)) };
  const words = `How much of a change of each unit's state reaches step ${end}: from ${powerName(low)} to ${powerName(high)}`;
  const [panel, narrow] = [WIDE, NARROW].map((width): Panel => {
    const most = Math.floor((width - PLOT.left - PLOT.beside) / STEP);
    return { width, words, ...picture(gather(reach, MOST_UNITS, most), width - PLOT.beside, scale, end - 1) };
  });
  const title = `${textOf(stateNormSymbol(end, "t"))} by unit: what is left at step ${end} of a change after step t`;
  return { title, notes: [], words, panels: [panel], narrow };
}

type Gathered = ReturnType<typeof gather>;

/** @param last the state before the last one, whose column is the last */
function picture(gathered: Gathered, right: number, scale: Scale, last: number): Omit<Panel, "width" | "words"> {
  const { rows, cols } = gathered.matrix;
  const side = { x: (right - PLOT.left) / cols, y: Math.min(HIGHEST, Math.max(LOWEST, HEIGHT / rows)) };
  const bottom = PLOT.top + rows * side.y;
  const scaled = `translate(${PLOT.left} ${PLOT.top}) scale(${Number(side.x.toFixed(4))} ${Number(side.y.toFixed(4))})`;
  // a column's middle
  const x = scaleLinear([0, gathered.across], [PLOT.left + side.x / 2, PLOT.left + 1.5 * side.x]);
  const body = [
    element(
      "g",
      { transform: scaled },
      element("rect", { class: `frame ${MIDDLE_CLASS}`, x: 0, y: 0, width: cols, height: rows }),
      gridRuns(gathered.matrix, (entry) => (Number.isFinite(entry) ? scale.share(entry) : -1)),
    ),
    ...named(rows).map((k) => text(PLOT.left - 8, PLOT.top + (k + 0.5) * side.y + 4, String(k * gathered.down), END)),
    text(PLOT.left - 8, PLOT.top - 8, "unit", END),
    xAxis(x, stepTicks(0, last), { left: PLOT.left, right, top: PLOT.top, bottom }, `after step t${meanOf(gathered)}`),
    ...legend(scale, bottom + 46),
    ...pointed(gathered, side),
  ];
  return { height: bottom + 64, body: body.join("") };
}

const END = { "text-anchor": "end" };

/** The first and the last row, and between them every so many. */
function named(rows: number): number[] {
  const every = Math.ceil(rows / 8);
  return Array.from({ length: rows }, (_, k) => k).filter((k) => k % every === 0);
}

function meanOf({ down, across }: Gathered): string {
  return down * across === 1 ? "" : ` (each place: the mean of ${down} × ${across} entries)`;
}

/** From the lowest power of ten to the highest, and the colours between. */
function legend({ low, high, share }: Scale, y: number): string[] {
  const steps = 24;
  const row = {
    rows: 1,
    cols: steps,
    data: Float64Array.from({ length: steps }, (_, k) => low + ((high - low) * k) / (steps - 1)),
  };
  // wide enough for a power of ten of three digits
  const left = PLOT.left + 80;
  return [
    text(left - 8, y + 11, powerName(low), END),
    element("g", { transform: `translate(${left} ${y}) scale(6 12)` }, gridRuns(row, share)),
    text(left + 6 * steps + 8, y + 11, high === 0 ? "1: all of it" : `${powerName(high)}; grey: 1, all of it`),
  ];
}

function pointed({ matrix: { rows, cols, data }, down, from }: Gathered, side: { x: number; y: number }): string[] {
  const box = (r: number, c: number, height: number) => ({
    ...{ class: "under", x: PLOT.left + c * side.x, y: PLOT.top + r * side.y, width: side.x, height },
  });
  const said = (value: number) => (Number.isFinite(value) ? powerName(value) : "0");
  if (rows * cols <= POINTED) {
    return Array.from(data, (value, k) => {
      const [r, c] = [Math.floor(k / cols), k % cols];
      return element("rect", box(r, c, side.y), tooltip(`unit ${r * down}, t = ${from(c)}: ${said(value)}`));
    });
  }
  return Array.from({ length: cols }, (_, c) => {
    const column = Array.from({ length: rows }, (_, r) => data[r * cols + c]);
    const words = `t = ${from(c)}: ${said(Math.min(...column))} to ${said(Math.max(...column))}`;
    return element("rect", box(0, c, rows * side.y), tooltip(words));
  });
}
