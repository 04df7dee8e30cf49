import { sumError } from "./error-free.ts";
import { multiplyPairs, type Pair, toPair } from "./pair.ts";
import { scaleByPowerOfTwo } from "./scale.ts";

/** 2^(1/32), and ln 2 / 32 as a head of 35 bits (times |k| < 2¹⁶ it is exact) and its rest. */
const ROOT: Pair = { hi: 1.0218971486541166, lo: 5.109225028973444e-17 };
const STEP_HEAD = 0.021660849391992087;
const STEP_REST = 5.062034433330175e-13;

/** 2^(j/32) for j = 0 … 31. */
const POWERS: Pair[] = [{ hi: 1, lo: 0 }];
while (POWERS.length < 32) POWERS.push(multiplyPairs(POWERS[POWERS.length - 1], ROOT));

/**
 * e^(hi + lo) for hi ≤ 0 as a pair, within 2⁻⁵⁸ relatively until it leaves the normal range; 0 where it is no double any more.
 *
 * Math.exp is only required to be close, and errs by almost an ulp in practice, which the sums of the cell would
 * multiply. Table-driven instead: x = k·ln2/32 + r, |r| ≤ 0.011, e^x = 2^(k/32)·e^r, where the Taylor tail of e^r is
 * so small that its rounding does not matter.
 * Source: P. T. P. Tang, "Table-driven implementation of the exponential function", ACM TOMS 15 (1989).
 */
export function expNegative(hi: number, lo: number): Pair {
  if (hi < -746) return { hi: 0, lo: 0 };
  const k = Math.round(hi / STEP_HEAD);
  const head = hi - k * STEP_HEAD;
  const rest = -k * STEP_REST;
  const r = head + rest;
  const rLow = sumError(head, rest, r) + lo;
  const tail = r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040))))));
  const correction = tail + rLow * (1 + r);
  // e^(r + rLow) − 1 = growth + growthLow
  const growth = r + correction;
  const growthLow = r - growth + correction;
  const j = ((k % 32) + 32) % 32;
  const power = POWERS[j];
  const pair = toPair(power.hi, power.hi * growth + (power.lo + power.hi * growthLow));
  const exponent = (k - j) / 32;
  if (exponent === 0) return pair;
  return { hi: scaleByPowerOfTwo(pair.hi, exponent), lo: scaleByPowerOfTwo(pair.lo, exponent) };
}
