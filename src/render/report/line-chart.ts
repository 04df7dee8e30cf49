/** A chart of values along the steps. */
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { areAsGoodAsEqual, named, type Plot, stepTicks, tick, xAxis, yAxis } from "./axes.ts";
import { powerName, powerTicks } from "./power-axis.ts";
import { element, type Panel, text, tooltip } from "./svg.ts";

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
  /** The points are powers of ten, whose values the axis names. */
  readonly isPower?: boolean;
}

const WIDTH = 420;
const HEIGHT = 190;
const MARGIN = { left: 46, right: 10, top: 26, bottom: 38 };
/** About so many intervals has the y axis. */
const TICKS = 4;
/** With at most so many points each is drawn, with its value under the pointer. */
const DOTS = 60;

/** null without a single value. */
export function lineChart({ title, xLabel, points, range, isPower = false }: LineChart): Panel | null {
  const known = points.filter((point) => point !== null);
  if (known.length === 0) return null;
  const [first, last] = [known[0].x, known[known.length - 1].x];
  const [low, high] = [Math.min(...known.map((p) => p.low)), Math.max(...known.map((p) => p.high))];
  const plot: Plot = {
    left: MARGIN.left,
    right: WIDTH - MARGIN.right,
    top: MARGIN.top,
    bottom: HEIGHT - MARGIN.bottom,
  };
  const x = scaleLinear([first, last], [plot.left, plot.right]);
  const y = scaleLinear(range ?? widened(low, high), [plot.bottom, plot.top]);
  // from a round number below the lowest value to one above the highest
  if (range === undefined && !isPower) y.nice(TICKS);
  const ticks = isPower ? powerTicks(low, high) : named(y.ticks(TICKS));
  if (isPower) y.domain([ticks[0].at, ticks[ticks.length - 1].at]);
  const value = isPower ? powerName : tick;
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
    text(plot.left, 12, title, { class: "title" }),
    yAxis(y, ticks, plot),
    xAxis(x, stepTicks(first, last), plot, xLabel),
    hasBand ? element("path", { class: "band", d: band(known) ?? "" }) : "",
    element("path", { class: "line", d: curve.defined((p) => p !== null)(points) ?? "" }),
    ...(known.length > DOTS ? [] : known.map((p) => dot(x(p.x), y(p.y), `t = ${p.x}: ${value(p.y)}`))),
  ];
  const words = `${title} from t = ${first} to ${last}, between ${value(low)} and ${value(high)}`;
  return { width: WIDTH, height: HEIGHT, words, body: body.join("") };
}

function dot(cx: number, cy: number, title: string): string {
  return element("circle", { class: "dot", cx, cy, r: 2.6 }, tooltip(title));
}

/** Around a single value, or several as good as equal, there is room. */
function widened(low: number, high: number): [number, number] {
  const room = areAsGoodAsEqual(low, high) ? Math.max(1, Math.abs(low), Math.abs(high)) / 2 : 0;
  return [low - room, high + room];
}
