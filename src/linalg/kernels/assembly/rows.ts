/** Sums of rows of doubles times numbers, the loops of ../../weighted-rows.ts: two columns at a time. */
import { highHalf, errorOfHalves, sumError } from "./double-double";

/** 2^-880: below it the error terms of products may be no doubles any more. */
const SAFE = reinterpret<f64>(0x08f0000000000000);
const SMALLEST_NORMAL = reinterpret<f64>(0x0010000000000000);

/**
 * Sums `count` rows of n doubles, each times its number, and rounds the sums into `out`. Returns whether their errors, as a share of
 * Σ|products|, leave open to which double for none. A row has 40 bytes at `terms`: h, l, the halves of h, and as an integer where it is.
 */
export function sumRows(out: usize, terms: usize, count: i32, n: i32, error: f64): bool {
  const bytes = <usize>n << 3;
  const end = terms + 40 * <usize>count;
  const share = f64x2.splat(error);
  let decided = i64x2.splat(-1);
  for (let k: usize = 0; k < bytes; k += 16) {
    let high = f64x2.splat(0);
    let low = f64x2.splat(0);
    let size = f64x2.splat(0);
    let entries = f64x2.splat(0);
    for (let term = terms; term < end; term += 40) {
      const y = v128.load(<usize>load<u32>(term, 32) + k);
      const product = f64x2.mul(v128.load_splat<f64>(term, 0), y);
      const hHigh = v128.load_splat<f64>(term, 16);
      const hLow = v128.load_splat<f64>(term, 24);
      const yHigh = highHalf(y);
      const yLow = f64x2.sub(y, yHigh);
      const next = f64x2.add(high, product);
      const rest = f64x2.add(errorOfHalves(product, hHigh, hLow, yHigh, yLow), sumError(high, product, next));
      low = f64x2.add(low, f64x2.add(rest, f64x2.mul(v128.load_splat<f64>(term, 8), y)));
      size = f64x2.add(size, f64x2.abs(product));
      entries = v128.or(entries, y);
      high = next;
    }
    const sum = f64x2.add(high, low);
    const rest = sumError(high, low, sum);
    const away = f64x2.mul(size, share);
    const rounded = f64x2.add(sum, f64x2.add(rest, away));
    const isSame = f64x2.eq(rounded, f64x2.add(sum, f64x2.sub(rest, away)));
    const isSafe = f64x2.gt(size, f64x2.splat(SAFE));
    const isNormal = f64x2.gt(f64x2.abs(rounded), f64x2.splat(SMALLEST_NORMAL));
    const isZero = f64x2.eq(entries, f64x2.splat(0));
    const isDecided = v128.or(isZero, v128.and(isSame, v128.and(isSafe, isNormal)));
    const isBeyond = k + 8 < bytes ? i64x2(0, 0) : i64x2(0, -1);
    decided = v128.and(decided, v128.or(isDecided, isBeyond));
    v128.store(out + k, v128.andnot(rounded, isZero));
  }
  return i64x2.all_true(decided);
}
