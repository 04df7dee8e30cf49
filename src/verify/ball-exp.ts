/** e^x and what comes of it without cancellation, of balls. */
import {
  add,
  type Ball,
  divide,
  fromDouble,
  isZero,
  multiply,
  ONE,
  radiusOf,
  subtract,
  timesPowerOfTwo,
  topOf,
  upperBound,
  widened,
} from "./ball.ts";
import { shifted } from "./big-integer.ts";

/** Beyond it the exponent of e^x is no whole double any more. */
const LARGEST = 50;
/** Bits that guard the last ones. */
const GUARD = 16;

/**
 * e^x = 2^k·(e^{t/2^j})^{2^j} with t = x − k ln 2 in [0, ln 2), by Taylor's series in fixed point, w bits after the point.
 *
 * Error in units of 2^−w: t is off by at most 2, which counts 4 in e^t < 2. A term a_n = ⌊⌊a_{n−1}τ⌋/n⌋ is off by
 * ε_n ≤ (0.7ε_{n−1} + 1)/n + 1 < 4, N terms by 4N, and the terms after the first zero are below 8 together: E = 4N + 12.
 * A squaring of y makes it 2yE + 2, and the product of all y is below e^t < 2: 2^{j+1}(E + 2) after j of them.
 * A radius ρ ≤ 1 of x adds e^x(e^ρ − 1) ≤ 2ρe^x.
 *
 * @throws {RangeError} where |x| may be 2^50 or more, or the radius of x more than 1.
 */
export function exp(x: Ball, bits: number): Ball {
  if (isZero(x)) return ONE;
  if (topOf(x) > LARGEST || topOf(radiusOf(x)) > 0) throw new RangeError("an argument too large, expected |x| < 2^50");
  const j = Math.ceil(Math.sqrt(bits) / 2);
  const w = bits + j + GUARD;
  const { k, t } = reduced(x, w);
  const tau = shifted(t, -j);
  let term = 1n << BigInt(w);
  let y = term;
  let n = 0n;
  while (term !== 0n) {
    n += 1n;
    term = ((term * tau) >> BigInt(w)) / n;
    y += term;
  }
  for (let squaring = 0; squaring < j; squaring++) y = (y * y) >> BigInt(w);
  const error = (4n * n + 14n) << BigInt(j + 1);
  const power: Ball = { m: y, e: k - w, r: error };
  const spread = multiply(upperBound(power), timesPowerOfTwo(radiusOf(x), 1), bits);
  return widened(power, spread, bits);
}

/** k = ⌊x/ln 2⌋ and t = x − k ln 2 in units of 2^−w, off by at most 2 of them. */
function reduced(x: Ball, w: number): { readonly k: number; readonly t: bigint } {
  // |k| < 2^51 units of a finer grid are below one of w
  const fine = LARGEST + 4;
  const point = shifted(x.m, x.e + w + fine);
  const ln2 = naturalLogarithmOf2(w + fine);
  const quotient = point / ln2;
  const k = point < quotient * ln2 ? quotient - 1n : quotient;
  return { k: Number(k), t: shifted(point - k * ln2, -fine) };
}

let known = { bits: 0, ln2: 0n };

/** ⌊2^bits ln 2⌋, or one less: ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749). */
function naturalLogarithmOf2(bits: number): bigint {
  if (known.bits < bits) {
    const wanted = bits + 64;
    const ln2 =
      18n * inverseArtanh(26n, wanted) - 2n * inverseArtanh(4801n, wanted) + 8n * inverseArtanh(8749n, wanted);
    // the sums are off by fewer units than fall away here
    known = { bits, ln2: ln2 >> 64n };
  }
  return known.ln2 >> BigInt(known.bits - bits);
}

/** artanh(1/n) = 1/n + 1/3n³ + 1/5n⁵ + … in units of 2^−bits, off by as many of them as there are terms. */
function inverseArtanh(n: bigint, bits: number): bigint {
  let power = (1n << BigInt(bits)) / n;
  let sum = 0n;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd;
    power /= n * n;
  }
  return sum;
}

/** Below 2^−8 the series of e^x − 1 is used, because e^x − 1 itself would cancel. */
const SMALL = -8;

/**
 * e^x and e^x − 1, each to `bits` of its own. For a small x e^x − 1 = x(1 + x/2(1 + x/3(1 + …))). What is left out after
 * x^N/(N + 1)! is below |x|^{N+1}, as a share of the whole.
 * @throws {RangeError} as {@link exp}.
 */
export function exponentials(x: Ball, bits: number): { readonly power: Ball; readonly lessOne: Ball } {
  const top = topOf(upperBound(x));
  if (top > SMALL) {
    const power = exp(x, bits - SMALL + 2);
    return { power, lessOne: subtract(power, ONE, bits) };
  }
  if (isZero(x)) return { power: ONE, lessOne: x };
  const terms = Math.ceil((bits + 2) / -top);
  let sum = ONE;
  for (let n = terms; n > 0; n--) {
    sum = add(ONE, multiply(x, divide(sum, fromDouble(n + 1), bits), bits), bits);
  }
  const lessOne = multiply(x, widened(sum, timesPowerOfTwo(ONE, top * (terms + 1)), bits), bits);
  return { power: add(ONE, lessOne, bits), lessOne };
}
