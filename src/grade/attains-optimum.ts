import { rowOf } from "../linalg/matrix.ts";
import { euclideanNorm, maxNorm, scaleVector, sumNorm } from "../linalg/norm.ts";
import { toDoubles } from "../linalg/real-vector.ts";
import type { Norm } from "../lstm/names.ts";
import type { UnitOptimum } from "../lstm/optimum.ts";
import { isNear, type Tolerance } from "./tolerance.ts";

/** Whether h attains the optimum of a unit; null: said to have none of its own. */
export type Attains = (h: Float64Array | null, tolerance: Tolerance) => boolean;

/** For units whose optimum is the only one the key's entries tell all, and there is nothing here. */
export type AttainsByUnit = ReadonlyMap<number, Attains>;

/**
 * Which answers are right where an optimum is not unique: ‖h‖ = 1, and U^(d)·h is what it is at the key's h*. A zero row
 * is attained by every unit vector, and by saying so.
 * @param U of the gate, or for p = inf its signs
 */
export function attainsByUnit(
  units: readonly UnitOptimum[],
  norm: Norm,
  U: Parameters<typeof rowOf>[0],
): AttainsByUnit {
  const found = new Map<number, Attains>();
  for (const { unit, h_prev, unique } of units) {
    if (unique) continue;
    if (h_prev === null) found.set(unit, (h, tolerance) => h === null || isUnit(h, norm, tolerance));
    else {
      // only the direction counts: scaled, no product leaves the double range
      const { scaled } = scaleVector(rowOf(U, unit));
      const best = dot(scaled, h_prev);
      found.set(unit, (h, tolerance) => {
        return h !== null && isUnit(h, norm, tolerance) && isNear(dot(scaled, h), best, tolerance);
      });
    }
  }
  return found;
}

function isUnit(h: Float64Array, norm: Norm, tolerance: Tolerance): boolean {
  return h.every(Number.isFinite) && isNear(lengthOf(h, norm), 1, tolerance);
}

function lengthOf(h: Float64Array, norm: Norm): number {
  if (norm === "inf") return maxNorm(h);
  return toDoubles(norm === "1" ? sumNorm(h) : euclideanNorm(h))[0];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
