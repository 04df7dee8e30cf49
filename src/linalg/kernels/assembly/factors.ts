/**
 * The numbers of rows of doubles as factors: a double y is y_H + y_L, where y_H is rounded to a multiple of a power of two so large that
 * all products h_H y_H of up to eight terms, h_H the upper 26 bits of a number, are multiples of one unit, and add up without error;
 * h_H y_L and (h − h_H + l)y are far smaller.
 * Source: K. Ozaki, T. Ogita, S. Oishi, S. M. Rump, "Error-free transformations of matrix multiplication by using fast routines of
 * matrix multiplication and its applications", Numer. Algorithms 59 (2012).
 */
import { highHalf, MAGNITUDE, power } from "./double-double";

/** Within these no error term of a sum of products of that size leaves the doubles. */
const SAFE: i64 = -800;

/** Bytes of what is given of a term: where its numbers are, its rows, from one row to the next, how many there are, and their largest entry where they are one. */
export const TERM: usize = 24;
/** Bytes of a factor of a row: h_H, h − h_H + l, by what y is rounded (at first the row's largest entry), and where the row is. */
export const FACTOR: usize = 32;
/** Bytes of the factors that are added up without error. */
export const BLOCK: usize = 8 * FACTOR;

/** The largest relative error of the factors that were set. */
let largest: f64 = 0;

/** Before the factors of a row are set. */
export function forget(): void {
  largest = 0;
}

/** Sets the factor of row r of a term: 1, 0 where it is zero, −1 where it has an exponent or nothing is known of it. */
export function setFactor(factor: usize, term: usize, r: i32, n: i32): i32 {
  const number = <usize>load<u32>(term) + 32 * <usize>r;
  const h = load<f64>(number);
  const q = load<f64>(number, 24);
  if (h === 0 && q === 0) return 0;
  if (load<f64>(number, 16) !== 0 || !(q < 1)) return -1;
  largest = max(largest, q);
  const high = f64x2.extract_lane(highHalf(f64x2.splat(h)), 0);
  const stride = load<u32>(term, 8);
  const row = load<u32>(term, 4) + <u32>r * stride;
  store<f64>(factor, high);
  store<f64>(factor, h - high + load<f64>(number, 8), 8);
  store<f64>(factor, stride === 0 ? load<f64>(term, 16) : largestOf(row, n), 16);
  store<u32>(factor, row, 24);
  return 1;
}

/** The largest |entry| of n. Four maxima beside each other: each takes as long as many wait for one. */
export function largestOf(row: usize, n: i32): f64 {
  const magnitude = i64x2.splat(MAGNITUDE);
  let found = f64x2.splat(0);
  let second = found;
  let third = found;
  let fourth = found;
  const end = row + ((<usize>n >> 1) << 4);
  for (; row + 48 < end; row += 64) {
    found = f64x2.pmax(found, v128.and(v128.load(row), magnitude));
    second = f64x2.pmax(second, v128.and(v128.load(row, 16), magnitude));
    third = f64x2.pmax(third, v128.and(v128.load(row, 32), magnitude));
    fourth = f64x2.pmax(fourth, v128.and(v128.load(row, 48), magnitude));
  }
  found = f64x2.pmax(f64x2.pmax(found, second), f64x2.pmax(third, fourth));
  for (; row < end; row += 16) found = f64x2.pmax(found, v128.and(v128.load(row), magnitude));
  if (n & 1) found = f64x2.pmax(found, v128.and(v128.load_zero<f64>(row), magnitude));
  return max(f64x2.extract_lane(found, 0), f64x2.extract_lane(found, 1));
}

/**
 * Sets by what the doubles of each row are rounded, block by block. Returns what the sums may be off, NaN where error terms may be lost.
 *
 * With 2^e ≤ |h| and P a power of two, Σ|h|·max|y| < P, h_H is a multiple of 2^(e − 25) and y_H of 2^-27 P/2^e: their products are
 * multiples of 2^-52 P. Each h_H y_L is at most 2^-27 P, all (h − h_H + l)y together 2^-26 P; of eight terms these and their sums are
 * off by at most 172·2^-80 P. What is added to that is less than it: sums of blocks are kept as two doubles.
 */
export function setRounding(factors: usize, end: usize): f64 {
  let size: f64 = 0;
  for (let block = factors; block < end; block += BLOCK) {
    const last = min(block + BLOCK, end);
    let sum: f64 = 0;
    for (let at = block; at < last; at += FACTOR) sum += abs(load<f64>(at)) * load<f64>(at, 16);
    const unit = reinterpret<f64>(reinterpret<i64>(sum * (2 + power(-20))) & EXPONENT);
    for (let at = block; at < last; at += FACTOR) {
      // 2^-e
      const inverse = reinterpret<f64>((2046 << 52) - (reinterpret<i64>(load<f64>(at)) & EXPONENT));
      store<f64>(at, unit * inverse * (1.5 * power(25)), 16);
    }
    size += unit;
  }
  const error = size * (power(-72) + largest) * (1 + power(-40));
  return size > power(SAFE) ? error : NaN;
}

/** The bits of a double's exponent. */
const EXPONENT: i64 = 0x7ff0000000000000;
