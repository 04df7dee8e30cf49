/** Orthonormal bases, kept as the rows of a matrix. */
import { type Matrix, rowOf } from "./matrix.ts";

/**
 * Takes from v what it has in common with the first `count` rows of an orthonormal basis, and divides the rest by its
 * norm, which is returned. Gram–Schmidt as often as it still takes much away; once more is enough (Kahan, in Parlett,
 * The Symmetric Eigenvalue Problem, §6.9). A rest that is only rounding becomes the zero vector, with norm 0.
 */
export function orthonormalise(v: Float64Array, basis: Matrix, count: number): number {
  const before = norm(v);
  let size = before;
  for (let pass = 0; pass < 3; pass++) {
    for (let k = 0; k < count; k++) subtractProjection(v, rowOf(basis, k));
    const rest = norm(v);
    const isDone = rest > size / 2;
    size = rest;
    if (isDone) break;
  }
  if (size <= before * v.length * 2 ** -52) {
    v.fill(0);
    return 0;
  }
  for (let k = 0; k < v.length; k++) v[k] /= size;
  return size;
}

function subtractProjection(v: Float64Array, direction: Float64Array): void {
  let product = 0;
  for (let k = 0; k < v.length; k++) product += direction[k] * v[k];
  for (let k = 0; k < v.length; k++) v[k] -= product * direction[k];
}

function norm(v: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < v.length; k++) sum += v[k] * v[k];
  return Math.sqrt(sum);
}

/** A unit vector with no direction preferred, the same each time. */
export function arbitraryUnitVector(length: number, seed = 1): Float64Array {
  const v = new Float64Array(length).map(xorshift(seed));
  const size = norm(v);
  return v.map((entry) => entry / size);
}

/** Numbers in [−1, 1) that look random (Marsaglia 2003). */
export function xorshift(seed = 1): () => number {
  let state = seed * 2463534242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
}
