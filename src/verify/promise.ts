/** The numerical promise: how far from the exact value a derivative may be, in ε of what test/promise/README.md measures it by. */

import { type Ball, exact, product, sum } from "./arithmetic.ts";
import { ONE, radiusOf, timesPowerOfTwo, topOf, upperBound, ZERO } from "./ball.ts";

/** A reference entry, and how far from it the promise lets a double be. */
export interface Expected {
  readonly value: Ball;
  readonly allowed: Ball;
  /** Set where the reference is not known to 2^−20 ulp: with more bits it would be. */
  readonly isVague?: true;
  /** Set of an entry of one step: none but the nearest double is right, also at a power of two, where below it ½ ulp is one. */
  readonly isRounded?: true;
}

/** ε = 2^−53 */
export const EPSILON: Ball = timesPowerOfTwo(ONE, -53);
/** Below it a double has not all its digits. */
export const SMALLEST_NORMAL = 2 ** -1022;
export const SMALLEST_DOUBLE: Ball = timesPowerOfTwo(ONE, -1074);
/** What a product of a few doubles loses at most below the normal range, before it is multiplied with large factors. */
const LOST = timesPowerOfTwo(ONE, -1070);

/** The entry with the allowance for its double, and for the error of the reference itself. */
export function expect(value: Ball, promised: Ball): Expected {
  return { value, allowed: sum(upperBound(promised), radiusOf(value)) };
}

/** An entry of one step: the exact value, rounded once, is off by half an ulp at most. */
export function rounded(value: Ball): Expected {
  const lastPlace = Math.max(topOf(value), -1021) - 53;
  const found: Expected = { ...expect(value, timesPowerOfTwo(ONE, lastPlace - 1)), isRounded: true };
  return topOf(radiusOf(value)) > lastPlace - 20 ? { ...found, isVague: true } : found;
}

/** For one step back of a gradient, of Σ|products|. */
export function boundOfStepBack(m: Ball): Ball {
  return product(exact(24), sum(exact(2), m), EPSILON);
}

/** For a sum of n products of a gradient, of Σ|products|. */
export function boundOfSum(n: number): Ball {
  return product(exact(n + 1), EPSILON);
}

/** For ∂s_T/∂s_0, as a share of the product of its T steps' |entries|: T − 1 plain sums of 2H products each. */
export function boundOfProduct(steps: number, hiddenSize: number): Ball {
  return product(exact((steps - 1) * (2 * hiddenSize + 2)), EPSILON);
}

/** What is allowed beside the bound: all of an entry below the normal range, else what a factor there can have lost. */
export function underflowOf(value: Ball, growth: Ball): Ball {
  return sum(isNormal(value) ? ZERO : exact(SMALLEST_NORMAL), product(LOST, sum(ONE, growth)));
}

/** Whether a double of the number's size has all its digits. */
export function isNormal(value: Ball): boolean {
  return topOf(value) > -1022;
}
