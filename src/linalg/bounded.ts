/**
 * Numbers (h + l)·2^x·(1 + δ) with |δ| ≤ q: double-doubles with an integer exponent and a bound of their relative error that
 * follows every operation, so that a cancellation tells itself. |l| is at most half an ulp of h, |h| is 0 or within 2^±400, where
 * no error term leaves the doubles. q = 0 means exact, NaN that nothing is known but that the number is real; h = NaN that there is
 * none, because a double that went in was none.
 * Four doubles a number, h, l, x, q, in a common array: `a` and `i` below are an array and where in it a number begins.
 * Source: M. Joldes, J.-M. Muller, V. Popescu, "Tight and rigorous error bounds for basic building blocks of double-word
 * arithmetic", ACM TOMS 44 (2017), whose relative errors of at most 15u² = 2^-102 (u = 2^-53) are rounded up here.
 */
import { productError, sumError } from "./error-free.ts";
import { exponentOf, scaleByPowerOfTwo } from "./scale.ts";

/** Doubles a number takes. */
export const WORDS = 4;

/** Where |h| stays. */
const RANGE = 400;
const SMALLEST = 2 ** -RANGE;
const LARGEST = 2 ** RANGE;

/** What the few roundings of a bound's own computation can take from it. */
const GROWN = 1 + 2 ** -40;

/** One as a number. */
export const ONE = Float64Array.of(1, 0, 0, 0);

/** Stores a number, |l| at most half an ulp of h; x is 0 where that leaves |h| in its range, else h is brought near 1. */
export function put(out: Float64Array, o: number, h: number, l: number, x: number, q: number): void {
  const size = Math.abs(h);
  if (x === 0 && size >= SMALLEST && size <= LARGEST) {
    out[o] = h;
    out[o + 1] = l;
    out[o + 2] = 0;
    out[o + 3] = q;
  } else if (size > 0 && size < Number.POSITIVE_INFINITY) {
    const e = x + exponentOf(size);
    const shift = Math.abs(e) < RANGE ? x : x - e;
    out[o] = scaleByPowerOfTwo(h, shift);
    out[o + 1] = scaleByPowerOfTwo(l, shift);
    out[o + 2] = x - shift;
    // what l may have lost below the doubles, where it was exact
    out[o + 3] = q === 0 && scaleByPowerOfTwo(out[o + 1], -shift) !== l ? 2 ** -600 : q;
  } else {
    out.fill(0, o, o + 3);
    if (!Number.isFinite(h)) out[o] = Number.NaN;
    out[o + 3] = h === 0 && q === 0 ? 0 : Number.NaN;
  }
}

/** a · b:  q_a + q_b + q_a q_b + 2^-101; of two doubles exact */
export function multiply(out: Float64Array, o: number, a: Float64Array, i: number, b: Float64Array, j: number): void {
  const x = a[i];
  const y = b[j];
  const product = x * y;
  const low = productError(x, y, product) + (x * b[j + 1] + a[i + 1] * y);
  const h = product + low;
  put(out, o, h, low - (h - product), a[i + 2] + b[j + 2], boundOfProduct(a, i, b, j));
}

function boundOfProduct(a: Float64Array, i: number, b: Float64Array, j: number): number {
  if (isExactZero(a, i) || isExactZero(b, j)) return 0;
  if (a[i + 1] === 0 && b[j + 1] === 0 && a[i + 3] === 0 && b[j + 3] === 0) return 0;
  return (a[i + 3] + b[j + 3] + a[i + 3] * b[j + 3] + 2 ** -101) * GROWN;
}

/** a / b:  (q_a + q_b)/(1 − q_b) + 2^-99; nothing is known where b may be 0 */
export function divide(out: Float64Array, o: number, a: Float64Array, i: number, b: Float64Array, j: number): void {
  const y = b[j];
  const quotient = a[i] / y;
  const product = quotient * y;
  const low = (a[i] - product - productError(quotient, y, product) + (a[i + 1] - quotient * b[j + 1])) / y;
  const h = y === 0 ? 0 : quotient + low;
  const q = y !== 0 && b[j + 3] < 1 ? ((a[i + 3] + b[j + 3]) / (1 - b[j + 3]) + 2 ** -99) * GROWN : Number.NaN;
  put(out, o, h, low - (h - quotient), a[i + 2] - b[j + 2], isExactZero(a, i) ? 0 : q);
}

/** a + b:  (|a|q_a + |b|q_b)/|a + b| + 2^-102; of two doubles exact. Where the exponents differ, both at that of the larger. */
export function add(out: Float64Array, o: number, a: Float64Array, i: number, b: Float64Array, j: number): void {
  if (isExactZero(a, i) || isExactZero(b, j)) {
    if (isExactZero(a, i)) copy(out, o, b, j);
    else copy(out, o, a, i);
    return;
  }
  const isApart = a[i + 2] !== b[j + 2];
  const x = isApart ? Math.max(exponentAt(a, i), exponentAt(b, j)) : a[i + 2];
  const aHigh = isApart ? scaleByPowerOfTwo(a[i], a[i + 2] - x) : a[i];
  const aLow = isApart ? scaleByPowerOfTwo(a[i + 1], a[i + 2] - x) : a[i + 1];
  const bHigh = isApart ? scaleByPowerOfTwo(b[j], b[j + 2] - x) : b[j];
  const bLow = isApart ? scaleByPowerOfTwo(b[j + 1], b[j + 2] - x) : b[j + 1];
  const sum = aHigh + bHigh;
  const low = aLow + bLow;
  const middle = sumError(aHigh, bHigh, sum) + low;
  const high = sum + middle;
  const rest = sumError(aLow, bLow, low) + (middle - (high - sum));
  const h = high + rest;
  const error = Math.abs(aHigh) * a[i + 3] + Math.abs(bHigh) * b[j + 3];
  const isExact = !isApart && ((aLow === 0 && bLow === 0 && error === 0) || (h === 0 && error === 0));
  put(out, o, h, rest - (h - high), x, isExact ? 0 : (error / Math.abs(h)) * GROWN + 2 ** -102);
  // of what went below the doubles, at most 2^-1072, a sum that has not all but vanished hides it
  if (isApart && !(exponentAt(out, o) >= x - 800)) out[o + 3] = Number.NaN;
}

function exponentAt(a: Float64Array, i: number): number {
  return a[i] === 0 ? Number.NEGATIVE_INFINITY : a[i + 2] + exponentOf(a[i]);
}

/** How far a compensated sum of so many doubles times numbers may be off, as a share of Σ|products|, where each number is known to within q. */
export function errorOfSum(q: number, count: number): number {
  const n = count + 4;
  return (q + n * n * 2 ** -103) * GROWN;
}

/** √a for a ≥ 0:  q/2 and a little, √(1 + q) − 1 < 0.51q for q < 2^-10, + 2^-100; √h corrected by its exact remainder */
export function squareRoot(out: Float64Array, o: number, a: Float64Array, i: number): void {
  const odd = Math.abs(a[i + 2] % 2);
  const h = a[i] * (1 + odd);
  const root = Math.sqrt(h);
  const square = root * root;
  const low = h === 0 ? 0 : (h - square - productError(root, root, square) + a[i + 1] * (1 + odd)) / (2 * root);
  const high = root + low;
  const q = a[i + 3] < 2 ** -10 ? 0.51 * a[i + 3] + 2 ** -100 : Number.NaN;
  put(out, o, high, low - (high - root), (a[i + 2] - odd) / 2, isExactZero(a, i) ? 0 : q);
}

/** −a */
export function negate(out: Float64Array, o: number, a: Float64Array, i: number): void {
  copy(out, o, a, i);
  out[o] = -out[o];
  out[o + 1] = -out[o + 1];
}

export function copy(out: Float64Array, o: number, a: Float64Array, i: number): void {
  out[o] = a[i];
  out[o + 1] = a[i + 1];
  out[o + 2] = a[i + 2];
  out[o + 3] = a[i + 3];
}

function isExactZero(a: Float64Array, i: number): boolean {
  return a[i] === 0 && a[i + 3] === 0;
}

/** Whether too little is known for what is computed from it to be rounded. */
export function isVague(a: Float64Array, i: number): boolean {
  return !(a[i + 3] <= 2 ** -66);
}

const SMALLEST_NORMAL = 2 ** -1022;
/** What is added to a number of 0 … 2^52 and taken away again leaves it as an integer, to nearest, ties to even. */
const TO_INTEGER = 2 ** 52;

/**
 * The number rounded to a double, ±∞ beyond them; NaN where its bound leaves open to which.
 * Rounding keeps order: where both ends of the bound are rounded to r, so is all between. 2^-105 for the roundings of the
 * test itself. A subnormal result is the nearest multiple of 2^-1074, which is half a unit away from none other.
 */
export function nearest(a: Float64Array, i: number): number {
  const h = a[i];
  const l = a[i + 1];
  const x = a[i + 2];
  const q = a[i + 3];
  const error = q === 0 ? 0 : Math.abs(h) * (q + 2 ** -105) * GROWN;
  const rounded = h + (l + error);
  const result = x === 0 ? rounded : scaleByPowerOfTwo(rounded, x);
  // the smallest normal number itself may have been rounded twice
  if (Math.abs(result) > SMALLEST_NORMAL || (h === 0 && q === 0)) {
    return rounded === h + (l - error) ? result : Number.NaN;
  }
  const units = scaleByPowerOfTwo(h, x + 1074);
  const shift = h < 0 ? -TO_INTEGER : TO_INTEGER;
  const whole = units + shift - shift;
  const away = Math.abs(units - whole + scaleByPowerOfTwo(l, x + 1074)) + Math.abs(units) * q;
  return q < LARGEST && away < 0.5 - 2 ** -20 ? whole * 2 ** -1074 : Number.NaN;
}
