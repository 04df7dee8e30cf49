/** Rows times a vector as compensated sums, the loop of ../../affine.ts: two rows at a time, one in each lane. */
import { highHalf, MAGNITUDE, productExcessAt, sumError } from "./double-double";

/** The high halves of n doubles; n is even. */
export function highHalves(from: usize, to: usize, n: i32): void {
  const bytes = <usize>n << 3;
  for (let k: usize = 0; k < bytes; k += 16) v128.store(to + k, highHalf(v128.load(from + k)));
}

/**
 * Adds rows of `cols` doubles at `block` times the vector at y, whose high halves are at yHighs, to the sums of these rows: for
 * each two of them high, low, Σ|products| and Σ|low|. Of an odd number of rows one more is computed, of whatever is there.
 */
export function addDots(sums: usize, block: usize, rows: i32, y: usize, yHighs: usize, cols: i32): void {
  const stride = <usize>cols << 3;
  const magnitude = i64x2.splat(MAGNITUDE);
  for (let r = 0; r < rows; r += 2) {
    let high = v128.load(sums, 0);
    let low = v128.load(sums, 16);
    let size = v128.load(sums, 32);
    let spread = v128.load(sums, 48);
    for (let k: usize = 0; k < stride; k += 8) {
      const x = v128.load_lane<f64>(block + stride + k, v128.load_zero<f64>(block + k), 1);
      const both = v128.load_splat<f64>(y + k);
      const product = f64x2.mul(x, both);
      const next = f64x2.add(high, product);
      const error = f64x2.sub(sumError(high, product, next), productExcessAt(x, both, yHighs + k, product));
      low = f64x2.add(low, error);
      size = f64x2.add(size, v128.and(product, magnitude));
      spread = f64x2.add(spread, v128.and(low, magnitude));
      high = next;
    }
    v128.store(sums, high, 0);
    v128.store(sums, low, 16);
    v128.store(sums, size, 32);
    v128.store(sums, spread, 48);
    sums += 64;
    block += 2 * stride;
  }
}
