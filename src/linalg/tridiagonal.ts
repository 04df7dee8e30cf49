/** The largest eigenvalue of a symmetric tridiagonal matrix, and the last component of its unit eigenvector, in size. */
export interface LargestEigenpair {
  readonly value: number;
  readonly last: number;
}

/**
 * Bisection by Sturm's sequence, then two inverse iterations with a shift just above the eigenvalue, for which the
 * factorisation needs no pivoting. For a positive semidefinite matrix.
 * Source: W. Givens (1954); B. N. Parlett, The Symmetric Eigenvalue Problem (1998), §3.3, §4.6.
 * @param diagonal [n]
 * @param beside [n − 1], above and below the diagonal
 */
export function largestEigenpair(diagonal: Float64Array, beside: Float64Array): LargestEigenpair {
  const bound = diagonal.map((d, k) => d + Math.abs(beside[k - 1] ?? 0) + Math.abs(beside[k] ?? 0));
  let low = Math.max(...diagonal);
  let high = Math.max(...bound) * (1 + 2 ** -50);
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(low < middle && middle < high)) break;
    if (isAbove(middle, diagonal, beside)) high = middle;
    else low = middle;
  }
  let vector: Float64Array = diagonal.map(() => 1);
  for (let pass = 0; pass < 2; pass++) vector = normalised(solveShifted(high, diagonal, beside, vector));
  return { value: high, last: Math.abs(vector[vector.length - 1]) };
}

/** Whether every eigenvalue lies below x: the pivots of T − x are all negative. */
function isAbove(x: number, diagonal: Float64Array, beside: Float64Array): boolean {
  let pivot = diagonal[0] - x;
  for (let k = 1; k < diagonal.length && pivot < 0; k++)
    pivot = diagonal[k] - x - (beside[k - 1] * beside[k - 1]) / pivot;
  return pivot < 0;
}

/** (x − T)⁻¹ right, by LDLᵀ. */
function solveShifted(x: number, diagonal: Float64Array, beside: Float64Array, right: Float64Array): Float64Array {
  const n = diagonal.length;
  const pivots = new Float64Array(n);
  const solution = Float64Array.from(right);
  // what rounding made of a pivot that should be positive
  const least = x * 2 ** -52 || 1;
  for (let k = 0; k < n; k++) {
    const factor = k === 0 ? 0 : beside[k - 1] / pivots[k - 1];
    pivots[k] = Math.max(least, x - diagonal[k] - (k === 0 ? 0 : factor * beside[k - 1]));
    if (k > 0) solution[k] += factor * solution[k - 1];
  }
  for (let k = n - 1; k >= 0; k--) {
    solution[k] = (solution[k] + (k < n - 1 ? beside[k] * solution[k + 1] : 0)) / pivots[k];
  }
  return solution;
}

function normalised(v: Float64Array): Float64Array {
  const largest = v.reduce((max, entry) => Math.max(max, Math.abs(entry)), 0);
  const length = Math.sqrt(v.reduce((sum, entry) => sum + (entry / largest) ** 2, 0));
  return v.map((entry) => entry / largest / length);
}
