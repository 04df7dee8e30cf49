/** How often which values occur. */
import { bin, max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { areAsGoodAsEqual, named, type Plot, tick, xAxis, yAxis } from "./axes.ts";
import { powerName, powerTicks } from "./power-axis.ts";
import { element, type Panel, text, tooltip } from "./svg.ts";

export interface Histogram {
  readonly title: string;
  readonly xLabel: string;
  readonly values: readonly number[];
  /** The ends of the x axis; round numbers around the values unless given. */
  readonly range?: readonly [number, number];
  /** The values are powers of ten, which the axis names. */
  readonly isPower?: boolean;
}

const WIDTH = 280;
const PLOT: Plot = { left: 46, right: 270, top: 26, bottom: 132 };
const HEIGHT = 170;
/** About so many bars. */
const BARS = 20;

/** null without a single value; what is beyond the ends of the axis stands at them. */
export function histogram({ title, xLabel, values, range, isPower = false }: Histogram): Panel | null {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return null;
  const [low, high] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  const powers = isPower ? powerTicks(low, high) : null;
  const ends = powers && [powers[0].at, powers[powers.length - 1].at];
  const x = scaleLinear(ends ?? range ?? widened(low, high), [PLOT.left, PLOT.right]);
  if (powers === null && range === undefined) x.nice(BARS);
  const [from, to] = x.domain();
  const name = isPower ? powerName : tick;
  const bins = bin().domain([from, to]).thresholds(x.ticks(BARS))(
    finite.map((value) => Math.min(to, Math.max(from, value))),
  );
  const most = max(bins, ({ length }) => length) ?? 0;
  const y = scaleLinear([0, most], [PLOT.bottom, PLOT.top]);
  const bars = bins.map((own) => {
    const [left, right] = [x(own.x0 ?? from), x(own.x1 ?? to)];
    if (own.length === 0 || right <= left) return "";
    const words = `${name(own.x0 ?? from)} to ${name(own.x1 ?? to)}: ${own.length}`;
    const size = {
      x: left + 0.5,
      y: y(own.length),
      width: Math.max(1, right - left - 1),
      height: PLOT.bottom - y(own.length),
    };
    return element("rect", { class: "bars", ...size }, tooltip(words));
  });
  const whole = (ticks: number[]) => ticks.filter(Number.isInteger);
  return {
    width: WIDTH,
    height: HEIGHT,
    words: `${title}: ${finite.length} values from ${name(low)} to ${name(high)}`,
    body: [
      text(PLOT.left, 12, title, { class: "title" }),
      yAxis(y, named(whole(y.ticks(3))), PLOT),
      xAxis(x, powers ?? named(x.ticks(4)), PLOT, xLabel),
      ...bars,
    ].join(""),
  };
}

function widened(low: number, high: number): [number, number] {
  return areAsGoodAsEqual(low, high) ? [low - 0.5, high + 0.5] : [low, high];
}
