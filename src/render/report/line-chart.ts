/** A chart of values along the steps. */
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { escapeHtml } from "../escape.ts";
import { areAsGoodAsEqual, type Plot, rounded, xAxis, yAxis } from "./axes.ts";
import { element, type Figure, text } from "./svg.ts";
import { symbolSvg } from "./symbol-html.ts";

/** One place along the x axis: a value, and the range that it stands for. null leaves a gap. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly points: readonly (Point | null)[];
  /** The ends of the y axis, where they are known beforehand. */
  readonly range?: readonly [number, number] | undefined;
  /** Of the whole; that of half a page unless given. */
  readonly width?: number;
}

const WIDTH = 420;
const HEIGHT = 190;
const MARGIN = { left: 46, right: 10, top: 26, bottom: 38 };
/** About so many intervals has the y axis. */
const TICKS = 4;
/** With at most so many points each is drawn, with its value under the pointer. */
const DOTS = 60;

/** null without a single value. */
export function lineChart({ title, xLabel, points, range, width = WIDTH }: LineChart): Figure | null {
  const known = points.filter((point) => point !== null);
  if (known.length === 0) return null;
  const [first, last] = [known[0].x, known[known.length - 1].x];
  const [low, high] = [Math.min(...known.map((p) => p.low)), Math.max(...known.map((p) => p.high))];
  const plot: Plot = {
    left: MARGIN.left,
    right: width - MARGIN.right,
    top: MARGIN.top,
    bottom: HEIGHT - MARGIN.bottom,
  };
  const x = scaleLinear([first, last], [plot.left, plot.right]);
  const y = scaleLinear(range ?? widened(low, high), [plot.bottom, plot.top]);
  // from a round number below the lowest value to one above the highest
  if (range === undefined) y.nice(TICKS);
  const curve = line<Point | null>(
    (p) => x(p?.x ?? 0),
    (p) => y(p?.y ?? 0),
  ).digits(1);
  const band = area<Point>(
    (p) => x(p.x),
    (p) => y(p.low),
    (p) => y(p.high),
  ).digits(1);
  const hasBand = known.some(({ low, high }) => low !== high);
  const body = [
    text(plot.left, 12, symbolSvg(title), { class: "title" }),
    yAxis(y, y.ticks(TICKS), plot),
    xAxis(x, [...new Set([first, Math.round((first + last) / 2), last])], plot, escapeHtml(xLabel)),
    hasBand ? element("path", { class: "band", d: band(known) ?? "" }) : "",
    element("path", { class: "line", d: curve.defined((p) => p !== null)(points) ?? "" }),
    ...(known.length > DOTS ? [] : known.map((p) => dot(x(p.x), y(p.y), `t = ${p.x}: ${rounded(p.y)}`))),
  ];
  const words = `${title.replace(/[{}]/g, "")} from t = ${first} to ${last}, between ${rounded(low)} and ${rounded(high)}`;
  return { width, height: HEIGHT, words, body: body.join("") };
}

function dot(cx: number, cy: number, title: string): string {
  return element("circle", { class: "dot", cx, cy, r: 2.6 }, element("title", {}, title));
}

/** Around a single value, or several as good as equal, there is room. */
function widened(low: number, high: number): [number, number] {
  const room = areAsGoodAsEqual(low, high) ? Math.max(1, Math.abs(low), Math.abs(high)) / 2 : 0;
  return [low - room, high + room];
}
