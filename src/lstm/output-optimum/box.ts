/**
 * Boxes in the ball: what caps cannot cover in few, the thin shell about a whole sphere of almost equal values that nearly parallel
 * rows make, is one thin box in these coordinates.
 */
import type { Interval } from "../../linalg/interval.ts";
import { dot, norm } from "../../linalg/quadratic-on-sphere.ts";
import type { FaceBox } from "./cap.ts";
import type { Region } from "./majorant.ts";
import { preactivationRange, type SphereProblem } from "./sphere-problem.ts";

const EPSILON = 2 ** -53;

export type Box = FaceBox;

/** The box about the whole sphere. */
export function wholeBox(k: number): Box {
  return { lo: new Float64Array(k).fill(-1), hi: new Float64Array(k).fill(1) };
}

/** Whether the sphere may meet it. */
export function meetsSphere({ lo, hi }: Box): boolean {
  const nearest = norm(lo.map((low, j) => Math.max(low, -hi[j], 0)));
  const farthest = norm(lo.map((low, j) => Math.max(Math.abs(low), Math.abs(hi[j]))));
  return nearest <= 1 + 2 ** -40 && farthest >= 1 - 2 ** -40;
}

/** The box as a region, expanded about its middle; about its point nearest to the best one, where that is near. */
export function boxRegion(problem: SphereProblem, { lo, hi }: Box, best: Float64Array): Region {
  const { rows, norms, errors } = problem;
  const middle = lo.map((low, j) => low + (hi[j] - low) / 2);
  const half = lo.map((low, j) => Math.max(hi[j] - middle[j], middle[j] - low));
  const isNear = best.every((entry, j) => Math.abs(entry - middle[j]) <= 4 * half[j]);
  const centre = isNear ? best.map((entry, j) => Math.min(hi[j], Math.max(lo[j], entry))) : middle;
  const reach = lo.map((low, j) => Math.max(hi[j] - centre[j], centre[j] - low) * (1 + 2 ** -50));
  const z = rows.map((row, g): Interval => {
    const at = dot(row, middle);
    const spread = row.reduce((sum, entry, j) => sum + Math.abs(entry) * half[j], 0);
    const margin = errors[g] + 16 * EPSILON * norms[g] * Math.sqrt(lo.length);
    return preactivationRange(problem, g, { lo: at - spread, hi: at + spread }, margin);
  });
  return { centre, radius: norm(reach) * (1 + 2 ** -50), z, reach };
}
