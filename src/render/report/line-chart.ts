/** A chart of values along the steps, as SVG. */
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
  readonly range?: readonly [number, number];
}

const WIDTH = 420;
const HEIGHT = 190;
const MARGIN = { left: 46, right: 10, top: 26, bottom: 38 };
/** With at most so many points each is drawn, with its value under the pointer. */
const DOTS = 60;

export function lineChart({ title, xLabel, points, range }: LineChart): string {
  const known = points.filter((point) => point !== null);
  if (known.length === 0) return "";
  const [bottom, top] = range ?? widened(known);
  const [first, last] = [known[0].x, known[known.length - 1].x];
  const x = (value: number) =>
    MARGIN.left + (last === first ? 0.5 : (value - first) / (last - first)) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (value: number) =>
    HEIGHT - MARGIN.bottom - ((value - bottom) / (top - bottom)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const at = (point: Point, value: number) => `${x(point.x).toFixed(1)},${y(value).toFixed(1)}`;
  const band = [...known.map((p) => at(p, p.high)), ...known.toReversed().map((p) => at(p, p.low))].join(" ");
  const hasBand = known.some(({ low, high }) => low !== high);
  const lines = runs(points).map((run) => `<polyline class=line points="${run.map((p) => at(p, p.y)).join(" ")}"/>`);
  const dots = known.length > DOTS ? [] : known.map((p) => dot(at(p, p.y), `t = ${p.x}: ${rounded(p.y)}`));
  const spoken = `${symbolSpoken(title)} from t = ${first} to ${last}, between ${rounded(lowest(known))} and ${rounded(highest(known))}`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role=img aria-label="${spoken}">
<text class=title x=${MARGIN.left} y=12>${symbolSvg(title)}</text>
${ticks(bottom, top)
  .map((value) => yTick(value, y(value)))
  .join("")}
${[...new Set([first, Math.round((first + last) / 2), last])].map((value) => `<text x=${x(value).toFixed(1)} y=${HEIGHT - 22} text-anchor=middle>${value}</text>`).join("")}
<text x=${(WIDTH + MARGIN.left - MARGIN.right) / 2} y=${HEIGHT - 5} text-anchor=middle>${escapeHtml(xLabel)}</text>
${hasBand ? `<polygon class=band points="${band}"/>` : ""}${lines.join("")}${dots.join("")}
</svg>`;
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

const lowest = (points: readonly Point[]) => points.reduce((least, { low }) => Math.min(least, low), Infinity);
const highest = (points: readonly Point[]) => points.reduce((most, { high }) => Math.max(most, high), -Infinity);

/** From a round number below the lowest value to one above the highest, both of them ticks. */
function widened(points: readonly Point[]): [number, number] {
  let [low, high] = [lowest(points), highest(points)];
  if (low === high) [low, high] = [low - Math.max(1, Math.abs(low)) / 2, high + Math.max(1, Math.abs(low)) / 2];
  // wider, the ends may call for a larger step
  for (let round = 0; round < 2; round++) {
    const step = roundStep(high - low);
    [low, high] = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  }
  return [low, high];
}

function ticks(bottom: number, top: number): number[] {
  const step = roundStep(top - bottom);
  const count = Math.round((top - bottom) / step);
  return Array.from({ length: count + 1 }, (_, k) => bottom + k * step);
}

/** 1, 2 or 5 times a power of ten, so that there are three to six intervals. */
function roundStep(span: number): number {
  const power = 10 ** Math.floor(Math.log10(span / 3));
  const times = span / 3 / power;
  return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}
