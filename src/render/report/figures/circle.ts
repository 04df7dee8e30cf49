/** A gate over the unit circle: where it opens widest, as a picture. */

import type { GateCircle } from "../../../lstm/gate-circle.ts";
import { gate } from "../../../lstm/letters.ts";
import { textOf } from "../../symbols.ts";
import type { Figure } from "../figure-html.ts";
import { element, label, type Panel, text } from "../svg.ts";
import { alongCircle } from "./great-circle.ts";
import { levelLines } from "./level-lines.ts";
import { polarCurve } from "./polar-curve.ts";

/** So many components of a vector are written. */
const WRITTEN = 4;

export function circleFigure(circle: GateCircle): Figure {
  const name = textOf(gate(circle.gate));
  const words = inWords(circle, name);
  const title = `${name} of unit ${circle.unit} ${placesOf(circle)}`;
  const marked = ({ width, height, body }: Omit<Panel, "words">): Panel => {
    return { width, height: height + 52, words, body: body + marks(circle, name, height).join("") };
  };
  if (circle.best?.length === 2) {
    const lines = { ...levelLines(circle), words: `where in the plane of h ${name} has which value` };
    return { title, notes: [], words, panels: [marked(polarCurve(circle)), lines] };
  }
  return { title, notes: [], words, panels: [marked(alongCircle(circle))] };
}

function placesOf({ best }: GateCircle): string {
  if (best === null) return "at every unit vector";
  if (best.length === 1) return "at h between −1 and 1";
  return best.length === 2 ? "over the unit circle" : "along the great circle through h* and h_{t-1}";
}

/** What the two dots stand for. */
function marks({ best, largest, now }: GateCircle, name: string, height: number): string[] {
  const optimum = best === null ? "every unit vector is optimal, for the row of U is zero" : `h* = ${written(best)}`;
  return [
    mark(height, "best", `${optimum}: ${name} = ${label(largest)}`),
    ...(now
      ? [mark(height + 22, "now", `h_{t-1}, made 1 long: ${name} = ${label(now.gate)}, ${label(now.degrees)}° from h*`)]
      : []),
  ];
}

function mark(y: number, kind: "best" | "now", words: string): string {
  return element("circle", { class: kind, cx: 26, cy: y + 10, r: 5 }) + text(40, y + 14, words);
}

function written(vector: Float64Array): string {
  const shown = Array.from(vector.subarray(0, WRITTEN), label);
  return `(${[...shown, ...(vector.length > WRITTEN ? ["…"] : [])].join(", ")})`;
}

function inWords({ unit, best, largest, now }: GateCircle, name: string): string {
  const at = best === null ? "the same everywhere" : `largest at h* = ${written(best)}`;
  const here = now ? `; in the direction of the given h it is ${label(now.gate)}` : "";
  return `${name} of unit ${unit} at vectors of length 1: ${at}, where it is ${label(largest)}${here}`;
}
