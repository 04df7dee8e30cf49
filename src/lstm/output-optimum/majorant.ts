/** A quadratic function of y that lies above F(R·y + a) on a region, and what it reaches there on the sphere. */
import { type Interval, largestSize, middleOf, spreadAbout } from "../../linalg/interval.ts";
import { boundOnSphere, type QuadraticBound, type QuadraticOnSphere } from "../../linalg/quadratic-on-sphere.ts";
import { pointBox, type SphereProblem } from "./sphere-problem.ts";
import { derivativeRanges, gradientRanges, valueRange } from "./unit-function.ts";

const EPSILON = 2 ** -53;

/** A part of the sphere within a convex set. */
export interface Region {
  /** The point of the convex set about which F is expanded [k] */
  readonly centre: Float64Array;
  /** All points of the part are that near to it; Infinity where nothing is known. */
  readonly radius: number;
  /** The ranges of z over the convex set, errors included. */
  readonly z: readonly Interval[];
  /** |y_j − centre_j| on it; null where radius says all that is to be said. */
  readonly reach: Float64Array | null;
}

/** The quadratic function but for F(c). */
export interface Majorant extends QuadraticOnSphere {
  /** F(c), from above and from below */
  readonly value: Interval;
  /** What the majorant gives away along axis j, relatively to others: Σ_g d_g R_gj². */
  readonly looseness: Float64Array;
  /** max ‖RᵀKR‖ on the region, from above */
  readonly size: number;
}

/**
 * Taylor with the remainder in the middle: F(y) = F(c) + ∇F(c)·s + ½ sᵀRᵀK(ξ)R s, s = y − c, ξ between them, so in the convex set.
 * With K(ξ) in Kc ± ΔK and |R_g·s| ≤ w_g, for every pair ΔK|R_g s||R_k s| ≤ ½ΔK((R_g s)² w_k/w_g + (R_k s)² w_g/w_k), thus
 *
 *     F(y) ≤ F(c) + ∇F(c)·s + ½ sᵀRᵀ(Kc + diag d)R s          d_g = Σ_k ΔK_gk w_k/w_g
 */
export function majorant(problem: SphereProblem, region: Region): Majorant {
  const { of, rows, norms, dimension: k } = problem;
  const { centre, radius, z } = region;
  const point = pointBox(problem, centre);
  const { hessian: K } = derivativeRanges(of, z);
  const slopes = gradientRanges(of, point);
  const spreads = z.map((range, g) => spreadAbout(middleOf(point[g]), range));
  const [hessian, looseness] = [new Float64Array(k * k), new Float64Array(k)];
  let size = 0;
  for (let g = 0; g < rows.length; g++) {
    for (let other = 0; other < rows.length; other++) {
      const entry = K[g][other];
      if (norms[g] === 0 || norms[other] === 0) continue;
      addOuter(hessian, middleOf(entry), rows[g], rows[other]);
      size += largestSize(entry) * norms[g] * norms[other];
      const d = spreadAbout(middleOf(entry), entry) * (spreads[other] / spreads[g]) * (1 + 2 ** -50);
      addOuter(hessian, d, rows[g], rows[g]);
      size += d * norms[g] * norms[g];
      for (let j = 0; j < k; j++) looseness[j] += d * rows[g][j] * rows[g][j];
    }
  }
  return {
    ...{ centre, radius, hessian, hessianError: 32 * EPSILON * size, looseness, size, value: valueRange(of, point) },
    ...gradientBy(problem, slopes),
  };
}

/** Rᵀ∇F [k] with what it may be off by. */
function gradientBy({ rows, norms, dimension }: SphereProblem, slopes: readonly Interval[]) {
  const gradient = new Float64Array(dimension);
  let gradientError = 0;
  for (const [g, slope] of slopes.entries()) {
    const middle = middleOf(slope);
    for (let j = 0; j < dimension; j++) gradient[j] += middle * rows[g][j];
    gradientError += norms[g] * (spreadAbout(middle, slope) + 8 * EPSILON * Math.abs(middle));
  }
  return { gradient, gradientError };
}

/** S += k·abᵀ */
function addOuter(S: Float64Array, factor: number, a: Float64Array, b: Float64Array): void {
  const n = a.length;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) S[i * n + j] += factor * a[i] * b[j];
}

/** What F reaches on a region at most. */
export interface RegionBound {
  readonly bound: number;
  /** null where the corner of the box of z was enough. */
  readonly majorant: Majorant | null;
}

/** The smaller of the value at the best corner of z and of what the majorant reaches; the first where it is below `enough`. */
export function regionBound(problem: SphereProblem, region: Region, enough: number): RegionBound {
  const corner = valueRange(problem.of, region.z).hi;
  if (corner < enough) return { bound: corner, majorant: null };
  const found = majorant(problem, region);
  const best = quadraticBound(found, region.reach, enough);
  const bound = found.value.hi + best.bound;
  const padded = bound + 4 * EPSILON * (Math.abs(found.value.hi) + best.bound);
  return { bound: padded < corner ? padded : corner, majorant: found };
}

/**
 * Of the whole sphere about the centre, and where that is not enough with the box as a constraint: for multipliers μ_j ≥ 0
 * q(s) ≤ q(s) + Σ μ_j (reach_j² − s_j²), and μ_j = |g_j − λc_j|/2reach_j makes the most of a linear part.
 */
function quadraticBound(found: Majorant, reach: Float64Array | null, enough: number): QuadraticBound {
  const whole = boundOnSphere(found, enough - found.value.hi);
  if (reach === null || found.value.hi + whole.bound < enough) return whole;
  const lambda = found.centre.reduce((sum, entry, j) => sum + entry * found.gradient[j], 0);
  const hessian = Float64Array.from(found.hessian);
  let within = 0;
  for (const [j, far] of reach.entries()) {
    if (far === 0) continue;
    const mu = Math.abs(found.gradient[j] - lambda * found.centre[j]) / (2 * far);
    hessian[j * reach.length + j] -= 2 * mu;
    within += mu * far * far;
  }
  const boxed = boundOnSphere({ ...found, hessian }, enough - found.value.hi - within);
  const bound = boxed.bound + within * (1 + 2 ** -48);
  return bound < whole.bound ? { ...boxed, bound } : whole;
}
