/** The lines in the plane of h on which a gate has one value, the unit circle, and where it touches the highest. */
import { scaleLinear } from "d3-scale";
import { distanceOf, type GateCircle, gateAt } from "../../../lstm/gate-circle.ts";
import { areAsGoodAsEqual, named, xAxis, yAxis } from "../axes.ts";
import { element, label, place, text, tooltip } from "../svg.ts";

const [WIDTH, HEIGHT] = [400, 380];
const PLOT = { left: 50, right: 370, top: 18, bottom: 338 };
/** As far as the plane is shown. */
const END = 1.5;
const TICKS = [-1, 0, 1];
const LEVELS = 8;
/** No two labels are nearer. */
const LABEL = { width: 34, height: 14 };

/** Of a cell of two units whose row of U is not zero. */
export function levelLines(circle: GateCircle) {
  const [first, second] = circle.best as Float64Array;
  const x = scaleLinear([-END, END], [PLOT.left, PLOT.right]);
  const y = scaleLinear([-END, END], [PLOT.bottom, PLOT.top]);
  /** So far along h*, and across it. */
  const at = (along: number, across: number) => [
    place(x(along * first - across * second)),
    place(y(along * second + across * first)),
  ];
  const reach = circle.slope * END * (Math.abs(first) + Math.abs(second));
  const ends = gateAt(circle.gate, Float64Array.of(circle.offset - reach, circle.offset + reach));
  const values = areAsGoodAsEqual(ends[0], ends[1]) ? [] : scaleLinear(ends, [0, 1]).ticks(LEVELS);
  const levels = values.map((value) => ({ value, distance: distanceOf(circle, value) }));
  const shown = levels.filter(({ distance }) => Math.abs(distance) < 2 * END);
  const lines = shown.map(({ distance }) => {
    return element("path", { class: "level", d: `M${at(distance, -9).join(" ")}L${at(distance, 9).join(" ")}` });
  });
  const placed: { x: number; y: number }[] = [];
  const labels = shown.flatMap(({ value, distance }) => {
    const across = Math.sqrt(Math.max(0, 1.42 - distance ** 2)) * (first * second > 0 ? -1 : 1);
    const [left, top] = [distance * first - across * second, distance * second + across * first];
    const own = { x: x(left), y: y(top) + 4 };
    const isFree = placed.every(
      (other) => Math.abs(other.x - own.x) > LABEL.width || Math.abs(other.y - own.y) > LABEL.height,
    );
    if (!isFree || Math.max(Math.abs(left), Math.abs(top)) > END - 0.12) return [];
    placed.push(own);
    return [text(own.x, own.y, label(value), { class: "halo", "text-anchor": "middle" })];
  });
  const size = { x: PLOT.left, y: PLOT.top, width: x(END) - x(-END), height: y(-END) - y(END) };
  const box = `${size.x} ${size.y} ${size.width} ${size.height}`;
  const given = circle.now?.h_prev;
  const isWithin = given && Math.max(...given.map(Math.abs)) <= END;
  const body = [
    yAxis(y, named(TICKS), PLOT),
    xAxis(x, named(TICKS), PLOT, "h[0], upwards h[1]; lines: where the gate has one value"),
    element("rect", { class: "box", ...size }),
    element("svg", { class: "clip", ...size, viewBox: box }, ...lines),
    element("circle", { class: "unit", cx: x(0), cy: y(0), r: x(1) - x(0) }),
    element("path", { class: "ray", d: `M${at(0, 0).join(" ")}L${at(1, 0).join(" ")}` }),
    ...labels,
    isWithin ? dot("now", x(given[0]), y(given[1]), "the given h") : "",
    dot("best", x(first), y(second), "h*"),
  ].join("");
  return { width: WIDTH, height: HEIGHT, body };
}

function dot(kind: string, cx: number, cy: number, title: string): string {
  return element("circle", { class: kind, cx, cy, r: 5 }, tooltip(title));
}
