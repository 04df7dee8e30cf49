/** Caps: all points of the sphere that are near to one. They cover it as boxes on the faces of a cube do, seen from its centre. */
import type { Interval } from "../../linalg/interval.ts";
import { scaleVector } from "../../linalg/norm.ts";
import { dot, norm } from "../../linalg/quadratic-on-sphere.ts";
import type { Region } from "./majorant.ts";
import { preactivationRange, type SphereProblem } from "./sphere-problem.ts";

const EPSILON = 2 ** -53;

/** The square of a longer vector, and the errors of that, are normal doubles. */
const SMALLEST_SQUARED = 2 ** -480;

/** A box on a face of the cube [−1, 1]^k: lo = hi = ±1 on one axis. */
export interface FaceBox {
  readonly lo: Float64Array;
  readonly hi: Float64Array;
}

/** The 2k faces. */
export function faces(k: number): FaceBox[] {
  return Array.from({ length: 2 * k }, (_, face) => {
    const [lo, hi] = [new Float64Array(k).fill(-1), new Float64Array(k).fill(1)];
    lo[face >> 1] = hi[face >> 1] = face & 1 ? 1 : -1;
    return { lo, hi };
  });
}

/** Its two halves across the longest side; none where that is at the end of what doubles tell apart. */
export function halves(box: FaceBox, axis = longestSide(box)): FaceBox[] {
  const { lo, hi } = box;
  const middle = lo[axis] + (hi[axis] - lo[axis]) / 2;
  if (hi[axis] - lo[axis] < 2 ** -40) return [];
  const [below, above] = [Float64Array.from(hi), Float64Array.from(lo)];
  below[axis] = above[axis] = middle;
  return [
    { lo, hi: below },
    { lo: above, hi },
  ];
}

function longestSide({ lo, hi }: FaceBox): number {
  let axis = 0;
  for (let j = 1; j < lo.length; j++) if (hi[j] - lo[j] > hi[axis] - lo[axis]) axis = j;
  return axis;
}

/** A cap by its centre, on the sphere within rounding, and the chord to its rim. */
export interface Cap {
  readonly centre: Float64Array;
  readonly chord: number;
}

/**
 * The cap about a box's middle, as wide as its farthest corner: the cone of a cap meets the plane of a face in a convex set, so
 * that with the corners the whole box lies in it.
 */
export function capOf({ lo, hi }: FaceBox): Cap {
  const centre = unit(lo.map((low, j) => low + (hi[j] - low) / 2));
  const corner = new Float64Array(lo.length);
  let chord = 0;
  for (let which = 0; which < 2 ** lo.length; which++) {
    for (let j = 0; j < lo.length; j++) corner[j] = (which >> j) & 1 ? hi[j] : lo[j];
    chord = Math.max(chord, distance(scaledToOne(corner), centre));
  }
  return { centre, chord: chord * (1 + 2 ** -48) + 8 * EPSILON };
}

export function unit(v: Float64Array): Float64Array {
  return scaledToOne(Float64Array.from(v));
}

/** In place; by way of a power of two where the squares would leave the doubles, as those of a row of U may. */
function scaledToOne(v: Float64Array): Float64Array {
  let length = norm(v);
  if (!(length > SMALLEST_SQUARED && length < 1 / SMALLEST_SQUARED)) {
    v.set(scaleVector(v).scaled);
    length = norm(v);
  }
  for (let k = 0; k < v.length; k++) v[k] /= length;
  return v;
}

export function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return Math.sqrt(sum);
}

/** The angle that a chord spans. */
export function angleOf(chord: number): number {
  return 2 * Math.asin(Math.min(1, chord / 2));
}

/**
 * z_g on a cap of angle ρ about v: R_g·y lies within ‖R_g‖cos[φ − ρ, φ + ρ], φ the angle between R_g and v, from
 * p = R_g·v = ‖R_g‖cos φ and q = ‖R_g − pv‖ = ‖R_g‖sin φ.
 */
export function capRegion(problem: SphereProblem, { centre, chord }: Cap): Region {
  const { rows, norms, errors } = problem;
  const cosine = 1 - (chord * chord) / 2;
  const sine = chord * Math.sqrt(1 - (chord * chord) / 4);
  const z = rows.map((row, g): Interval => {
    const p = dot(row, centre);
    let squares = 0;
    for (let j = 0; j < row.length; j++) squares += (row[j] - p * centre[j]) ** 2;
    const q = Math.sqrt(squares);
    const most = p > 0 && q * cosine <= p * sine ? norms[g] : p * cosine + q * sine;
    const least = p < 0 && q * cosine <= -p * sine ? -norms[g] : p * cosine - q * sine;
    return preactivationRange(problem, g, { lo: least, hi: most }, errors[g] + 16 * EPSILON * norms[g]);
  });
  return { centre, radius: chord, z, reach: null };
}
