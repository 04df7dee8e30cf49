import { reflector } from "./hessenberg.ts";
import { type Matrix, rowOf } from "./matrix.ts";
import { scaleVector } from "./norm.ts";
import { scaleByPowerOfTwo } from "./scale.ts";
import { tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.ts";

/**
 * The eigenvalues of a symmetric matrix [n × n] of finite numbers, descending; only its lower triangle is read. Householder's
 * reduction to tridiagonal form, then bisection, which always ends: each is within 8nε‖A‖_F of an exact one, ε = 2⁻⁵³ (measured: 2nε).
 * For the eigenvectors too, of a small matrix, {@link symmetricEigensystem}.
 * Source: R. S. Martin, C. Reinsch, J. H. Wilkinson, "Householder's tridiagonalization of a symmetric matrix" (1968).
 * @param count so many of the largest only
 */
export function symmetricEigenvalues(matrix: Matrix, count = matrix.rows): Float64Array {
  const { scaled, exponent } = scaleVector(matrix.data);
  const { diagonal, beside } = tridiagonal({ ...matrix, data: scaled });
  return tridiagonalEigenvalues(diagonal, beside, count).map((value) => scaleByPowerOfTwo(value, exponent));
}

/** An orthogonally similar tridiagonal matrix. Overwrites the lower triangle of `a`. */
function tridiagonal(a: Matrix): { diagonal: Float64Array; beside: Float64Array } {
  const n = a.rows;
  const beside = new Float64Array(Math.max(0, n - 1));
  for (let k = 0; k + 1 < n; k++) {
    const column = Float64Array.from({ length: n - k - 1 }, (_, r) => a.data[(k + 1 + r) * n + k]);
    const { vector, factor, first } = reflector(column);
    beside[k] = first;
    if (factor !== 0) reflectSymmetric(a, k + 1, vector, factor);
  }
  return { diagonal: Float64Array.from({ length: n }, (_, k) => a.data[k * n + k]), beside };
}

/** The block A from this row and column on becomes P A P = A − v qᵀ − q vᵀ with P = I − factor·v vᵀ, p = factor·A v, q = p − (factor/2)(vᵀp) v. */
function reflectSymmetric(a: Matrix, from: number, v: Float64Array, factor: number): void {
  const n = v.length;
  const q = new Float64Array(n);
  const rows = Array.from({ length: n }, (_, r) => rowOf(a, from + r).subarray(from));
  for (let r = 0; r < n; r++) {
    const row = rows[r];
    let sum = row[r] * v[r];
    for (let k = 0; k < r; k++) {
      sum += row[k] * v[k];
      q[k] += row[k] * v[r];
    }
    q[r] += sum;
  }
  let inner = 0;
  for (let r = 0; r < n; r++) {
    q[r] *= factor;
    inner += q[r] * v[r];
  }
  for (let r = 0; r < n; r++) q[r] -= (factor / 2) * inner * v[r];
  for (let r = 0; r < n; r++) {
    const row = rows[r];
    for (let k = 0; k <= r; k++) row[k] -= v[r] * q[k] + q[r] * v[k];
  }
}
