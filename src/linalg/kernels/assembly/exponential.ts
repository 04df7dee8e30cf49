/**
 * e^{-a}, the equations of ../../bounded-exp.ts, two units at a time and in three stages over all units: a stage is short enough that
 * a processor begins the next two before it is done with these. What a stage leaves for the next lies in the units' bytes at `at`.
 */
import { add, evens, h, l, multiply, odds, power, productExcess, q, sumError } from "./double-double";

/** 64 / ln 2, and ln 2 / 64 in three parts. */
const STEPS: f64 = 92.33248261689366;
const STEP_HEAD: f64 = 0.010830424696905538;
const STEP_MIDDLE: f64 = -6.563929799273827e-13;
const STEP_TAIL: f64 = -1.790367613562302e-22;

/** First stage: a + low = k ln 2/64 − r, where a + low is known to within a·bound. Leaves r, what is left of it, k, and the error of a and k. */
export function reduce(at: usize, a: v128, low: v128, bound: v128): void {
  const k = rounded(f64x2.mul(a, f64x2.splat(STEPS)));
  const first = f64x2.sub(f64x2.mul(k, f64x2.splat(STEP_HEAD)), a);
  const middle = f64x2.mul(k, f64x2.splat(STEP_MIDDLE));
  const second = f64x2.add(first, middle);
  const third = f64x2.sub(second, low);
  const tail = f64x2.mul(k, f64x2.splat(STEP_TAIL));
  const r = f64x2.add(third, tail);
  const rest = f64x2.add(sumError(second, f64x2.neg(low), third), sumError(third, tail, r));
  const ofSteps = f64x2.mul(k, f64x2.splat(power(-118)));
  v128.store(at, r);
  v128.store(at, f64x2.add(sumError(first, middle, second), rest), 16);
  v128.store(at, k, 32);
  v128.store(at, f64x2.add(f64x2.mul(f64x2.splat(1.1), f64x2.mul(a, bound)), ofSteps), 48);
}

/** x rounded as Math.round does */
// @ts-ignore: decorator
@inline
function rounded(x: v128): v128 {
  const up = f64x2.ceil(x);
  const isBeyond = f64x2.gt(f64x2.sub(up, f64x2.splat(0.5)), x);
  return f64x2.sub(up, v128.and(isBeyond, f64x2.splat(1)));
}

/** What c + r·(sum + low) leaves out of its double `next`. */
// @ts-ignore: decorator
@inline
function rest(c: f64, cLow: f64, r: v128, rLow: v128, sum: v128, low: v128, next: v128): v128 {
  const product = f64x2.mul(r, sum);
  const cross = f64x2.add(f64x2.mul(r, low), f64x2.mul(rLow, sum));
  const second = f64x2.add(f64x2.sub(cross, productExcess(r, sum, product)), f64x2.splat(cLow));
  return f64x2.add(f64x2.add(f64x2.sub(f64x2.splat(c), next), product), second);
}

/** c + r·sum */
// @ts-ignore: decorator
@inline
function horner(c: f64, r: v128, sum: v128): v128 {
  return f64x2.add(f64x2.splat(c), f64x2.mul(r, sum));
}

/** Second stage: leaves e^r − 1 and what is left of it. */
export function grow(at: usize): void {
  const r = v128.load(at);
  const low = v128.load(at, 16);
  let upper = f64x2.add(f64x2.splat(1.0 / 3628800.0), f64x2.div(r, f64x2.splat(39916800)));
  upper = horner(1.0 / 362880.0, r, upper);
  upper = horner(1.0 / 40320.0, r, upper);
  upper = horner(1.0 / 5040.0, r, upper);
  upper = horner(1.0 / 720.0, r, upper);
  const part = f64x2.mul(r, upper);
  const fifth = f64x2.splat(0.008333333333333333);
  let sum = f64x2.add(fifth, part);
  let left = f64x2.add(f64x2.add(f64x2.sub(fifth, sum), part), f64x2.splat(1.1564823173178714e-19));
  let next = horner(0.041666666666666664, r, sum);
  left = rest(0.041666666666666664, 2.3129646346357427e-18, r, low, sum, left, next);
  sum = f64x2.add(next, left);
  left = f64x2.sub(left, f64x2.sub(sum, next));
  next = horner(0.16666666666666666, r, sum);
  left = rest(0.16666666666666666, 9.25185853854297e-18, r, low, sum, left, next);
  sum = f64x2.add(next, left);
  left = f64x2.sub(left, f64x2.sub(sum, next));
  next = horner(0.5, r, sum);
  left = rest(0.5, 0, r, low, sum, left, next);
  sum = f64x2.add(next, left);
  left = f64x2.sub(left, f64x2.sub(sum, next));
  next = horner(1, r, sum);
  left = rest(1, 0, r, low, sum, left, next);
  sum = f64x2.add(next, left);
  left = f64x2.sub(left, f64x2.sub(sum, next));
  next = horner(0, r, sum);
  left = rest(0, 0, r, low, sum, left, next);
  sum = f64x2.add(next, left);
  left = f64x2.sub(left, f64x2.sub(sum, next));
  v128.store(at, sum);
  v128.store(at, left, 16);
}

/** Third stage: leaves e^{-a} = 2^{-k/64} e^r as h, l, q. */
export function scale(at: usize, powers: usize): void {
  const k = v128.load(at, 32);
  const k0 = <i64>i32x4.extract_lane(i32x4.trunc_sat_f64x2_s_zero(k), 0);
  const k1 = <i64>i32x4.extract_lane(i32x4.trunc_sat_f64x2_s_zero(k), 1);
  const j0 = (64 - (k0 & 63)) & 63;
  const j1 = (64 - (k1 & 63)) & 63;
  const first0 = v128.load(powers + 32 * <usize>j0);
  const first1 = v128.load(powers + 32 * <usize>j1);
  const powerHigh = evens(first0, first1);
  const powerLow = odds(first0, first1);
  const powerBound = odds(v128.load(powers + 32 * <usize>j0, 16), v128.load(powers + 32 * <usize>j1, 16));
  multiply(powerHigh, powerLow, powerBound, v128.load(at), v128.load(at, 16), f64x2.splat(power(-97)));
  add(powerHigh, powerLow, powerBound, h, l, q);
  const factor = f64x2.replace_lane(f64x2.splat(power(-(k0 + j0) / 64)), 1, power(-(k1 + j1) / 64));
  v128.store(at, f64x2.mul(h, factor));
  v128.store(at, f64x2.mul(l, factor), 16);
  v128.store(at, f64x2.add(q, f64x2.add(v128.load(at, 48), f64x2.splat(power(-110)))), 32);
}
