/** A cap about a critical point that holds one maximum of F at most, which is known to the last digits. */
import { boundOnSphere, dot, norm } from "../../linalg/quadratic-on-sphere.ts";
import { slopeOf } from "./ascent.ts";
import { type Cap, capRegion } from "./cap.ts";
import { majorant } from "./majorant.ts";
import type { SphereProblem } from "./sphere-problem.ts";

export interface Exclusion extends Cap {
  /** What F is on the cap at most. */
  readonly bound: number;
}

/** The radii that are tried: 60°, which a face of the cube in four dimensions has, and its halves. */
const LARGEST = 1;
const HALVINGS = 24;
const REFINEMENTS = 3;

/** The largest cap found about y that is known to hold no second maximum and nothing above `aim`; null for none. */
export function excludedAbout(problem: SphereProblem, y: Float64Array, aim: number): Exclusion | null {
  let chord = LARGEST;
  let found: Exclusion | null = null;
  for (let pass = 0; pass < HALVINGS && found === null; pass++, chord /= 2) found = excluded(problem, y, chord, aim);
  if (found === null || found.chord === LARGEST) return found;
  let [low, high] = [found.chord, 2 * found.chord];
  for (let pass = 0; pass < REFINEMENTS; pass++) {
    const middle = (low + high) / 2;
    const larger = excluded(problem, y, middle, aim);
    if (larger === null) high = middle;
    else {
      low = middle;
      found = larger;
    }
  }
  return found;
}

/**
 * Let H be the majorant's matrix on the cap. At a maximum ŷ in the cap ∇F = λ̂ŷ, and for every other y of the sphere in it
 *
 *     F(y) ≤ F(ŷ) + λ̂ŷ·s + ½ sᵀHs = F(ŷ) − ½ sᵀ(λ̂I − H)s          because ŷ·s = −½‖s‖²
 *
 * so that ŷ is the only one where λ̂ exceeds the eigenvalues of H. With λ = c·∇F(c), κ = λ − the largest of them, a slope ρ along the
 * sphere and F known within w, F(ŷ) ≥ F(c) puts ŷ within (ρ + √(ρ² + 2κw))/κ of c, and λ̂ differs from λ by that times
 * ‖∇F‖ + max‖RᵀKR‖ at most.
 */
function excluded(problem: SphereProblem, centre: Float64Array, chord: number, aim: number): Exclusion | null {
  const found = majorant(problem, capRegion(problem, { centre, chord }));
  const { bound, curvature } = boundOnSphere(found);
  const { value, gradient, gradientError, size } = found;
  const lambda = dot(gradient, centre) - gradientError;
  const above = lambda - curvature;
  const slope = slopeOf(found) + gradientError + 2 ** -50 * norm(gradient);
  const near = (slope + Math.sqrt(slope * slope + 2 * above * (value.hi - value.lo))) / above;
  const isOnly = above > 0 && above > 2 * near * (norm(gradient) + gradientError + size);
  const most = value.hi + bound + 2 ** -51 * (Math.abs(value.hi) + bound);
  return isOnly && most <= aim ? { centre, chord, bound: most } : null;
}
