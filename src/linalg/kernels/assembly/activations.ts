/**
 * σ and tanh with their derivatives, the equations of ../../real-vector.ts, two units at a time and stage by stage as in exponential.ts,
 * for arguments that need no care. There every number on the way has the exponent 0, and none is exact.
 */
import { add, addToOne, divide, evens, h, l, multiply, odds, power, q, storeNumbers } from "./double-double";
import { grow, reduce, scale } from "./exponential";

/** Within these a = s|z| needs no care, where its error a·q is small too. */
const NEAREST: f64 = 0.005415;
const FARTHEST: f64 = 128;
const SMALL: f64 = 0.0625;

/** Bytes of two units between the stages: h, l, q of E = e^{-a}, before which its own stages are there, of 1 + E and of E/(1 + E); which need no care, and the sign. */
const SUM: usize = 64;
const SHARE: usize = 112;
const IS_PLAIN: usize = 160;
const SIGN: usize = 176;
const UNITS: usize = 192;

// @ts-ignore: decorator
@inline
function leave(at: usize): void {
  v128.store(at, h);
  v128.store(at, l, 16);
  v128.store(at, q, 32);
}

/** The arguments: what needs care is computed of 1, so that every table is looked up where it is. */
function begin(z: usize, at: usize, s: f64): void {
  const z0 = v128.load(z, 0);
  const z1 = v128.load(z, 32);
  const zHigh = evens(z0, z1);
  const zBound = odds(v128.load(z, 16), v128.load(z, 48));
  const exponent = evens(v128.load(z, 16), v128.load(z, 48));
  const sign = v128.and(zHigh, f64x2.splat(-0.0));
  const factor = v128.or(f64x2.splat(s), sign);
  const given = f64x2.mul(zHigh, factor);
  const inRange = v128.and(f64x2.ge(given, f64x2.splat(NEAREST)), f64x2.le(given, f64x2.splat(FARTHEST)));
  const isKnown = v128.and(f64x2.lt(f64x2.mul(given, zBound), f64x2.splat(SMALL)), f64x2.eq(exponent, f64x2.splat(0)));
  const isPlain = v128.and(inRange, isKnown);
  v128.store(at + IS_PLAIN, isPlain);
  v128.store(at + SIGN, sign);
  reduce(at, v128.bitselect(given, f64x2.splat(1), isPlain), f64x2.mul(odds(z0, z1), factor), zBound);
}

/** Stores the derivative and, of σ, the value: the share E/(1 + E) is σ(−|z|). */
function finish(at: usize, value: usize, derivative: usize, s: f64): void {
  const shareHigh = v128.load(at + SHARE);
  const shareLow = v128.load(at + SHARE, 16);
  const shareBound = v128.load(at + SHARE, 32);
  addToOne(f64x2.neg(shareHigh), f64x2.neg(shareLow), shareBound);
  const otherHigh = h;
  const otherLow = l;
  const otherBound = q;
  multiply(shareHigh, shareLow, shareBound, otherHigh, otherLow, otherBound);
  const fourfold = f64x2.splat(s == 1 ? 1 : 4);
  const slope = v128.bitselect(f64x2.mul(h, fourfold), f64x2.splat(NaN), v128.load(at + IS_PLAIN));
  storeNumbers(derivative, slope, f64x2.mul(l, fourfold), q);
  if (s != 1) return;
  const isNegative = i64x2.shr_s(v128.load(at + SIGN), 63);
  const valueHigh = v128.bitselect(shareHigh, otherHigh, isNegative);
  const valueLow = v128.bitselect(shareLow, otherLow, isNegative);
  storeNumbers(value, valueHigh, valueLow, v128.bitselect(shareBound, otherBound, isNegative));
}

/** Stores tanh = ±(1 − E)/(1 + E). */
function finishTanh(at: usize, value: usize): void {
  const sign = v128.load(at + SIGN);
  addToOne(f64x2.neg(v128.load(at)), f64x2.neg(v128.load(at, 16)), v128.load(at, 32));
  divide(h, l, q, v128.load(at + SUM), v128.load(at + SUM, 16), v128.load(at + SUM, 32));
  storeNumbers(value, v128.xor(h, sign), v128.xor(l, sign), q);
}

/**
 * The activations of n numbers at z, n even, and their derivatives: of σ for s = 1, of tanh for s = 2. Each is four doubles, as in
 * ../../bounded.ts What needs care has a derivative with h = NaN. Uses 96 bytes a number at `work`.
 */
export function activations(z: usize, value: usize, derivative: usize, n: i32, s: f64, powers: usize, work: usize): void {
  const end = work + (<usize>n >> 1) * UNITS;
  for (let at = work; at < end; at += UNITS, z += 64) begin(z, at, s);
  for (let at = work; at < end; at += UNITS) grow(at);
  for (let at = work; at < end; at += UNITS) scale(at, powers);
  for (let at = work; at < end; at += UNITS) {
    addToOne(v128.load(at), v128.load(at, 16), v128.load(at, 32));
    leave(at + SUM);
  }
  for (let at = work; at < end; at += UNITS) {
    divide(v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at + SUM), v128.load(at + SUM, 16), v128.load(at + SUM, 32));
    leave(at + SHARE);
  }
  for (let at = work, to = value; at < end; at += UNITS, to += 64, derivative += 64) finish(at, to, derivative, s);
  if (s == 1) return;
  for (let at = work; at < end; at += UNITS, value += 64) finishTanh(at, value);
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
