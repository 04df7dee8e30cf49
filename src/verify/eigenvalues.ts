/** The eigenvalues of the Hessian by h_{t-1}, judged from a symmetric matrix that is known. */
import { type Matrix, rowOf } from "../linalg/matrix.ts";
import { type Ball, exact, product, sum } from "./arithmetic.ts";
import { timesPowerOfTwo, upperBound, ZERO } from "./ball.ts";
import { EPSILON, type Expected, expect, SMALLEST_DOUBLE } from "./promise.ts";
import { sizeOf } from "./size.ts";
import { symmetricEigenvalues } from "./symmetric-eigenvalues.ts";

/** Descending; each may be off by 8nε‖A‖_F, and below the normal doubles by the smallest of all. */
export function eigenvaluesOf(matrix: readonly (readonly Ball[])[]): Expected[] {
  const bound = product(exact(8 * matrix.length), EPSILON, frobeniusNorm(matrix.flat()));
  return symmetricEigenvalues(matrix).map((value) => expect(value, sum(bound, SMALLEST_DOUBLE)));
}

/** Doubles exactly. */
export function exactRows(matrix: Matrix): Ball[][] {
  return Array.from({ length: matrix.rows }, (_, r) => Array.from(rowOf(matrix, r), exact));
}

/** From above, to some 2^−50 of it. */
function frobeniusNorm(entries: readonly Ball[]): Ball {
  const squares = entries.reduce((total, entry) => sum(total, upperBound(product(entry, entry))), ZERO);
  const { significand, exponent } = sizeOf(squares);
  const isOdd = exponent % 2 !== 0;
  const root = Math.sqrt(isOdd ? 2 * significand : significand) * (1 + 2 ** -50);
  return timesPowerOfTwo(exact(root), (isOdd ? exponent - 1 : exponent) / 2);
}
