/**
 * σ and tanh with their derivatives, the equations of ../../bounded-exp.ts and ../../real-vector.ts, two units at a time, for arguments
 * that need no care. There every number on the way has the exponent 0, and none is exact.
 */
import { add, addToOne, divide, h, l, multiply, power, productExcess, q, set, sumError } from "./double-double";

/** Within these a = s|z| needs no care, where its error a·q is small too. */
const NEAREST: f64 = 0.005415;
const FARTHEST: f64 = 128;
const SMALL: f64 = 0.0625;

/** 64 / ln 2, and ln 2 / 64 in three parts. */
const STEPS: f64 = 92.33248261689366;
const STEP_HEAD: f64 = 0.010830424696905538;
const STEP_MIDDLE: f64 = -6.563929799273827e-13;
const STEP_TAIL: f64 = -1.790367613562302e-22;

/** e^r − 1 */
let growth: v128 = f64x2(0, 0);
let growthLow: v128 = f64x2(0, 0);

/** growth ← c + r·growth */
// @ts-ignore: decorator
@inline
function fold(c: f64, cLow: f64, r: v128, low: v128): void {
  const product = f64x2.mul(r, growth);
  const sum = f64x2.add(f64x2.splat(c), product);
  const cross = f64x2.add(f64x2.mul(r, growthLow), f64x2.mul(low, growth));
  const second = f64x2.add(f64x2.sub(cross, productExcess(r, growth, product)), f64x2.splat(cLow));
  const rest = f64x2.add(f64x2.add(f64x2.sub(f64x2.splat(c), sum), product), second);
  growth = f64x2.add(sum, rest);
  growthLow = f64x2.sub(rest, f64x2.sub(growth, sum));
}

/** c + r·sum */
// @ts-ignore: decorator
@inline
function horner(c: f64, r: v128, sum: v128): v128 {
  return f64x2.add(f64x2.splat(c), f64x2.mul(r, sum));
}

function setGrowth(r: v128, low: v128): void {
  let upper = f64x2.add(f64x2.splat(1.0 / 3628800.0), f64x2.div(r, f64x2.splat(39916800)));
  upper = horner(1.0 / 362880.0, r, upper);
  upper = horner(1.0 / 40320.0, r, upper);
  upper = horner(1.0 / 5040.0, r, upper);
  upper = horner(1.0 / 720.0, r, upper);
  const part = f64x2.mul(r, upper);
  const fifth = f64x2.splat(0.008333333333333333);
  growth = f64x2.add(fifth, part);
  growthLow = f64x2.add(f64x2.add(f64x2.sub(fifth, growth), part), f64x2.splat(1.1564823173178714e-19));
  fold(0.041666666666666664, 2.3129646346357427e-18, r, low);
  fold(0.16666666666666666, 9.25185853854297e-18, r, low);
  fold(0.5, 0, r, low);
  fold(1, 0, r, low);
  fold(0, 0, r, low);
}

/** x rounded as Math.round does */
// @ts-ignore: decorator
@inline
function rounded(x: v128): v128 {
  const up = f64x2.ceil(x);
  const isBeyond = f64x2.gt(f64x2.sub(up, f64x2.splat(0.5)), x);
  return f64x2.sub(up, v128.and(isBeyond, f64x2.splat(1)));
}

/** The first and third, the second and fourth of four doubles. */
// @ts-ignore: decorator
@inline
function evens(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}
// @ts-ignore: decorator
@inline
function odds(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}

/** h, l, q ← e^{-a} for a = a + low known to within a·bound */
function exponential(a: v128, low: v128, bound: v128, powers: usize): void {
  const k = rounded(f64x2.mul(a, f64x2.splat(STEPS)));
  const first = f64x2.sub(f64x2.mul(k, f64x2.splat(STEP_HEAD)), a);
  const middle = f64x2.mul(k, f64x2.splat(STEP_MIDDLE));
  const second = f64x2.add(first, middle);
  const third = f64x2.sub(second, low);
  const tail = f64x2.mul(k, f64x2.splat(STEP_TAIL));
  const r = f64x2.add(third, tail);
  const rest = f64x2.add(sumError(second, f64x2.neg(low), third), sumError(third, tail, r));
  setGrowth(r, f64x2.add(sumError(first, middle, second), rest));
  const k0 = <i64>i32x4.extract_lane(i32x4.trunc_sat_f64x2_s_zero(k), 0);
  const k1 = <i64>i32x4.extract_lane(i32x4.trunc_sat_f64x2_s_zero(k), 1);
  const j0 = (64 - (k0 & 63)) & 63;
  const j1 = (64 - (k1 & 63)) & 63;
  const first0 = v128.load(powers + 32 * <usize>j0);
  const first1 = v128.load(powers + 32 * <usize>j1);
  const powerHigh = evens(first0, first1);
  const powerLow = odds(first0, first1);
  const powerBound = odds(v128.load(powers + 32 * <usize>j0, 16), v128.load(powers + 32 * <usize>j1, 16));
  multiply(powerHigh, powerLow, powerBound, growth, growthLow, f64x2.splat(power(-97)));
  add(powerHigh, powerLow, powerBound, h, l, q);
  const scale = f64x2.replace_lane(f64x2.splat(power(-(k0 + j0) / 64)), 1, power(-(k1 + j1) / 64));
  const ofSteps = f64x2.mul(k, f64x2.splat(power(-118)));
  const error = f64x2.add(f64x2.mul(f64x2.splat(1.1), f64x2.mul(a, bound)), ofSteps);
  set(f64x2.mul(h, scale), f64x2.mul(l, scale), f64x2.add(q, f64x2.add(error, f64x2.splat(power(-110)))));
}

// @ts-ignore: decorator
@inline
function store(at: usize, high: v128, low: v128, bound: v128): void {
  const none = f64x2.splat(0);
  v128.store(at, evens(high, low), 0);
  v128.store(at, evens(none, bound), 16);
  v128.store(at, odds(high, low), 32);
  v128.store(at, odds(none, bound), 48);
}

/**
 * The activations of n numbers at z, n even, and their derivatives: of σ for s = 1, of tanh for s = 2. Each is four doubles, as in
 * ../../bounded.ts What needs care has a
 * derivative with h = NaN.
 */
export function activations(z: usize, value: usize, derivative: usize, n: i32, s: f64, powers: usize): void {
  const bytes = <usize>n << 5;
  for (let k: usize = 0; k < bytes; k += 64) {
    const z0 = v128.load(z + k, 0);
    const z1 = v128.load(z + k, 32);
    const zHigh = evens(z0, z1);
    const zBound = odds(v128.load(z + k, 16), v128.load(z + k, 48));
    const exponent = evens(v128.load(z + k, 16), v128.load(z + k, 48));
    const sign = v128.and(zHigh, f64x2.splat(-0.0));
    const factor = v128.or(f64x2.splat(s), sign);
    const given = f64x2.mul(zHigh, factor);
    const inRange = v128.and(f64x2.ge(given, f64x2.splat(NEAREST)), f64x2.le(given, f64x2.splat(FARTHEST)));
    const isKnown = v128.and(f64x2.lt(f64x2.mul(given, zBound), f64x2.splat(SMALL)), f64x2.eq(exponent, f64x2.splat(0)));
    const isPlain = v128.and(inRange, isKnown);
    // what needs care is computed of 1, so that every table is looked up where it is
    const a = v128.bitselect(given, f64x2.splat(1), isPlain);
    exponential(a, f64x2.mul(odds(z0, z1), factor), zBound, powers);
    const eHigh = h;
    const eLow = l;
    const eBound = q;
    addToOne(eHigh, eLow, eBound);
    const sumHigh = h;
    const sumLow = l;
    const sumBound = q;
    divide(eHigh, eLow, eBound, sumHigh, sumLow, sumBound);
    const shareHigh = h;
    const shareLow = l;
    const shareBound = q;
    addToOne(f64x2.neg(shareHigh), f64x2.neg(shareLow), shareBound);
    const otherHigh = h;
    const otherLow = l;
    const otherBound = q;
    multiply(shareHigh, shareLow, shareBound, otherHigh, otherLow, otherBound);
    const fourfold = f64x2.splat(s == 1 ? 1 : 4);
    const slope = v128.bitselect(f64x2.mul(h, fourfold), f64x2.splat(NaN), isPlain);
    store(derivative + k, slope, f64x2.mul(l, fourfold), q);
    if (s == 1) {
      const isPositive = f64x2.gt(zHigh, f64x2.splat(0));
      const valueHigh = v128.bitselect(otherHigh, shareHigh, isPositive);
      const valueLow = v128.bitselect(otherLow, shareLow, isPositive);
      store(value + k, valueHigh, valueLow, v128.bitselect(otherBound, shareBound, isPositive));
    } else {
      addToOne(f64x2.neg(eHigh), f64x2.neg(eLow), eBound);
      divide(h, l, q, sumHigh, sumLow, sumBound);
      store(value + k, v128.xor(h, sign), v128.xor(l, sign), q);
    }
  }
}

/** Rounds n numbers at `from`, n even, to doubles at `to`; NaN where that needs care: a bound that leaves it open, an exponent, a subnormal result. */
export function round(from: usize, to: usize, n: i32): void {
  const end = to + ((<usize>n) << 3);
  for (; to < end; to += 16, from += 64) {
    const first = v128.load(from, 0);
    const second = v128.load(from, 32);
    const firstRest = v128.load(from, 16);
    const secondRest = v128.load(from, 48);
    const high = evens(first, second);
    const low = odds(first, second);
    const bound = odds(firstRest, secondRest);
    const share = f64x2.mul(f64x2.abs(high), f64x2.add(bound, f64x2.splat(power(-105))));
    // an exact number has no error
    const error = v128.and(f64x2.mul(share, f64x2.splat(1 + power(-40))), f64x2.ne(bound, f64x2.splat(0)));
    const rounded = f64x2.add(high, f64x2.add(low, error));
    const isSame = f64x2.eq(rounded, f64x2.add(high, f64x2.sub(low, error)));
    const isNormal = f64x2.gt(f64x2.abs(rounded), f64x2.splat(power(-1022)));
    const isPlain = f64x2.eq(evens(firstRest, secondRest), f64x2.splat(0));
    const isDecided = v128.and(isSame, v128.and(isNormal, isPlain));
    v128.store(to, v128.bitselect(rounded, f64x2.splat(NaN), isDecided));
  }
}
