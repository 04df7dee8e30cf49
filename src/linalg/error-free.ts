/**
 * Error-free transformations of double arithmetic: the rounding error of one operation is itself a double.
 * Source: T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971);
 * D. E. Knuth, TAOCP vol. 2, §4.2.2.
 */

/** 2²⁷ + 1: splits a 53-bit significand into two halves whose products are exact. */
const SPLITTER = 134217729;

/** The high half of a (at most 26 bits); the low half is a − high. NaN where |a| > 2⁹⁹⁶: the product overflows. */
export function highHalf(a: number): number {
  const c = SPLITTER * a;
  return c - (c - a);
}

/** fl(a + b) = sum; returns (a + b) − sum exactly, for any order of magnitudes (Knuth's TwoSum). */
export function sumError(a: number, b: number, sum: number): number {
  const bPart = sum - a;
  return a - (sum - bPart) + (b - bPart);
}

/**
 * fl(a · b) = product; returns a·b − product exactly (Dekker's TwoProduct), as long as |product| ≥ 2^-960, below which the error
 * may be no double any more. NaN where a half overflows.
 */
export function productError(a: number, b: number, product: number): number {
  const aHigh = highHalf(a);
  const aLow = a - aHigh;
  const bHigh = highHalf(b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/**
 * Adds x to a sum of doubles that is kept exactly, as doubles of which none has a digit where another has one, the smallest first.
 * Source: J. R. Shewchuk, "Adaptive precision floating-point arithmetic", Discrete Comput. Geom. 18 (1997), §2.4.
 */
export function addExactly(parts: number[], x: number): void {
  let high = x;
  let kept = 0;
  for (const part of parts) {
    const sum = high + part;
    const rest = sumError(high, part, sum);
    if (rest !== 0) parts[kept++] = rest;
    high = sum;
  }
  while (parts.length > kept) parts.pop();
  if (high !== 0) parts.push(high);
}
