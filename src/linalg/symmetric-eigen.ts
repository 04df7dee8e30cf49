/** A symmetric matrix S = V diag(values) Vᵀ; column j of V is `vectors[i * n + j]`. */
export interface Eigensystem {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Sweeps after which Jacobi's method has long converged: it does so quadratically. */
const SWEEPS = 12;

/**
 * The eigensystem of a small symmetric matrix by Jacobi's rotations. Each eigenvalue is within a few nε·‖S‖, and V is orthogonal
 * within as much.
 * Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., §8.5.
 * @param S [n × n], row-major
 */
export function symmetricEigensystem(S: Float64Array, n: number): Eigensystem {
  const a = Float64Array.from(S);
  const vectors = new Float64Array(n * n);
  for (let k = 0; k < n; k++) vectors[k * n + k] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const size = Math.abs(a[p * n + q]);
        if (size <= 2 ** -60 * (Math.abs(a[p * n + p]) + Math.abs(a[q * n + q]))) continue;
        off += size;
        rotate(a, vectors, n, p, q);
      }
    }
    if (off === 0) break;
  }
  return { values: Float64Array.from({ length: n }, (_, k) => a[k * n + k]), vectors };
}

/** The rotation in the plane of p and q that makes entry (p, q) zero. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const beside = a[p * n + q];
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * beside);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  a[p * n + p] -= t * beside;
  a[q * n + q] += t * beside;
  a[p * n + q] = a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    if (k !== p && k !== q) {
      const [x, y] = [a[k * n + p], a[k * n + q]];
      a[k * n + p] = a[p * n + k] = c * x - s * y;
      a[k * n + q] = a[q * n + k] = s * x + c * y;
    }
    const [x, y] = [vectors[k * n + p], vectors[k * n + q]];
    vectors[k * n + p] = c * x - s * y;
    vectors[k * n + q] = s * x + c * y;
  }
}
