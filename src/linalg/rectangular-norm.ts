import { type Matrix, transpose, zeros } from "./matrix.ts";
import { addProduct } from "./multiply.ts";
import { scaleVector } from "./norm.ts";
import type { ScaledNumber } from "./scaled-number.ts";
import { symmetricEigenvalues } from "./symmetric-eigenvalues.ts";

/**
 * ‖A‖₂ of any matrix [m × n] of finite numbers: the root of the largest eigenvalue of AAᵀ or AᵀA, of which the smaller is
 * formed. Both are off by some (m + n)ε‖A‖² at most, so that the norm is right to half of (m + n)ε, relatively.
 * Of a large square matrix {@link spectralNorm} takes less work.
 */
export function rectangularNorm(matrix: Matrix): ScaledNumber {
  const { scaled, exponent } = scaleVector(matrix.data);
  const own = { ...matrix, data: scaled };
  const turned = transpose(own);
  const [left, right] = matrix.rows <= matrix.cols ? [own, turned] : [turned, own];
  const gram = zeros(left.rows, left.rows);
  addProduct(gram, left, right);
  const largest = left.rows === 1 ? gram.data[0] : symmetricEigenvalues(gram, 1)[0];
  return { value: Math.sqrt(Math.max(0, largest)), exponent };
}
