/** A few long rows in coordinates of the space that they span, as a QR decomposition gives them, with what that lost. */
import { affine } from "./affine.ts";
import { productError, sumError } from "./error-free.ts";
import { type Matrix, rowOf, zeros } from "./matrix.ts";
import { euclideanNorm, scaleVector } from "./norm.ts";
import { orthonormalise } from "./orthonormal.ts";
import { fromDoubles, over, repeated, toDoubles } from "./real-vector.ts";
import { scaleByPowerOfTwo } from "./scale.ts";

/**
 * Rows A [m × n] = R·Q + E with Q [k × n], whose rows are orthonormal within rounding. For every vector h with ‖h‖ ≤ 1 there
 * is a y with ‖y‖ ≤ 1, of ‖y‖ = ‖h‖ where k = n, with |A_r·h − R_r·y| ≤ errors[r].
 */
export interface RowBasis {
  /** R [m × k] */
  readonly rows: Matrix;
  /** Q [k × n] */
  readonly basis: Matrix;
  /** [m] */
  readonly errors: Float64Array;
}

const EPSILON = 2 ** -53;

/**
 * The basis from Gram–Schmidt, and its errors from what it is, not from how it was made: with the polar decomposition
 * Q = P·Q', Q' exactly orthonormal, y = Q'h and A_r·h = R_r·y + R_r(P − I)y + E_r·h, so that
 *
 *     |A_r·h − R_r·y| ≤ ‖R_r‖·‖QQᵀ − I‖ + ‖E_r‖          for ‖P − I‖ ≤ ‖P² − I‖ = ‖QQᵀ − I‖
 *
 * E and QQᵀ − I are computed without cancelling.
 * @param A [m × n]
 * @param dimension k ≤ n; at least as large as the rank, or E is no rounding
 */
export function rowBasis(A: Matrix, dimension: number): RowBasis {
  const scaled = zeros(A.rows, A.cols);
  const exponents = Array.from({ length: A.rows }, (_, r) => {
    const row = scaleVector(rowOf(A, r));
    rowOf(scaled, r).set(row.scaled);
    return row.exponent;
  });
  const basis = basisOf(scaled, dimension);
  const rows = zeros(A.rows, dimension);
  for (let j = 0; j < dimension; j++) {
    const along = toDoubles(affine(A.rows, [{ matrix: scaled, vector: rowOf(basis, j) }]));
    for (let r = 0; r < A.rows; r++) rows.data[r * dimension + j] = along[r];
  }
  const skew = skewOf(basis);
  const errors = new Float64Array(A.rows);
  for (let r = 0; r < A.rows; r++) {
    const own = rowOf(rows, r);
    const error = size(own) * skew + residueOf(rowOf(scaled, r), own, basis);
    errors[r] = scaleByPowerOfTwo(error * (1 + 2 ** -40), exponents[r]);
    for (let j = 0; j < dimension; j++) own[j] = scaleByPowerOfTwo(own[j], exponents[r]);
  }
  return { rows, basis, errors };
}

/** An orthonormal basis of the rows, the longest part first, and of what else there is. */
function basisOf(scaled: Matrix, dimension: number): Matrix {
  const basis = zeros(dimension, scaled.cols);
  let count = 0;
  const add = (v: Float64Array) => {
    if (count === dimension || orthonormalise(v, basis, count) === 0) return;
    rowOf(basis, count++).set(normalised(v));
  };
  for (let r = 0; r < scaled.rows; r++) add(Float64Array.from(rowOf(scaled, r)));
  for (let k = 0; k < scaled.cols; k++) {
    const unit = new Float64Array(scaled.cols);
    unit[k] = 1;
    // one of n unit vectors lies 1/√n or more outside a space of fewer dimensions
    if (count < dimension && outside(unit, basis, count) > 0.5 / Math.sqrt(scaled.cols)) add(unit);
  }
  return basis;
}

/** v/‖v‖, each entry rounded once. */
export function normalised(v: Float64Array): Float64Array {
  return toDoubles(over(fromDoubles(v), repeated(euclideanNorm(v), v.length)));
}

/** How much of a unit vector the first rows of the basis leave. */
function outside(unit: Float64Array, basis: Matrix, count: number): number {
  let within = 0;
  for (let j = 0; j < count; j++) {
    const row = rowOf(basis, j);
    const part = unit.reduce((sum, entry, k) => sum + entry * row[k], 0);
    within += part * part;
  }
  return Math.sqrt(Math.max(0, 1 - within));
}

/** ‖QQᵀ − I‖, from above: each dot is the nearest double, thus within ε where it is 1 and almost exact where it is 0. */
function skewOf(basis: Matrix): number {
  let squares = 0;
  for (let j = 0; j < basis.rows; j++) {
    const dots = toDoubles(affine(basis.rows, [{ matrix: basis, vector: rowOf(basis, j) }]));
    for (let k = 0; k < basis.rows; k++) squares += (Math.abs(dots[k] - (j === k ? 1 : 0)) + EPSILON) ** 2;
  }
  return Math.sqrt(squares);
}

/** ‖a − Σ_j r_j q_j‖, from above: each product and sum with its error, in twice the digits of a double. */
function residueOf(a: Float64Array, own: Float64Array, basis: Matrix): number {
  let squares = 0;
  for (let k = 0; k < a.length; k++) {
    let [high, low, total] = [a[k], 0, Math.abs(a[k])];
    for (let j = 0; j < own.length; j++) {
      const q = basis.data[j * basis.cols + k];
      const product = -own[j] * q;
      const sum = high + product;
      low += sumError(high, product, sum) + productError(-own[j], q, product);
      high = sum;
      total += Math.abs(product);
    }
    squares += (Math.abs(high + low) + 32 * EPSILON * EPSILON * total + Number.MIN_VALUE) ** 2;
  }
  return Math.sqrt(squares) * (1 + a.length * 2 ** -50);
}

function size(v: Float64Array): number {
  return Math.sqrt(v.reduce((sum, entry) => sum + entry * entry, 0));
}
