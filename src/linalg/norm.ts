import { addDot, addNumber, type Sum } from "./affine.ts";
import { productError } from "./error-free.ts";
import { type Pair, toPair } from "./pair.ts";
import { exponentOf, scaleByPowerOfTwo } from "./scale.ts";

/** max |v_k|; 0 for the empty vector. */
export function maxNorm(v: Float64Array): number {
  let max = 0;
  for (let k = 0; k < v.length; k++) max = Math.max(max, Math.abs(v[k]));
  return max;
}

/** A vector v = scaled · 2^exponent whose largest entry lies in [1, 2), so that its squares neither over- nor underflow. */
export interface ScaledVector {
  readonly scaled: Float64Array;
  readonly exponent: number;
}

export function scaleVector(v: Float64Array): ScaledVector {
  const max = maxNorm(v);
  const exponent = max === 0 ? 0 : exponentOf(max);
  return { scaled: v.map((entry) => scaleByPowerOfTwo(entry, -exponent)), exponent };
}

/** Σ|v_k| as a pair, compensated. */
export function sumNorm(v: Float64Array): Pair {
  const sum: Sum = { hi: 0, lo: 0, magnitude: 0 };
  for (let k = 0; k < v.length; k++) addNumber(sum, Math.abs(v[k]));
  return toPair(sum.hi, sum.lo);
}

/**
 * √Σv_k² as a pair, for entries that {@link scaleVector} has brought to order 1.
 * Dot2 for the squares; √(s + t) ≈ r + (s − r² + t)/2r with r = fl(√s), the remainder s − r² exact.
 */
export function euclideanNorm(v: Float64Array): Pair {
  const squares: Sum = { hi: 0, lo: 0, magnitude: 0 };
  addDot(squares, v, 0, v);
  if (squares.hi === 0) return { hi: 0, lo: 0 };
  const root = Math.sqrt(squares.hi);
  const square = root * root;
  return toPair(root, (squares.hi - square - productError(root, root, square) + squares.lo) / (2 * root));
}
