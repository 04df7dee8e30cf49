/**
 * Numbers at both sides of a point, a(x + δ) and a(x − δ), held as their mean and half of their difference, so that the
 * difference has all its digits however small it is beside the mean. The rules are identities, not derivatives:
 *
 *     ½(a₊b₊ ± a₋b₋) from (ā ± a')(b̄ ± b')     1/(ā ± a') = (ā ∓ a')/((ā + a')(ā − a'))     e^{ā ± a'} = e^ā e^{±a'}
 */

import { bits, difference, product, quotient, sum } from "./arithmetic.ts";
import { type Ball, isZero, negate, ONE, timesPowerOfTwo, ZERO } from "./ball.ts";
import { exponentials } from "./ball-exp.ts";

export interface TwoSided {
  readonly mean: Ball;
  readonly half: Ball;
}

/** What stands still. */
export function still(mean: Ball): TwoSided {
  return { mean, half: ZERO };
}

/** a + b */
export function plus(a: TwoSided, b: TwoSided): TwoSided {
  return { mean: sum(a.mean, b.mean), half: sum(a.half, b.half) };
}

/** a·b */
export function times(a: TwoSided, b: TwoSided): TwoSided {
  return {
    mean: sum(product(a.mean, b.mean), product(a.half, b.half)),
    half: sum(product(a.mean, b.half), product(a.half, b.mean)),
  };
}

/** a·2^k */
export function scaled({ mean, half }: TwoSided, k: number): TwoSided {
  return { mean: timesPowerOfTwo(mean, k), half: timesPowerOfTwo(half, k) };
}

export function minus({ mean, half }: TwoSided): TwoSided {
  return { mean: negate(mean), half: negate(half) };
}

/** 1/a */
export function reciprocal({ mean, half }: TwoSided): TwoSided {
  const both = product(sum(mean, half), difference(mean, half));
  return { mean: quotient(mean, both), half: quotient(negate(half), both) };
}

/** e^a − 1, the mean to all its digits where a stands still; e^{−a'} − 1 = −x/(1 + x) with x = e^{a'} − 1 */
export function exponentialMinusOne({ mean, half }: TwoSided): TwoSided {
  const { power, lessOne } = exponentials(mean, bits);
  if (isZero(half)) return still(lessOne);
  const ahead = exponentials(half, bits).lessOne;
  const behind = negate(quotient(ahead, sum(ONE, ahead)));
  const even = timesPowerOfTwo(sum(ahead, behind), -1);
  const odd = timesPowerOfTwo(difference(ahead, behind), -1);
  return { mean: sum(lessOne, product(power, even)), half: product(power, odd) };
}
