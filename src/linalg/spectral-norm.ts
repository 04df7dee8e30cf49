import { isAboveSpectrum } from "./definite.ts";
import { type Matrix, rowOf, transpose, zeros } from "./matrix.ts";
import { addProduct } from "./multiply.ts";
import { maxNorm, scaleVector } from "./norm.ts";
import { arbitraryUnitVector, orthonormalise } from "./orthonormal.ts";
import { addTransposedProduct } from "./rank-one.ts";
import type { ScaledNumber } from "./scaled-number.ts";
import { largestEigenpair } from "./tridiagonal.ts";

/** The residual at which a singular value counts as found, relative to it; its own error is then no larger. */
const TOLERANCE = 1e-11;

/** How far above the value that was found no other may lie. */
const MARGIN = 5e-11;

/**
 * ‖A‖₂ of a square matrix, the largest singular value, within 1e-10 relatively; null where entries are not finite.
 *
 * What Lanczos's iteration finds is a singular value, but one that its start vector hardly has a share in may be larger:
 * 1 + 1e-8 among many ones. So the value is confirmed, by ‖A‖_F or by the definiteness of μ²I − AᵀA, and where it is
 * refuted, bisection of μ takes over.
 */
export function spectralNorm(matrix: Matrix): ScaledNumber | null {
  if (!Number.isFinite(maxNorm(matrix.data))) return null;
  const { scaled: data, exponent } = scaleVector(matrix.data);
  const scaled = { ...matrix, data };
  const frobenius = Math.hypot(...rowNorms(scaled));
  const found = singularValue(scaled) ?? frobenius / Math.sqrt(scaled.rows);
  if (frobenius <= found * (1 + MARGIN)) return { value: found, exponent };
  const gram = zeros(scaled.cols, scaled.cols);
  addProduct(gram, transpose(scaled), scaled);
  return { value: isAboveSpectrum(gram, (found * (1 + MARGIN)) ** 2) ? found : bisected(gram, found), exponent };
}

/** √λ of the largest eigenvalue λ of AᵀA, which lies above `low`. */
function bisected(gram: Matrix, above: number): number {
  let low = above;
  let excess = 1e-10;
  while (!isAboveSpectrum(gram, (low * (1 + excess)) ** 2)) excess *= 16;
  let high = low * (1 + excess);
  while (high - low > TOLERANCE * low) {
    const middle = low + (high - low) / 2;
    if (isAboveSpectrum(gram, middle ** 2)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * A singular value of A, in all likelihood the largest; null where none was reached.
 *
 * Golub–Kahan–Lanczos bidiagonalisation with full reorthogonalisation: A V_k = U_k B_k, and the largest singular value θ
 * of the bidiagonal B_k with left vector p has the residual β_k|p_k|. After n steps nothing is left over.
 * Source: G. H. Golub, W. Kahan, "Calculating the singular values and pseudo-inverse of a matrix", SIAM J. Numer. Anal.
 * B 2 (1965); G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., §10.4.
 */
function singularValue(matrix: Matrix): number | null {
  const n = matrix.rows;
  const transposed = transpose(matrix);
  const right = zeros(n + 1, n);
  const left = zeros(n, n);
  const alpha: number[] = [];
  const beta: number[] = [];
  rowOf(right, 0).set(arbitraryUnitVector(n));
  for (let k = 0; k < n; k++) {
    const u = rowOf(left, k);
    addTransposedProduct(u, transposed, rowOf(right, k));
    alpha.push(orthonormalise(u, left, k));
    const v = rowOf(right, k + 1);
    addTransposedProduct(v, matrix, u);
    const rest = orthonormalise(v, right, k + 1);
    const { value, last } = largestEigenpair(...squared(alpha, beta));
    const norm = Math.sqrt(value);
    if (rest * last <= TOLERANCE * norm) return norm;
    beta.push(rest);
  }
  return null;
}

/** B Bᵀ of the upper bidiagonal B, symmetric and tridiagonal: its diagonal and what is beside it. */
function squared(alpha: readonly number[], beta: readonly number[]): [Float64Array, Float64Array] {
  const diagonal = Float64Array.from(alpha, (a, k) => a * a + (beta[k] ?? 0) ** 2);
  return [diagonal, Float64Array.from(beta, (b, k) => b * alpha[k + 1])];
}

function rowNorms(matrix: Matrix): number[] {
  return Array.from({ length: matrix.rows }, (_, r) => Math.hypot(...rowOf(matrix, r)));
}
