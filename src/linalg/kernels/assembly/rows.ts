/** Sums of rows of doubles times numbers, the loops of ../../compensated-sums.ts: two columns at a time. */
import { highHalf, MAGNITUDE, power, productExcessAt, sumError } from "./double-double";

/** Below it the error terms of products may be no doubles any more. */
const SAFE: i64 = -880;
const SMALLEST_NORMAL: i64 = -1022;

/** Bytes of what is given of a term: where its numbers are, its rows, from one row to the next, and how many there are. */
const TERM: usize = 16;
/** Bytes of a factor of a row: h, the high half of h, l, and where the row is. */
const FACTOR: usize = 32;

/** The largest relative error of the factors that were set. */
let largest: f64 = 0;

/** Sets the factor of row r of a term: 1, 0 where it is zero, −1 where it has an exponent or nothing is known of it. */
function setFactor(factor: usize, term: usize, r: i32): i32 {
  const number = <usize>load<u32>(term) + 32 * <usize>r;
  const h = load<f64>(number);
  const q = load<f64>(number, 24);
  if (h === 0 && q === 0) return 0;
  if (load<f64>(number, 16) !== 0 || !(q < 1)) return -1;
  largest = max(largest, q);
  store<f64>(factor, h);
  store<f64>(factor, f64x2.extract_lane(highHalf(f64x2.splat(h)), 0), 8);
  store<f64>(factor, load<f64>(number, 8), 16);
  store<u32>(factor, load<u32>(term, 4) + <u32>r * load<u32>(term, 8), 24);
  return 1;
}

/**
 * Sums rows of n doubles, each times its factor, and rounds the sums into `out`. Returns whether their errors, as a share of
 * Σ|products|, leave open to which double for none; where they do, the sum is NaN.
 */
function sumRow(out: usize, factors: usize, count: i32, n: i32, error: f64): bool {
  const bytes = <usize>n << 3;
  const end = factors + FACTOR * <usize>count;
  const share = f64x2.splat(error);
  const magnitude = i64x2.splat(MAGNITUDE);
  let decided = i64x2.splat(-1);
  for (let k: usize = 0; k < bytes; k += 16) {
    let entries = v128.load(<usize>load<u32>(factors, 24) + k);
    const first = v128.load_splat<f64>(factors);
    let high = f64x2.mul(entries, first);
    let low = f64x2.mul(v128.load_splat<f64>(factors, 16), entries);
    low = f64x2.sub(low, productExcessAt(entries, first, factors + 8, high));
    let size = v128.and(high, magnitude);
    for (let factor = factors + FACTOR; factor < end; factor += FACTOR) {
      const y = v128.load(<usize>load<u32>(factor, 24) + k);
      const both = v128.load_splat<f64>(factor);
      const product = f64x2.mul(y, both);
      const next = f64x2.add(high, product);
      const rest = f64x2.sub(sumError(high, product, next), productExcessAt(y, both, factor + 8, product));
      low = f64x2.add(low, f64x2.add(rest, f64x2.mul(v128.load_splat<f64>(factor, 16), y)));
      size = f64x2.add(size, v128.and(product, magnitude));
      entries = v128.or(entries, y);
      high = next;
    }
    const sum = f64x2.add(high, low);
    const rest = sumError(high, low, sum);
    const away = f64x2.mul(size, share);
    const rounded = f64x2.add(sum, f64x2.add(rest, away));
    const isSame = f64x2.eq(rounded, f64x2.add(sum, f64x2.sub(rest, away)));
    const isSafe = f64x2.gt(size, f64x2.splat(power(SAFE)));
    const isNormal = f64x2.gt(f64x2.abs(rounded), f64x2.splat(power(SMALLEST_NORMAL)));
    const isZero = f64x2.eq(entries, f64x2.splat(0));
    const isDecided = v128.or(isZero, v128.and(isSame, v128.and(isSafe, isNormal)));
    const isBeyond = k + 8 < bytes ? i64x2(0, 0) : i64x2(0, -1);
    decided = v128.and(decided, v128.or(isDecided, isBeyond));
    v128.store(out + k, v128.bitselect(v128.andnot(rounded, isZero), f64x2.splat(NaN), isDecided));
  }
  return i64x2.all_true(decided);
}

/** What so many factors' errors and the roundings of a sum over `count` are together, as errorOfSum in ../../bounded.ts */
// @ts-ignore: decorator
@inline
function errorOfSum(count: i32): f64 {
  return (largest + f64((count + 4) * (count + 4)) * power(-103)) * (1 + power(-40));
}

/**
 * The sums of `rows` rows, each over `count` terms, beside each other at `out`: a double more is written behind them. A byte for each
 * row tells at `open` whether the readable loop has to sum it. Uses the bytes of `count` factors behind the terms.
 */
export function sumRows(out: usize, open: usize, terms: usize, count: i32, from: i32, rows: i32, n: i32): void {
  const factors = terms + TERM * <usize>count;
  for (let r = 0; r < rows; r++, out += <usize>n << 3) {
    largest = 0;
    let set = 0;
    let isKnown = true;
    for (let j = 0; j < count && isKnown; j++) {
      const one = setFactor(factors + FACTOR * <usize>set, terms + TERM * <usize>j, from + r);
      isKnown = one >= 0;
      set += one;
    }
    const isDecided = isKnown && set > 0 && sumRow(out, factors, set, n, errorOfSum(count));
    store<u8>(open + r, u8(!isDecided));
  }
}

/** One row of sums over all rows of the terms, NaN where the readable loop has to sum; returns false where it has to everywhere. */
export function sumColumns(out: usize, terms: usize, count: i32, n: i32): bool {
  const factors = terms + TERM * <usize>count;
  largest = 0;
  let set = 0;
  let all = 0;
  for (let j = 0; j < count; j++) {
    const term = terms + TERM * <usize>j;
    const length = load<i32>(term, 12);
    all += length;
    for (let r = 0; r < length; r++) {
      const one = setFactor(factors + FACTOR * <usize>set, term, r);
      if (one < 0) return false;
      set += one;
    }
  }
  if (set === 0) return false;
  sumRow(out, factors, set, n, errorOfSum(all));
  return true;
}
