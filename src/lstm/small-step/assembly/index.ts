/**
 * One step of a small cell, from its weights to the doubles that are printed, in one call: the equations of ../../equations.ts over the
 * numbers of ../../../linalg/kernels/assembly. A number whose bound leaves its double open leaves the whole step to those.
 */
import { round } from "../../../linalg/kernels/assembly/activations";
import { setHalves, setSums } from "../../../linalg/kernels/assembly/dots";
import { add, addToOne, divide, evens, h, l, multiply, odds, q, storeNumbers } from "../../../linalg/kernels/assembly/double-double";
import { grow, reduce, scale } from "../../../linalg/kernels/assembly/exponential";

/** 2^(j/64), j = 0 … 63. */
export const POWERS: usize = 0;
/** Of each summand where its rows are, from one row to the next, the end of its vector, and where that is; four words. */
export const SUMMANDS: usize = 2048;
export const C_PREV: usize = 2560;
/** The vectors of the summands, each with a zero behind it where its length is odd, and room for their halves. */
export const VECTORS: usize = 4096;
export const MOST_VECTORS: i32 = 160;
/** z_f, z_i, z_o, z_u, f, i, o, u, c_t and h_t, [H] each. */
export const RESULTS: usize = 8192;
/** The same as numbers, then tanh(c_t). */
const NUMBERS: usize = 16384;
const NUMBER: usize = 32;
export const MOST_UNITS: i32 = 64;
/** The weights, for each summand those of f, i, o and u one below the other. */
export const ROWS: usize = 49152;
export const MOST_WEIGHTS: i32 = 16384;

/** Bytes of two units between the stages of an activation: e^{-a}, and whether its argument is known. */
const WORK: usize = 184320;
const IS_KNOWN: usize = 64;
const UNITS: usize = 80;

/** Beyond it σ and tanh want care. */
const FARTHEST: f64 = 128;
/** So far the error of an argument is one of e^{-a} relatively. */
const SMALL: f64 = 0.0625;

/** The argument a = s|z| of two units: what is not known is computed of 1, so that every table is looked up where it is. */
function begin(z: usize, at: usize, s: f64): void {
  const first = v128.load(z, 0);
  const second = v128.load(z, 32);
  const high = evens(first, second);
  const bound = odds(v128.load(z, 16), v128.load(z, 48));
  const factor = v128.or(f64x2.splat(s), v128.and(high, f64x2.splat(-0.0)));
  const given = f64x2.mul(high, factor);
  const isBetween = v128.and(f64x2.gt(given, f64x2.splat(0)), f64x2.le(given, f64x2.splat(FARTHEST)));
  const isKnown = v128.and(isBetween, f64x2.lt(f64x2.mul(given, bound), f64x2.splat(SMALL)));
  v128.store(at + IS_KNOWN, isKnown);
  reduce(at, v128.bitselect(given, f64x2.splat(1), isKnown), f64x2.mul(odds(first, second), factor), bound);
}

/** Stores σ, from the share E/(1 + E) of E = e^{-|z|}, or tanh = ±(1 − E)/(1 + E), E = e^{-2|z|}; of what is not known no bound. */
function finish(z: usize, at: usize, to: usize, isTanh: bool): void {
  const sign = v128.and(evens(v128.load(z, 0), v128.load(z, 32)), f64x2.splat(-0.0));
  const eHigh = v128.load(at);
  const eLow = v128.load(at, 16);
  const eBound = v128.load(at, 32);
  const isKnown = v128.load(at + IS_KNOWN);
  addToOne(eHigh, eLow, eBound);
  const sumHigh = h;
  const sumLow = l;
  const sumBound = q;
  if (isTanh) {
    addToOne(f64x2.neg(eHigh), f64x2.neg(eLow), eBound);
    divide(h, l, q, sumHigh, sumLow, sumBound);
    storeNumbers(to, v128.xor(h, sign), v128.xor(l, sign), v128.bitselect(q, f64x2.splat(NaN), isKnown));
    return;
  }
  divide(eHigh, eLow, eBound, sumHigh, sumLow, sumBound);
  const shareHigh = h;
  const shareLow = l;
  const shareBound = q;
  addToOne(f64x2.neg(shareHigh), f64x2.neg(shareLow), shareBound);
  const isNegative = i64x2.shr_s(sign, 63);
  const bound = v128.bitselect(shareBound, q, isNegative);
  const high = v128.bitselect(shareHigh, h, isNegative);
  storeNumbers(to, high, v128.bitselect(shareLow, l, isNegative), v128.bitselect(bound, f64x2.splat(NaN), isKnown));
}

/** σ of n numbers, or tanh, stage by stage as in the kernels. Numbers near zero need no care here: what is lost of them, their bounds tell. */
function setActivations(z: usize, to: usize, n: i32, isTanh: bool): void {
  const end = WORK + UNITS * (<usize>(n + 1) >> 1);
  for (let at = WORK, from = z; at < end; at += UNITS, from += 2 * NUMBER) begin(from, at, isTanh ? 2 : 1);
  for (let at = WORK; at < end; at += UNITS) grow(at);
  for (let at = WORK; at < end; at += UNITS) scale(at, POWERS);
  for (let at = WORK; at < end; at += UNITS, z += 2 * NUMBER, to += 2 * NUMBER) finish(z, at, to, isTanh);
}

/** h, l, q ← a · b, two units of each */
// @ts-ignore: decorator
@inline
function multiplyAt(a: usize, b: usize): void {
  const a0 = v128.load(a, 0);
  const a1 = v128.load(a, 32);
  const b0 = v128.load(b, 0);
  const b1 = v128.load(b, 32);
  const aBound = odds(v128.load(a, 16), v128.load(a, 48));
  const bBound = odds(v128.load(b, 16), v128.load(b, 48));
  multiply(evens(a0, a1), odds(a0, a1), aBound, evens(b0, b1), odds(b0, b1), bBound);
}

/**
 * c_t = f ∘ c_{t-1} + i ∘ u. What f ∘ c_{t-1} loses below the doubles, at most 2^-1072, is nothing beside i ∘ u: z is at least 2^-400, so u is,
 * and i is at least e^-128.
 */
function setState(f: usize, i: usize, u: usize, to: usize, n: i32): void {
  for (let k: usize = 0; k < <usize>n; k += 2) {
    const at = NUMBER * k;
    multiplyAt(i + at, u + at);
    const high = h;
    const low = l;
    const bound = q;
    const f0 = v128.load(f + at, 0);
    const f1 = v128.load(f + at, 32);
    const fBound = odds(v128.load(f + at, 16), v128.load(f + at, 48));
    multiply(evens(f0, f1), odds(f0, f1), fBound, v128.load(C_PREV + 8 * k), f64x2.splat(0), f64x2.splat(0));
    add(h, l, q, high, low, bound);
    storeNumbers(to + at, h, l, q);
  }
}

/** The step of a cell of so many units; `count` summands of z with vectors of `length` doubles in all; share is what the error of a sum is of its size. */
export function step(units: i32, count: i32, length: i32, share: f64): bool {
  const vector = NUMBER * <usize>units;
  const gates = NUMBERS + 4 * vector;
  const c = gates + 4 * vector;
  const out = c + vector;
  const tanh = out + vector + NUMBER;
  setHalves(VECTORS, length);
  // what an odd number of units has stored beyond its end is stored anew by what comes after it
  setSums(NUMBERS, SUMMANDS, count, 4 * units, 8 * length, share);
  setActivations(NUMBERS, gates, 3 * units, false);
  setActivations(NUMBERS + 3 * vector, gates + 3 * vector, units, true);
  setState(gates, gates + vector, gates + 3 * vector, c, units);
  setActivations(c, tanh, units, true);
  for (let k: usize = 0; k < vector; k += 2 * NUMBER) {
    multiplyAt(gates + 2 * vector + k, tanh + k);
    storeNumbers(out + k, h, l, q);
  }
  const results = 10 * units;
  round(NUMBERS, RESULTS, results);
  for (let k = 0; k < results; k++) {
    const value = load<f64>(RESULTS + 8 * <usize>k);
    if (value !== value) return false;
  }
  return true;
}
