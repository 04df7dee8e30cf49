import { affine } from "./affine.ts";
import { type RealVector, root } from "./real-vector.ts";
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

/** Σ|v_k|, a vector of one */
export function sumNorm(v: Float64Array): RealVector {
  return dot(v, v.map(Math.sign));
}

/** √Σv_k², a vector of one; the sum is an integer times a power of two, so that its root is exact or irrational */
export function euclideanNorm(v: Float64Array): RealVector {
  return root(dot(v, v));
}

function dot(a: Float64Array, b: Float64Array): RealVector {
  return affine(1, [{ matrix: { rows: 1, cols: a.length, data: a }, vector: b }]);
}
