/**
 * Intervals of real numbers. Every operation widens its result by more than it was rounded, relatively: what is tiny stays known
 * relatively. Below the normal doubles an operation is off absolutely, so that it widens by that as well.
 * Source: R. E. Moore, Interval Analysis (1966).
 */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

/** Of one rounding: 2ε, by which the product lo·(1 ± 2ε) is off by less than it moves. */
const ONE_ROUNDING = 2 ** -51;

/** The interval with its ends moved outwards by `share` of themselves. */
export function widened(lo: number, hi: number, share: number): Interval {
  return { lo: lo - Math.abs(lo) * share, hi: hi + Math.abs(hi) * share };
}

/** What a few roundings of subnormal doubles are off by. */
const LEAST = 4 * Number.MIN_VALUE;

/** The interval with its ends moved outwards by that; where they are normal doubles they stay. */
export function withUnderflow({ lo, hi }: Interval): Interval {
  return { lo: lo - LEAST, hi: hi + LEAST };
}

export const pointInterval = (x: number): Interval => ({ lo: x, hi: x });

export const ZERO_INTERVAL = pointInterval(0);

/** {x + y} */
export function intervalSum(a: Interval, b: Interval): Interval {
  return widened(a.lo + b.lo, a.hi + b.hi, ONE_ROUNDING);
}

/** {x·y} */
export function intervalProduct(a: Interval, b: Interval): Interval {
  // what is exactly zero stays so
  if (isZero(a) || isZero(b)) return ZERO_INTERVAL;
  const p = a.lo * b.lo;
  const q = a.lo * b.hi;
  const r = a.hi * b.lo;
  const s = a.hi * b.hi;
  return withUnderflow(widened(Math.min(p, q, r, s), Math.max(p, q, r, s), ONE_ROUNDING));
}

/** {k·x} */
export function intervalMultiple(k: number, a: Interval): Interval {
  if (k === 0 || isZero(a)) return ZERO_INTERVAL;
  const [lo, hi] = k > 0 ? [k * a.lo, k * a.hi] : [k * a.hi, k * a.lo];
  return withUnderflow(widened(lo, hi, ONE_ROUNDING));
}

/** {2ᵏx}, exact but for subnormal doubles. */
export function intervalScaled(a: Interval, power: number): Interval {
  return power === 1 || isZero(a) ? a : withUnderflow({ lo: a.lo * power, hi: a.hi * power });
}

const isZero = ({ lo, hi }: Interval): boolean => lo === 0 && hi === 0;

export const middleOf = ({ lo, hi }: Interval): number => lo + (hi - lo) / 2;

/** The largest distance from `middle` to a number of the interval. */
export function spreadAbout(middle: number, { lo, hi }: Interval): number {
  return Math.max(hi - middle, middle - lo, 0);
}

/** max |x| */
export function largestSize({ lo, hi }: Interval): number {
  return Math.max(Math.abs(lo), Math.abs(hi));
}
