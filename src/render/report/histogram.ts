/** How often which values occur. */
import { bin, max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { areAsGoodAsEqual, type Plot, rounded, xAxis, yAxis } from "./axes.ts";
import { element, type Figure, text } from "./svg.ts";
import { symbolSvg } from "./symbol-html.ts";

export interface Histogram {
  readonly title: string;
  readonly xLabel: string;
  readonly values: readonly number[];
  /** The ends of the x axis; round numbers around the values unless given. */
  readonly range?: readonly [number, number];
}

const WIDTH = 280;
const PLOT: Plot = { left: 46, right: 270, top: 26, bottom: 132 };
const HEIGHT = 170;
/** About so many bars. */
const BARS = 20;

/** null without a single value; what is beyond the ends of the axis stands at them. */
export function histogram({ title, xLabel, values, range }: Histogram): Figure | null {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return null;
  const x = scaleLinear(range ?? widened(finite), [PLOT.left, PLOT.right]);
  if (range === undefined) x.nice(BARS);
  const [from, to] = x.domain();
  const bins = bin().domain([from, to]).thresholds(x.ticks(BARS))(
    finite.map((value) => Math.min(to, Math.max(from, value))),
  );
  const most = max(bins, ({ length }) => length) ?? 0;
  const y = scaleLinear([0, most], [PLOT.bottom, PLOT.top]);
  const bars = bins.map((own) => {
    const [left, right] = [x(own.x0 ?? from), x(own.x1 ?? to)];
    if (own.length === 0 || right <= left) return "";
    const words = `${rounded(own.x0 ?? from)} to ${rounded(own.x1 ?? to)}: ${own.length}`;
    const size = {
      x: left + 0.5,
      y: y(own.length),
      width: Math.max(1, right - left - 1),
      height: PLOT.bottom - y(own.length),
    };
    return element("rect", { class: "bars", ...size }, element("title", {}, words));
  });
  const whole = (ticks: number[]) => ticks.filter(Number.isInteger);
  return {
    width: WIDTH,
    height: HEIGHT,
    words: `${title}: ${finite.length} values from ${rounded(finite.reduce((a, b) => Math.min(a, b)))} to ${rounded(finite.reduce((a, b) => Math.max(a, b)))}`,
    body: [
      text(PLOT.left, 12, symbolSvg(title), { class: "title" }),
      yAxis(y, whole(y.ticks(3)), PLOT),
      xAxis(x, x.ticks(4), PLOT, symbolSvg(xLabel)),
      ...bars,
    ].join(""),
  };
}

function widened(values: readonly number[]): [number, number] {
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  return areAsGoodAsEqual(low, high) ? [low - 0.5, high + 0.5] : [low, high];
}
