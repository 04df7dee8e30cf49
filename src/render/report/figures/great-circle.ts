/** A gate by the angle between h and h*; of a cell of one unit, by h itself. */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { DEGREES, type GateCircle } from "../../../lstm/gate-circle.ts";
import { named, xAxis, yAxis } from "../axes.ts";
import { element, label, tooltip } from "../svg.ts";

const [WIDTH, HEIGHT] = [400, 268];
const PLOT = { left: 50, right: 380, top: 12, bottom: 228 };
const ANGLES = [-180, -90, 0, 90, 180];

export function alongCircle({ gate, best, along, largest, now }: GateCircle) {
  const single = best?.length === 1 ? best[0] : null;
  // two points are the unit circle of one unit; between them h itself is the way from one to the other
  const of = (degrees: number) => (single === null ? degrees : single * Math.cos((degrees * Math.PI) / 180));
  const x = scaleLinear(single === null ? [-180, 180] : [-1, 1], [PLOT.left, PLOT.right]);
  const y = scaleLinear(gate === "u" ? [-1, 1] : [0, 1], [PLOT.bottom, PLOT.top]);
  const curve = line<number>()
    .digits(1)
    .x((k) => x(of(DEGREES[k])))
    .y((k) => y(along[k]));
  const shown = single === null ? [...along.keys()] : [...along.keys()].filter((k) => DEGREES[k] <= 0);
  const dot = (kind: string, degrees: number, value: number) =>
    element("circle", { class: kind, cx: x(of(degrees)), cy: y(value), r: 5 }, tooltip(label(value)));
  const body = [
    yAxis(y, named(y.ticks(5)), PLOT),
    xAxis(x, named(single === null ? ANGLES : [-1, -0.5, 0, 0.5, 1]), PLOT, single === null ? "degrees from h*" : "h"),
    element("path", { class: "curve open", d: curve(shown) ?? "" }),
    now ? dot("now", now.degrees, now.gate) : "",
    best ? dot("best", 0, largest) : "",
  ].join("");
  return { width: WIDTH, height: HEIGHT, body };
}
