import { type Matrix, rowOf } from "./matrix.ts";

/**
 * Makes of a matrix [n × n] an upper Hessenberg matrix Qᵀ A Q, in place: what lies below the diagonal beside it is zero.
 * Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., Algorithm 7.4.2.
 */
export function reduceToHessenberg(a: Matrix): void {
  const n = a.rows;
  for (let k = 0; k + 2 < n; k++) {
    const column = Float64Array.from({ length: n - k - 1 }, (_, r) => a.data[(k + 1 + r) * n + k]);
    const { vector, factor, first } = reflector(column);
    if (factor !== 0) {
      reflectRows(a, k + 1, k + 1, vector, factor);
      reflectColumns(a, 0, k + 1, vector, factor);
    }
    for (let r = k + 1; r < n; r++) a.data[r * n + k] = r === k + 1 ? first : 0;
  }
}

/** I − factor·v vᵀ, v[0] = 1, which makes (first, 0, …) of a vector. */
interface Reflector {
  readonly vector: Float64Array;
  readonly factor: number;
  readonly first: number;
}

/** Householder's reflector, its square scaled by the largest component. Overwrites x. */
export function reflector(x: Float64Array): Reflector {
  let largest = 0;
  for (let k = 1; k < x.length; k++) largest = Math.max(largest, Math.abs(x[k]));
  if (largest === 0) return { vector: x, factor: 0, first: x[0] };
  largest = Math.max(largest, Math.abs(x[0]));
  let square = 0;
  for (let k = 0; k < x.length; k++) square += (x[k] / largest) ** 2;
  const norm = Math.sqrt(square) * largest;
  const first = x[0] > 0 ? -norm : norm;
  // both summands have one sign
  const head = x[0] - first;
  for (let k = 1; k < x.length; k++) x[k] /= head;
  const factor = -head / first;
  x[0] = 1;
  return { vector: x, factor, first };
}

/** Rows from … of a, from this column on, become (I − factor·v vᵀ) of them. */
export function reflectRows(a: Matrix, from: number, column: number, v: Float64Array, factor: number): void {
  const sums = new Float64Array(a.cols);
  for (let r = 0; r < v.length; r++) {
    const row = rowOf(a, from + r);
    for (let k = column; k < a.cols; k++) sums[k] += v[r] * row[k];
  }
  for (let r = 0; r < v.length; r++) {
    const row = rowOf(a, from + r);
    const share = factor * v[r];
    for (let k = column; k < a.cols; k++) row[k] -= share * sums[k];
  }
}

/** Columns from … of a, in the rows from this one on, become those times (I − factor·v vᵀ). */
export function reflectColumns(a: Matrix, top: number, from: number, v: Float64Array, factor: number): void {
  for (let r = top; r < a.rows; r++) {
    const row = rowOf(a, r);
    let sum = 0;
    for (let k = 0; k < v.length; k++) sum += row[from + k] * v[k];
    sum *= factor;
    for (let k = 0; k < v.length; k++) row[from + k] -= sum * v[k];
  }
}
