/** How far a gate could open, unit by unit: from what it is to what it is at h*. */
import { scaleLinear } from "d3-scale";
import { named, stepTicks, xAxis, yAxis } from "./axes.ts";
import { element, label, type Panel, place, text, tooltip } from "./svg.ts";

export interface Gain {
  /** null where the cell does not tell it. */
  readonly now: number | null;
  readonly best: number;
}

const [WIDTH, HEIGHT] = [420, 300];
const PLOT = { left: 46, right: 404, top: 26, bottom: 246 };
/** Of a dot, less where many units stand close. */
const [LARGE, SMALL, CLOSE] = [4, 2.2, 24];

/** @param title what opens */
export function gainChart(title: string, gains: readonly Gain[]): Panel {
  const x = scaleLinear([-0.5, gains.length - 0.5], [PLOT.left, PLOT.right]);
  const y = scaleLinear([0, 1], [PLOT.bottom, PLOT.top]);
  const r = gains.length > CLOSE ? SMALL : LARGE;
  const dot = (kind: "now" | "best", cx: number, value: number) =>
    element("circle", { class: kind, cx, cy: y(value), r });
  const ways = gains.map(({ now, best }, unit) => {
    const words = `unit ${unit}: ${now === null ? "" : `${label(now)} now, `}${label(best)} at h*`;
    const way = now === null ? "" : element("path", { d: `M${place(x(unit))} ${place(y(now))}V${place(y(best))}` });
    return element(
      "g",
      {},
      tooltip(words),
      way,
      now === null ? "" : dot("now", x(unit), now),
      dot("best", x(unit), best),
    );
  });
  const largest = gains.reduce((one, { best }, unit) => (best > gains[one].best ? unit : one), 0);
  return {
    width: WIDTH,
    height: HEIGHT,
    words: `${title}: at h* it is largest in unit ${largest}, ${label(gains[largest].best)}`,
    body: [
      text(PLOT.left, 12, title, { class: "title" }),
      yAxis(y, named([0, 0.2, 0.4, 0.6, 0.8, 1]), PLOT),
      xAxis(x, stepTicks(0, gains.length - 1), PLOT, "unit"),
      element("g", { class: "ways" }, ...ways),
      ...mark("now", PLOT.left + 6, "now"),
      ...mark("best", PLOT.left + 66, "at h*, the best for the unit"),
    ].join(""),
  };
}

function mark(kind: "now" | "best", x: number, words: string): string[] {
  return [element("circle", { class: kind, cx: x, cy: 290, r: LARGE }), text(x + 10, 294, words)];
}
