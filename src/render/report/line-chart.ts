/** A chart of values along the steps, as SVG. */
import { scaleLinear } from "d3-scale";
import { escapeHtml } from "../escape.ts";
import { symbolSpoken, symbolSvg } from "./symbol-html.ts";

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
}

const WIDTH = 420;
const HEIGHT = 190;
const MARGIN = { left: 46, right: 10, top: 26, bottom: 38 };
/** About so many intervals has the y axis. */
const TICKS = 4;
/** With at most so many points each is drawn, with its value under the pointer. */
const DOTS = 60;

export function lineChart({ title, xLabel, points, range }: LineChart): string {
  const known = points.filter((point) => point !== null);
  if (known.length === 0) return "";
  const [first, last] = [known[0].x, known[known.length - 1].x];
  const [low, high] = [Math.min(...known.map((p) => p.low)), Math.max(...known.map((p) => p.high))];
  const x = scaleLinear([first, last], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scaleLinear(range ?? widened(low, high), [HEIGHT - MARGIN.bottom, MARGIN.top]);
  // from a round number below the lowest value to one above the highest
  if (range === undefined) y.nice(TICKS);
  const at = (point: Point, value: number) => `${x(point.x).toFixed(1)},${y(value).toFixed(1)}`;
  const band = [...known.map((p) => at(p, p.high)), ...known.toReversed().map((p) => at(p, p.low))].join(" ");
  const hasBand = known.some(({ low, high }) => low !== high);
  const lines = runs(points).map((run) => `<polyline class=line points="${run.map((p) => at(p, p.y)).join(" ")}"/>`);
  const dots = known.length > DOTS ? [] : known.map((p) => dot(at(p, p.y), `t = ${p.x}: ${rounded(p.y)}`));
  const yTicks = y.ticks(TICKS).map((value) => yTick(value, y(value)));
  const xTicks = [...new Set([first, Math.round((first + last) / 2), last])].map((value) => xTick(value, x(value)));
  const spoken = `${symbolSpoken(title)} from t = ${first} to ${last}, between ${rounded(low)} and ${rounded(high)}`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role=img aria-label="${spoken}">
<text class=title x=${MARGIN.left} y=12>${symbolSvg(title)}</text>
${yTicks.join("")}
${xTicks.join("")}
<text x=${(WIDTH + MARGIN.left - MARGIN.right) / 2} y=${HEIGHT - 5} text-anchor=middle>${escapeHtml(xLabel)}</text>
${hasBand ? `<polygon class=band points="${band}"/>` : ""}${lines.join("")}${dots.join("")}
</svg>`;
}

function xTick(value: number, x: number): string {
  return `<text x=${x.toFixed(1)} y=${HEIGHT - 22} text-anchor=middle>${value}</text>`;
}

function yTick(value: number, y: number): string {
  const text = `<text x=${MARGIN.left - 6} y=${(y + 4).toFixed(1)} text-anchor=end>${rounded(value).replace("-", "−")}</text>`;
  return `<path class=grid d="M${MARGIN.left} ${y.toFixed(1)}H${WIDTH - MARGIN.right}"/>${text}`;
}

function dot(at: string, title: string): string {
  const [x, y] = at.split(",");
  return `<circle cx=${x} cy=${y} r=2.6><title>${title}</title></circle>`;
}

/** Neighbours without a gap between them. */
function runs(points: readonly (Point | null)[]): Point[][] {
  const found: Point[][] = [[]];
  for (const point of points) {
    if (point === null) found.push([]);
    else found[found.length - 1].push(point);
  }
  return found.filter((run) => run.length > 1);
}

/** Around a single value, or several as good as equal, there is room. */
function widened(low: number, high: number): [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const room = high - low > Math.max(1e-9 * size, 1e-300) ? 0 : Math.max(1, size) / 2;
  return [low - room, high + room];
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}
