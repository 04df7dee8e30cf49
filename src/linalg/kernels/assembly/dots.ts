/**
 * Rows times vectors as compensated sums, the loop of ../../affine.ts: two rows at a time, even columns in one lane and odd ones in
 * the other. A vector is followed by a zero where its length is odd, so that what is behind the row counts for nothing.
 */
import { evens, highHalf, MAGNITUDE, odds, power, storeNumbers, sumError } from "./double-double";

/** Below it the error terms of products may be no doubles any more. */
const SAFE: i64 = -900;

/** Bytes of what is given of a summand: where its rows are, from one row to the next, the end of its vector, and where that is. */
const SUMMAND: usize = 16;

/** Behind n doubles at `from`, n even, first their high halves and then what these leave. */
export function setHalves(from: usize, n: i32): void {
  const bytes = <usize>n << 3;
  for (let at = from; at < from + bytes; at += 16) {
    const y = v128.load(at);
    const high = highHalf(y);
    v128.store(at + bytes, high);
    v128.store(at + 2 * bytes, f64x2.sub(y, high));
  }
}

/** Σ|products| and the sums of the two rows. */
let sizeA: v128 = f64x2(0, 0);
let sizeB: v128 = f64x2(0, 0);
let highA: v128 = f64x2(0, 0);
let highB: v128 = f64x2(0, 0);
let lowA: v128 = f64x2(0, 0);
let lowB: v128 = f64x2(0, 0);

/** Adds |products| of both rows to their sizes. */
function addSizes(rowA: usize, rowB: usize, y: usize, end: usize): void {
  const magnitude = i64x2.splat(MAGNITUDE);
  let a = sizeA;
  let b = sizeB;
  for (; y < end; rowA += 16, rowB += 16, y += 16) {
    const both = v128.load(y);
    a = f64x2.add(a, v128.and(f64x2.mul(v128.load(rowA), both), magnitude));
    b = f64x2.add(b, v128.and(f64x2.mul(v128.load(rowB), both), magnitude));
  }
  sizeA = a;
  sizeB = b;
}

/** Adds the products of both rows to their sums, beside each other: a processor looks less far ahead than the operations of one that wait for each other. */
function addProducts(rowA: usize, rowB: usize, y: usize, end: usize, apart: usize): void {
  let a = highA;
  let b = highB;
  let aLow = lowA;
  let bLow = lowB;
  for (; y < end; rowA += 16, rowB += 16, y += 16) {
    const both = v128.load(y);
    const xA = v128.load(rowA);
    const xB = v128.load(rowB);
    const nextA = f64x2.add(a, f64x2.mul(xA, both));
    const nextB = f64x2.add(b, f64x2.mul(xB, both));
    const partA = f64x2.sub(nextA, a);
    const partB = f64x2.sub(nextB, b);
    if (ASC_FEATURE_RELAXED_SIMD) {
      aLow = f64x2.sub(aLow, f64x2.relaxed_nmadd(xA, both, partA));
      bLow = f64x2.sub(bLow, f64x2.relaxed_nmadd(xB, both, partB));
    } else {
      const yHigh = v128.load(y + apart);
      const yLow = v128.load(y + 2 * apart);
      const aHigh = highHalf(xA);
      const bHigh = highHalf(xB);
      const aRest = f64x2.sub(xA, aHigh);
      const bRest = f64x2.sub(xB, bHigh);
      const aCross = f64x2.add(f64x2.mul(aRest, yHigh), f64x2.mul(aHigh, yLow));
      const bCross = f64x2.add(f64x2.mul(bRest, yHigh), f64x2.mul(bHigh, yLow));
      const aFirst = f64x2.add(f64x2.sub(f64x2.mul(aHigh, yHigh), partA), aCross);
      const bFirst = f64x2.add(f64x2.sub(f64x2.mul(bHigh, yHigh), partB), bCross);
      aLow = f64x2.add(aLow, f64x2.add(aFirst, f64x2.mul(aRest, yLow)));
      bLow = f64x2.add(bLow, f64x2.add(bFirst, f64x2.mul(bRest, yLow)));
    }
    a = nextA;
    b = nextB;
  }
  highA = a;
  highB = b;
  lowA = aLow;
  lowB = bLow;
}

/**
 * Stores Σ A·v for `rows` rows as numbers, NaN for the bound of one that the readable loop has to sum; of an odd number of rows one
 * more is computed, of whatever is there. `apart` is from a vector to its halves; share is what the error is of a size.
 */
export function setSums(
  out: usize,
  summands: usize,
  count: i32,
  rows: i32,
  apart: usize,
  share: f64,
): void {
  const end = summands + SUMMAND * <usize>count;
  const four = f64x2.splat(4);
  for (let r: usize = 0; r < <usize>rows; r += 2, out += 64) {
    sizeA = sizeB = f64x2.splat(0);
    for (let at = summands; at < end; at += SUMMAND) {
      const stride = <usize>load<u32>(at, 4);
      const row = <usize>load<u32>(at) + r * stride;
      addSizes(row, row + stride, <usize>load<u32>(at, 12), <usize>load<u32>(at, 8));
    }
    highA = f64x2.mul(sizeA, four);
    highB = f64x2.mul(sizeB, four);
    lowA = lowB = f64x2.splat(0);
    for (let at = summands; at < end; at += SUMMAND) {
      const stride = <usize>load<u32>(at, 4);
      const row = <usize>load<u32>(at) + r * stride;
      addProducts(row, row + stride, <usize>load<u32>(at, 12), <usize>load<u32>(at, 8), apart);
    }
    storeSums(out, f64x2.sub(highA, f64x2.mul(sizeA, four)), f64x2.sub(highB, f64x2.mul(sizeB, four)), share);
  }
}

/** Stores the sums of both lanes of both rows as numbers of exponent 0. */
function storeSums(out: usize, a: v128, b: v128, share: f64): void {
  const even = evens(a, b);
  const odd = odds(a, b);
  const high = f64x2.add(even, odd);
  const low = f64x2.add(sumError(even, odd, high), f64x2.add(evens(lowA, lowB), odds(lowA, lowB)));
  const size = f64x2.add(evens(sizeA, sizeB), odds(sizeA, sizeB));
  const error = f64x2.mul(size, f64x2.splat(share));
  const h = f64x2.add(high, low);
  const l = sumError(high, low, h);
  const away = f64x2.abs(h);
  const q = f64x2.mul(f64x2.div(error, away), f64x2.splat(1 + power(-40)));
  const isSafe = f64x2.ge(size, f64x2.splat(power(SAFE)));
  const isInRange = v128.and(f64x2.ge(away, f64x2.splat(power(-400))), f64x2.le(away, f64x2.splat(power(400))));
  const bound = v128.bitselect(q, f64x2.splat(NaN), v128.and(isSafe, isInRange));
  storeNumbers(out, h, l, bound);
}
