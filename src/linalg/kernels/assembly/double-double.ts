/** Arithmetic as in ../../error-free.ts and ../../bounded.ts, two doubles at a time; each lane does the same operations in the same order. */

/** 2²⁷ + 1 */
const SPLITTER: f64 = 134217729;

/** The first and third, the second and fourth of four doubles. */
// @ts-ignore: decorator
@inline
export function evens(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}
// @ts-ignore: decorator
@inline
export function odds(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}

/** Stores two numbers of exponent 0, four doubles each as in ../../bounded.ts. */
// @ts-ignore: decorator
@inline
export function storeNumbers(at: usize, high: v128, low: v128, bound: v128): void {
  const none = f64x2.splat(0);
  v128.store(at, evens(high, low), 0);
  v128.store(at, evens(none, bound), 16);
  v128.store(at, odds(high, low), 32);
  v128.store(at, odds(none, bound), 48);
}

/** 2^e */
// @ts-ignore: decorator
@inline
export function power(e: i64): f64 {
  return reinterpret<f64>((1023 + e) << 52);
}

// @ts-ignore: decorator
@inline
export function highHalf(a: v128): v128 {
  const c = f64x2.mul(f64x2.splat(SPLITTER), a);
  return f64x2.sub(c, f64x2.sub(c, a));
}

/** (a + b) − sum */
// @ts-ignore: decorator
@inline
export function sumError(a: v128, b: v128, sum: v128): v128 {
  const bPart = f64x2.sub(sum, a);
  return f64x2.add(f64x2.sub(a, f64x2.sub(sum, bPart)), f64x2.sub(b, bPart));
}

/** product − x·y, where x·y is rounded to product: at once where the processor rounds x·y + z once, else from the halves of both. */
// @ts-ignore: decorator
@inline
export function productExcess(x: v128, y: v128, product: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_nmadd(x, y, product);
  const yHigh = highHalf(y);
  return excessOfHalves(x, yHigh, f64x2.sub(y, yHigh), product);
}

// @ts-ignore: decorator
@inline
function excessOfHalves(x: v128, yHigh: v128, yLow: v128, product: v128): v128 {
  const xHigh = highHalf(x);
  const xLow = f64x2.sub(x, xHigh);
  const first = f64x2.sub(product, f64x2.mul(xHigh, yHigh));
  const rest = f64x2.sub(f64x2.sub(first, f64x2.mul(xLow, yHigh)), f64x2.mul(xHigh, yLow));
  return f64x2.sub(rest, f64x2.mul(xLow, yLow));
}

/** The same, with the high half of the doubles at y there at yHighs. */
// @ts-ignore: decorator
@inline
export function productExcessAt(x: v128, y: v128, yHighs: usize, product: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_nmadd(x, y, product);
  const yHigh = v128.load_splat<f64>(yHighs);
  return excessOfHalves(x, yHigh, f64x2.sub(y, yHigh), product);
}

/** x² less what it is rounded to: by which it is told whether fused operations round once. */
export function errorOfSquare(x: f64): f64 {
  const both = f64x2.splat(x);
  return -f64x2.extract_lane(productExcess(both, both, f64x2.mul(both, both)), 0);
}

/** |x| = x and MAGNITUDE: what abs makes anew each time, a loop may keep. */
export const MAGNITUDE: i64 = 0x7fffffffffffffff;

/** Numbers (h + l)(1 + δ), |δ| ≤ q, all of exponent 0 and none of them exact: what the operations below leave here. */
export let h: v128 = f64x2(0, 0);
export let l: v128 = f64x2(0, 0);
export let q: v128 = f64x2(0, 0);

// @ts-ignore: decorator
@inline
function grown(bound: v128): v128 {
  return f64x2.mul(bound, f64x2.splat(1 + power(-40)));
}

/** a · b */
export function multiply(aHigh: v128, aLow: v128, aBound: v128, bHigh: v128, bLow: v128, bBound: v128): void {
  const product = f64x2.mul(aHigh, bHigh);
  const cross = f64x2.add(f64x2.mul(aHigh, bLow), f64x2.mul(aLow, bHigh));
  const low = f64x2.sub(cross, productExcess(aHigh, bHigh, product));
  const bound = f64x2.add(f64x2.add(aBound, bBound), f64x2.mul(aBound, bBound));
  h = f64x2.add(product, low);
  l = f64x2.sub(low, f64x2.sub(h, product));
  q = grown(f64x2.add(bound, f64x2.splat(power(-101))));
}

/** a / b */
export function divide(aHigh: v128, aLow: v128, aBound: v128, bHigh: v128, bLow: v128, bBound: v128): void {
  const quotient = f64x2.div(aHigh, bHigh);
  const product = f64x2.mul(quotient, bHigh);
  const rest = f64x2.add(f64x2.sub(aHigh, product), productExcess(quotient, bHigh, product));
  const low = f64x2.div(f64x2.add(rest, f64x2.sub(aLow, f64x2.mul(quotient, bLow))), bHigh);
  const bound = f64x2.div(f64x2.add(aBound, bBound), f64x2.sub(f64x2.splat(1), bBound));
  h = f64x2.add(quotient, low);
  l = f64x2.sub(low, f64x2.sub(h, quotient));
  q = grown(f64x2.add(bound, f64x2.splat(power(-99))));
}

/** a + b */
export function add(aHigh: v128, aLow: v128, aBound: v128, bHigh: v128, bLow: v128, bBound: v128): void {
  const sum = f64x2.add(aHigh, bHigh);
  const low = f64x2.add(aLow, bLow);
  const middle = f64x2.add(sumError(aHigh, bHigh, sum), low);
  const high = f64x2.add(sum, middle);
  const rest = f64x2.add(sumError(aLow, bLow, low), f64x2.sub(middle, f64x2.sub(high, sum)));
  const error = f64x2.add(f64x2.mul(f64x2.abs(aHigh), aBound), f64x2.mul(f64x2.abs(bHigh), bBound));
  h = f64x2.add(high, rest);
  l = f64x2.sub(rest, f64x2.sub(h, high));
  q = f64x2.add(grown(f64x2.div(error, f64x2.abs(h))), f64x2.splat(power(-102)));
}

/** 1 + a */
// @ts-ignore: decorator
@inline
export function addToOne(aHigh: v128, aLow: v128, aBound: v128): void {
  add(f64x2.splat(1), f64x2.splat(0), f64x2.splat(0), aHigh, aLow, aBound);
}

export function set(high: v128, low: v128, bound: v128): void {
  h = high;
  l = low;
  q = bound;
}
