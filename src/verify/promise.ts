/** The numerical promise: how far from the exact value a derivative may be, in ε of what test/promise/README.md measures it by. */

import { type Ball, exact, product, sum, toDouble } from "./arithmetic.ts";
import { compare, ONE, radiusOf, timesPowerOfTwo, topOf, upperBound, ZERO } from "./ball.ts";
import { ratio, type Size, sizeOf } from "./size.ts";

/** A reference entry, and how far from it the promise lets a double be. */
export interface Expected {
  readonly value: Ball;
  readonly allowed: Ball;
  /** Set where the reference is not known to 2^−20 ulp: with more bits it would be. */
  readonly isVague?: boolean;
  /**
   * Of an entry of one step, the exponent of the last place of the nearest double. None but that one is right, also at a power
   * of two, where below it ½ ulp is one.
   */
  readonly lastPlace?: number;
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
export class RoundedOnce implements Expected {
  readonly value: Ball;
  readonly lastPlace: number;
  readonly isVague: boolean;

  constructor(value: Ball) {
    this.value = value;
    this.lastPlace = lastPlaceOf(value);
    this.isVague = value.r !== 0n && topOf(radiusOf(value)) > this.lastPlace - 20;
  }

  /** Computed when it is asked for: {@link allowedSize} tells most entries enough. */
  get allowed(): Ball {
    return sum(timesPowerOfTwo(ONE, this.lastPlace - 1), radiusOf(this.value));
  }
}

/** What is allowed, to a millionth: of an entry of one step half an ulp, beside which its radius is nothing unless it is vague. */
function allowedSize(expected: Expected): Size {
  const { lastPlace, isVague } = expected;
  const isHalf = lastPlace !== undefined && !isVague;
  return isHalf ? { significand: 1, exponent: lastPlace - 1 } : sizeOf(expected.allowed);
}

/** error/allowed as a double: at most 1 where the error is no larger, exactly, and more than 1 where it is. */
export function shareOf(error: Ball, got: number, expected: Expected): number {
  const most = allowedSize(expected);
  if (most.significand === 0) return Number.MAX_VALUE;
  const share = ratio(sizeOf(error), most);
  if (share < 0.99 || share > 1.01) return share;
  const isOther = expected.lastPlace !== undefined && !isNearest(got, expected.value);
  const isTooLarge = compare(midpoint(error), expected.allowed) > 0 || isOther;
  return isTooLarge ? Math.max(share, 1 + 2 ** -52) : Math.min(share, 1);
}

/** Whether it is the double nearest to some number of the ball. */
function isNearest(got: number, { m, e, r }: Ball): boolean {
  return toDouble({ m: m - r, e, r }) <= got && got <= toDouble({ m: m + r, e, r });
}

/** The exponent of the last place of the double nearest to a number. */
export function lastPlaceOf(value: Ball): number {
  return Math.max(topOf(value), -1021) - 53;
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

/** The number without its error. */
export function midpoint({ m, e }: Ball): Ball {
  return { m, e, r: 0n };
}
