import { reflectColumns, reflector, reflectRows } from "./hessenberg.ts";
import { type Matrix, rowOf } from "./matrix.ts";
import { scaleVector } from "./norm.ts";
import { tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.ts";

/** Descending, in units of 2^exponent. */
export interface SingularValues {
  readonly values: Float64Array;
  readonly exponent: number;
}

/**
 * The singular values of a square matrix [n × n] of finite numbers: Householder's reduction to a bidiagonal B, and bisection of the
 * tridiagonal matrix with the diagonal zero and b_11, b_12, b_22, … beside it, whose eigenvalues are ± those of B. It always
 * ends. Each is within 8nε‖A‖_F of an exact one, ε = 2⁻⁵³ (measured: 2nε): of those below, {@link gradedSingularValues} can tell more.
 * Source: G. H. Golub, W. Kahan (1965); G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., §5.4.8, §8.6.1.
 */
export function singularValues(matrix: Matrix): SingularValues {
  const { scaled, exponent } = scaleVector(matrix.data);
  const beside = bidiagonal({ ...matrix, data: scaled });
  const found = tridiagonalEigenvalues(new Float64Array(2 * matrix.rows), beside, matrix.rows);
  return { values: found.map((value) => Math.max(0, value)), exponent };
}

/** b_11, b_12, b_22, b_23, … [2n − 1] of an orthogonally equivalent bidiagonal matrix. Overwrites `a`. */
function bidiagonal(a: Matrix): Float64Array {
  const n = a.rows;
  const found = new Float64Array(Math.max(0, 2 * n - 1));
  for (let k = 0; k < n; k++) {
    const column = reflector(Float64Array.from({ length: n - k }, (_, r) => a.data[(k + r) * n + k]));
    found[2 * k] = column.first;
    if (column.factor !== 0) reflectRows(a, k, k + 1, column.vector, column.factor);
    if (k + 1 === n) break;
    const row = reflector(rowOf(a, k).slice(k + 1));
    found[2 * k + 1] = row.first;
    if (row.factor !== 0) reflectColumns(a, k + 1, k + 1, row.vector, row.factor);
  }
  return found;
}
