/** Which share of the units is nearly closed, and which nearly open, along the steps. */
import { scaleLinear } from "d3-scale";
import { area } from "d3-shape";
import { named, type Plot, stepTicks, xAxis, yAxis } from "./axes.ts";
import { element, type Panel, percent, text, tooltip } from "./svg.ts";

/** One step: shares of the units, which add up to 1 with those in between. */
export interface SharesAt {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

const WIDTH = 280;
const PLOT: Plot = { left: 46, right: 270, top: 26, bottom: 132 };
const HEIGHT = 170;
/** With at most so many steps each tells its numbers under the pointer. */
const POINTED = 250;

export function areaChart(title: string, xLabel: string, shares: readonly SharesAt[]): Panel {
  const [first, last] = [shares[0].x, shares[shares.length - 1].x];
  const x = scaleLinear(first === last ? [first - 0.5, last + 0.5] : [first, last], [PLOT.left, PLOT.right]);
  const y = scaleLinear([0, 1], [PLOT.bottom, PLOT.top]);
  // a single step is as wide as the chart
  const drawn =
    first === last
      ? [
          { ...shares[0], x: first - 0.5 },
          { ...shares[0], x: last + 0.5 },
        ]
      : shares;
  const along = area<SharesAt>()
    .digits(1)
    .x((at) => x(at.x));
  const low = along.y0(y(0)).y1((at) => y(at.low))(drawn);
  const high = along.y0(y(1)).y1((at) => y(1 - at.high))(drawn);
  const side = (PLOT.right - PLOT.left) / shares.length;
  const under = shares.map((at, k) => {
    const words = `t = ${at.x}: ${percent(at.low)} low, ${percent(at.high)} high`;
    const box = { x: PLOT.left + k * side, y: PLOT.top, width: side, height: PLOT.bottom - PLOT.top };
    return element("rect", { class: "under", ...box }, tooltip(words));
  });
  const most = (of: "low" | "high") => percent(Math.max(...shares.map((at) => at[of])));
  return {
    width: WIDTH,
    height: HEIGHT,
    words: `${title}: at most ${most("low")} of the units nearly closed, at most ${most("high")} nearly open`,
    body: [
      text(PLOT.left, 12, title, { class: "title" }),
      yAxis(y, named([0, 0.5, 1]), PLOT),
      xAxis(x, stepTicks(first, last), PLOT, xLabel),
      element("path", { class: "closed", d: low ?? "" }),
      element("path", { class: "opened", d: high ?? "" }),
      ...(shares.length > POINTED ? [] : under),
    ].join(""),
  };
}
