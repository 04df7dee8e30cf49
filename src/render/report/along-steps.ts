/** Many steps as the few places that a chart has. */
import type { Flow } from "../../lstm/results/records.ts";
import type { Saturation } from "../../lstm/saturation.ts";
import { groupsOf } from "../groups.ts";
import type { SharesAt } from "./area-chart.ts";
import type { Point } from "./line-chart.ts";

/** As many places as a chart has at most; more steps are gathered. */
export const MOST_POINTS = 240;

/** The mean of some values and their range. */
export type Spread = Omit<Point, "x">;

export function spread(values: ArrayLike<number>): Spread {
  let [sum, low, high] = [0, Infinity, -Infinity];
  for (let k = 0; k < values.length; k++) {
    sum += values[k] / values.length;
    low = Math.min(low, values[k]);
    high = Math.max(high, values[k]);
  }
  return { y: Math.min(high, Math.max(low, sum)), low, high };
}

/** Steps by their numbers; of a chart that begins before the first, that too. */
type Steps = readonly Pick<Flow, "t">[];

/** A point a step, or a step and its neighbours where there are too many. */
export function along(flow: Steps, spreads: readonly (Spread | null)[]): (Point | null)[] {
  const places = groupsOf(spreads, sizeOf(flow));
  return places.map((place, k) => {
    const own = place.filter((one) => one !== null);
    if (own.length === 0) return null;
    const y = spread(own.map((one) => one.y)).y;
    const ends = spread(own.flatMap(({ low, high }) => [low, high]));
    return { x: stepAt(flow, k, places.length), y, low: ends.low, high: ends.high };
  });
}

/** The mean shares likewise. */
export function sharesAlong(flow: readonly Flow[], of: (step: Flow) => Saturation): SharesAt[] {
  const places = groupsOf(flow, sizeOf(flow));
  return places.map((place, k) => {
    const mean = (side: "low" | "high") => spread(place.map((step) => of(step)[side])).y;
    return { x: stepAt(flow, k, places.length), low: mean("low"), high: mean("high") };
  });
}

function sizeOf(flow: Steps): number {
  return Math.ceil(flow.length / MOST_POINTS);
}

/** The chart ends with the last step. */
function stepAt(flow: Steps, place: number, places: number): number {
  return flow[place === places - 1 ? flow.length - 1 : place * sizeOf(flow)].t;
}
