/**
 * Sums of rows of doubles times numbers, each entry rounded or left to the readable loop, ../../compensated-sums.ts: two columns at a
 * time, two factors beside each other.
 */
import { sumError } from "./double-double";
import { BLOCK, FACTOR, forget, largestOf, setFactor, setRounding, TERM } from "./factors";

/** Where a row of sums is built up: of a block all h_H y_H and what is left of them, and these of the blocks behind each other. */
let high: usize = 0;
let low: usize = 0;
let sum: usize = 0;
let rest: usize = 0;

/** The arrays of a row of so many bytes. */
function setArrays(work: usize, bytes: usize): void {
  high = work;
  low = high + bytes;
  sum = low + bytes;
  rest = sum + bytes;
}

// @ts-ignore: decorator
@inline
function productAdded(x: v128, y: v128, sum: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_madd(x, y, sum) : f64x2.add(sum, f64x2.mul(x, y));
}

/** Adds two factors times their rows to a block, or begins it. */
// @ts-ignore: decorator
@inline
function addFactors(factor: usize, bytes: usize, isFirst: bool): void {
  const rowA = <usize>load<u32>(factor, 24);
  const rowB = <usize>load<u32>(factor + FACTOR, 24);
  const hA = v128.load_splat<f64>(factor);
  const hB = v128.load_splat<f64>(factor + FACTOR);
  const othersA = v128.load_splat<f64>(factor, 8);
  const othersB = v128.load_splat<f64>(factor + FACTOR, 8);
  const rounderA = v128.load_splat<f64>(factor, 16);
  const rounderB = v128.load_splat<f64>(factor + FACTOR, 16);
  const toHigh = high;
  const toLow = low;
  for (let k: usize = 0; k < bytes; k += 16) {
    const a = v128.load(rowA + k);
    const b = v128.load(rowB + k);
    const aHigh = f64x2.sub(f64x2.add(a, rounderA), rounderA);
    const bHigh = f64x2.sub(f64x2.add(b, rounderB), rounderB);
    const whole = isFirst ? f64x2.mul(hA, aHigh) : productAdded(hA, aHigh, v128.load(toHigh + k));
    v128.store(toHigh + k, productAdded(hB, bHigh, whole));
    const ofA = f64x2.mul(hA, f64x2.sub(a, aHigh));
    const ofB = f64x2.mul(hB, f64x2.sub(b, bHigh));
    const left = f64x2.add(productAdded(othersA, a, ofA), productAdded(othersB, b, ofB));
    v128.store(toLow + k, isFirst ? left : f64x2.add(v128.load(toLow + k), left));
  }
}

/** Adds a block to the sums, or begins them. */
function addBlock(bytes: usize, isFirst: bool): void {
  for (let k: usize = 0; k < bytes; k += 16) {
    const a = v128.load(high + k);
    const b = v128.load(low + k);
    const both = f64x2.add(a, b);
    const left = f64x2.sub(b, f64x2.sub(both, a));
    const before = isFirst ? f64x2.splat(0) : v128.load(sum + k);
    const next = f64x2.add(before, both);
    v128.store(sum + k, next);
    const more = f64x2.add(sumError(before, both, next), left);
    v128.store(rest + k, isFirst ? more : f64x2.add(v128.load(rest + k), more));
  }
}

/** In which columns there are only zeros. */
function areZero(factors: usize, end: usize, k: usize): v128 {
  let entries = f64x2.splat(0);
  for (; factors < end; factors += FACTOR) entries = v128.or(entries, v128.load(<usize>load<u32>(factors, 24) + k));
  return f64x2.eq(entries, f64x2.splat(0));
}

/**
 * Sums rows of n doubles, each times its factor, and rounds the sums into `out`, and one more of what is behind the rows where n is odd.
 * Returns whether their errors leave open to which double for none; where they do, the sum is NaN. The error of a + b is told to within
 * less than the sums may be off, and a sum that is no normal double by far.
 */
function sumRow(out: usize, factors: usize, count: i32, n: i32): bool {
  const bytes = <usize>((n + 1) >> 1) << 4;
  const end = factors + FACTOR * <usize>count;
  const away = f64x2.splat(setRounding(factors, end));
  // factors are two at a time
  memory.copy(end, factors, FACTOR);
  store<f64>(end, 0);
  store<f64>(end, 0, 8);
  const isOne = end - factors <= BLOCK;
  for (let block = factors; block < end; block += BLOCK) {
    const last = min(block + BLOCK, end);
    addFactors(block, bytes, true);
    for (let factor = block + 2 * FACTOR; factor < last; factor += 2 * FACTOR) addFactors(factor, bytes, false);
    if (!isOne) addBlock(bytes, block === factors);
  }
  const fromA = isOne ? high : sum;
  const fromB = isOne ? low : rest;
  let decided = i64x2.splat(-1);
  for (let k: usize = 0; k < bytes; k += 16) {
    const a = v128.load(fromA + k);
    const b = v128.load(fromB + k);
    const sum = f64x2.add(a, b);
    const rest = f64x2.sub(b, f64x2.sub(sum, a));
    const rounded = f64x2.add(sum, f64x2.add(rest, away));
    const isSame = f64x2.eq(rounded, f64x2.add(sum, f64x2.sub(rest, away)));
    v128.store(out + k, rounded);
    if (i64x2.bitmask(isSame) === 3) continue;
    const isZero = areZero(factors, end, k);
    const isTold = v128.or(isZero, isSame);
    v128.store(out + k, v128.bitselect(v128.andnot(rounded, isZero), f64x2.splat(NaN), isTold));
    const isBeyond = k + 16 === bytes && n & 1 ? i64x2(0, -1) : i64x2(0, 0);
    decided = v128.and(decided, v128.or(isTold, isBeyond));
  }
  return i64x2.all_true(decided);
}

/**
 * The sums of `rows` rows, each over `count` terms, beside each other at `out`: a double more is written behind them. A byte for each
 * row tells at `open` whether the readable loop has to sum it. Uses the bytes of a factor more than there are terms behind
 * them, and four rows of an even number of doubles at `work`.
 */
export function sumRows(out: usize, open: usize, terms: usize, count: i32, from: i32, rows: i32, n: i32, work: usize): void {
  setArrays(work, <usize>((n + 1) >> 1) << 4);
  const factors = terms + TERM * <usize>count;
  for (let term = terms; term < factors; term += TERM) {
    if (load<u32>(term, 8) === 0) store<f64>(term, largestOf(load<u32>(term, 4), n), 16);
  }
  for (let r = 0; r < rows; r++, out += <usize>n << 3) {
    forget();
    let set = 0;
    let isKnown = true;
    for (let j = 0; j < count && isKnown; j++) {
      const one = setFactor(factors + FACTOR * <usize>set, terms + TERM * <usize>j, from + r, n);
      isKnown = one >= 0;
      set += one;
    }
    const isDecided = isKnown && set > 0 && sumRow(out, factors, set, n);
    store<u8>(open + r, u8(!isDecided));
  }
}

/** One row of sums over all rows of the terms, NaN where the readable loop has to sum; returns false where it has to everywhere. */
export function sumColumns(out: usize, terms: usize, count: i32, n: i32, work: usize): bool {
  setArrays(work, <usize>((n + 1) >> 1) << 4);
  const factors = terms + TERM * <usize>count;
  forget();
  let set = 0;
  for (let j = 0; j < count; j++) {
    const term = terms + TERM * <usize>j;
    const length = load<i32>(term, 12);
    for (let r = 0; r < length; r++) {
      const one = setFactor(factors + FACTOR * <usize>set, term, r, n);
      if (one < 0) return false;
      set += one;
    }
  }
  if (set === 0) return false;
  sumRow(out, factors, set, n);
  return true;
}
