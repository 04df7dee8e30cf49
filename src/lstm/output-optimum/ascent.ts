/** Newton's method on the sphere, held to steps that the quadratic model can be trusted for. */
import { type Interval, middleOf } from "../../linalg/interval.ts";
import { boundOnSphere, dot } from "../../linalg/quadratic-on-sphere.ts";
import { unit } from "./cap.ts";
import { type Majorant, majorant } from "./majorant.ts";
import { pointBox, type SphereProblem } from "./sphere-problem.ts";

const STEPS = 60;

/** Where the steps end: y is then as near to a critical point as doubles tell. */
const SMALLEST_STEP = 2 ** -45;

/** A point of the sphere with F there. */
export interface Climbed {
  readonly y: Float64Array;
  readonly value: Interval;
}

/**
 * From a point of the sphere up to a local maximum (or, where F is flat to the last digits, to where it is flat): the step is
 * that which the quadratic model at y gains most by within a radius, which halves where F does not gain and doubles where it does.
 */
export function ascend(problem: SphereProblem, start: Float64Array): Climbed {
  let y = start;
  let radius = 0.5;
  let model = modelAt(problem, y, radius);
  for (let step = 0; step < STEPS && radius > SMALLEST_STEP; step++) {
    const { step: s } = boundOnSphere({ ...model, radius });
    const next = unit(y.map((entry, j) => entry + s[j]));
    const length = Math.sqrt(next.reduce((sum, entry, j) => sum + (entry - y[j]) ** 2, 0));
    if (!(length > SMALLEST_STEP)) break;
    const found = modelAt(problem, next, radius);
    if (isBetter(found, model)) {
      radius = Math.min(1, Math.max(radius, 2 * length));
      y = next;
      model = found;
    } else radius = Math.min(radius, length) / 4;
  }
  return { y, value: model.value };
}

function modelAt(problem: SphereProblem, y: Float64Array, radius: number): Majorant {
  return majorant(problem, { centre: y, radius, z: pointBox(problem, y), reach: null });
}

/** Whether F is larger; where the difference is rounding, whether the slope along the sphere is smaller. */
function isBetter(found: Majorant, before: Majorant): boolean {
  const gain = middleOf(found.value) - middleOf(before.value);
  const noise = before.value.hi - before.value.lo;
  if (Math.abs(gain) > noise) return gain > 0;
  return slopeOf(found) < slopeOf(before);
}

/** |g − (g·y)y| */
export function slopeOf({ gradient, centre }: Pick<Majorant, "gradient" | "centre">): number {
  const along = dot(gradient, centre);
  return Math.sqrt(gradient.reduce((sum, entry, j) => sum + (entry - along * centre[j]) ** 2, 0));
}
