/** A gate of a cell of two units by the angle of h: the distance from the centre is the gate. */
import { scaleLinear } from "d3-scale";
import { lineRadial } from "d3-shape";
import { DEGREES, type GateCircle } from "../../../lstm/gate-circle.ts";
import { tick } from "../axes.ts";
import { element, label, text, tooltip } from "../svg.ts";

const [WIDTH, HEIGHT] = [400, 348];
const CENTRE = { x: 195, y: 178 };
const RADIUS = 150;
const RINGS = 4;

export function polarCurve({ gate, best, along, largest, now }: GateCircle) {
  const radius = scaleLinear(gate === "u" ? [-1, 1] : [0, 1], [0, RADIUS]);
  // of a page, whose y points down
  const turned = best === null ? 0 : Math.atan2(best[1], best[0]);
  const angle = (degrees: number) => Math.PI / 2 - turned - (degrees * Math.PI) / 180;
  const curve = lineRadial<number>()
    .digits(1)
    .angle((k) => angle(DEGREES[k]))
    .radius((k) => radius(along[k]));
  const rings = radius.ticks(RINGS).filter((value) => radius(value) > 0);
  const at = (degrees: number, value: number) => {
    const [r, a] = [radius(value), angle(degrees)];
    return { x: CENTRE.x + r * Math.sin(a), y: CENTRE.y - r * Math.cos(a) };
  };
  const optimum = at(0, largest);
  const side = now && isLeftOf(best, now.h_prev) ? 1 : -1;
  const given = now && at(side * now.degrees, now.gate);
  const { x, y } = CENTRE;
  const body = [
    ...rings.map((value) => element("circle", { class: "grid", cx: x, cy: y, r: radius(value) })),
    element("path", { class: "grid", d: `M${x - RADIUS} ${y}h${2 * RADIUS}M${x} ${y - RADIUS}v${2 * RADIUS}` }),
    ...rings.map((value) => text(x + 4, y - radius(value) - 3, tick(value))),
    text(x + RADIUS + 6, y + 4, "h[0]"),
    text(x - 6, y - RADIUS - 3, "h[1]", { "text-anchor": "end" }),
    element("g", { transform: `translate(${x} ${y})` }, closed(curve(along.keys() as Iterable<number>))),
    element("path", { class: "ray", d: `M${x} ${y}L${optimum.x.toFixed(1)} ${optimum.y.toFixed(1)}` }),
    given ? dot("now", given, `at the direction of h: ${label(now.gate)}`) : "",
    dot("best", optimum, `at h*: ${label(largest)}`),
  ].join("");
  return { width: WIDTH, height: HEIGHT, body };
}

function closed(d: string | null): string {
  return element("path", { class: "curve", d: `${d}Z` });
}

function dot(kind: string, { x, y }: { x: number; y: number }, title: string): string {
  return element("circle", { class: kind, cx: x, cy: y, r: 5 }, tooltip(title));
}

/** Whether a vector lies to the left of h*. */
function isLeftOf(best: Float64Array | null, h: Float64Array): boolean {
  return best !== null && best[0] * h[1] - best[1] * h[0] > 0;
}
