import { diagonal, type Matrix, rowOf, transpose, zeros } from "../linalg/matrix.ts";
import { addProduct } from "../linalg/multiply.ts";
import { maxNorm } from "../linalg/norm.ts";
import { exponentOf, scaleByPowerOfTwo } from "../linalg/scale.ts";
import { type FullTrace, requireTrace, type Trace } from "./forward.ts";
import { byMemory, throughGates } from "./jacobian.ts";
import { GATES } from "./names.ts";
import { requireFinite } from "./overflow.ts";

/**
 * ∂(h_t, c_t)/∂(h_{t-1}, c_{t-1}) by blocks. c_{t-1} is an input of the step beside h_{t-1}, so both columns of blocks
 * count: a product of ∂h_t/∂h_{t-1} alone misses the memory's path ∂c_t/∂c_{t-1} = diag(f).
 */
export interface StateJacobian {
  readonly h_t: BlockRow;
  readonly c_t: BlockRow;
}

/** One row of blocks: the derivatives of one part of the state. */
export interface BlockRow {
  /** [H × H] */
  readonly h_prev: Matrix;
  /** The diagonal [H] of a block that is diagonal. */
  readonly c_prev: Float64Array;
}

/** A matrix [n × 2H] by the columns that belong to h and those that belong to c, each [n × H]. */
export interface StateColumns {
  readonly h: Matrix;
  readonly c: Matrix;
}

/**
 * The Jacobian of one step by its whole state.
 * @throws {DlstmError} missing, where the cell lacks a gate; overflow, where an entry leaves the double range.
 */
export function stateJacobian(trace: Trace): StateJacobian {
  const found = unboundedStateJacobian(requireTrace(trace, "h_t"));
  for (const of of ["h_t", "c_t"] as const) {
    requireFinite(diagonal(found[of].c_prev), `jacobian.${of}.c_prev`);
    requireFinite(found[of].h_prev, `jacobian.${of}.h_prev`);
  }
  return found;
}

/** The same, with what leaves the double range left to the caller. */
export function unboundedStateJacobian(trace: FullTrace): StateJacobian {
  const row = (of: "h_t" | "c_t"): BlockRow => ({
    h_prev: throughGates(trace, of, "U", GATES),
    c_prev: byMemory(trace, of) ?? new Float64Array(trace.cell.hiddenSize),
  });
  return { h_t: row("h_t"), c_t: row("c_t") };
}

/** All entries that are not zero by form. */
export function vectorsOf({ h_t, c_t }: StateJacobian): Float64Array[] {
  return [h_t.h_prev.data, h_t.c_prev, c_t.h_prev.data, c_t.c_prev];
}

/** The Jacobian of one step as a matrix [2H × 2H], by columns. */
export function stepColumns({ h_t, c_t }: StateJacobian): StateColumns {
  const n = h_t.c_prev.length;
  const columns = { h: zeros(2 * n, n), c: zeros(2 * n, n) };
  [h_t, c_t].forEach(({ h_prev, c_prev }, row) => {
    columns.h.data.set(h_prev.data, row * n * n);
    columns.c.data.set(diagonal(c_prev).data, row * n * n);
  });
  return columns;
}

/** left · S: 4H³ multiplications, because two of the four blocks are diagonal. */
export function timesStep(left: StateColumns, { h_t, c_t }: StateJacobian): StateColumns {
  const result = zerosLike(left);
  addProduct(result.h, left.h, h_t.h_prev);
  addProduct(result.h, left.c, c_t.h_prev);
  addScaledColumns(result.c, left.h, h_t.c_prev);
  addScaledColumns(result.c, left.c, c_t.c_prev);
  return result;
}

/** left · Sᵀ, the transpose of S · leftᵀ */
export function timesTransposedStep(left: StateColumns, { h_t, c_t }: StateJacobian): StateColumns {
  const result = zerosLike(left);
  addProduct(result.h, left.h, transpose(h_t.h_prev));
  addScaledColumns(result.h, left.c, h_t.c_prev);
  addProduct(result.c, left.h, transpose(c_t.h_prev));
  addScaledColumns(result.c, left.c, c_t.c_prev);
  return result;
}

/** The columns of h, then those of c [n × 2H]. */
export function beside({ h, c }: StateColumns): Matrix {
  const n = h.cols;
  const matrix = zeros(h.rows, 2 * n);
  for (let r = 0; r < h.rows; r++) {
    matrix.data.set(h.data.subarray(r * n, (r + 1) * n), 2 * r * n);
    matrix.data.set(c.data.subarray(r * n, (r + 1) * n), (2 * r + 1) * n);
  }
  return matrix;
}

/** The columns of an [n × 2H] matrix apart. */
export function apart(matrix: Matrix): StateColumns {
  const n = matrix.cols / 2;
  const half = (from: number): Matrix => {
    const result = zeros(matrix.rows, n);
    for (let r = 0; r < matrix.rows; r++) rowOf(result, r).set(rowOf(matrix, r).subarray(from, from + n));
    return result;
  };
  return { h: half(0), c: half(n) };
}

/** Entries up to 2^300 leave room for products of many steps; beyond it the step is scaled. */
const ROOM = 300;

/** The step as scaled · 2^exponent, exponent 0 unless its entries are so large that a product could overflow. */
export function tamed(step: StateJacobian): { readonly scaled: StateJacobian; readonly exponent: number } {
  const exponent = exponentOf(Math.max(...vectorsOf(step).map(maxNorm)));
  if (exponent <= ROOM) return { scaled: step, exponent: 0 };
  return { scaled: mapEntries(step, (entry) => scaleByPowerOfTwo(entry, -exponent)), exponent };
}

function mapEntries({ h_t, c_t }: StateJacobian, change: (entry: number) => number): StateJacobian {
  const row = ({ h_prev, c_prev }: BlockRow): BlockRow => ({
    h_prev: { ...h_prev, data: h_prev.data.map(change) },
    c_prev: c_prev.map(change),
  });
  return { h_t: row(h_t), c_t: row(c_t) };
}

function zerosLike({ h, c }: StateColumns): StateColumns {
  return { h: zeros(h.rows, h.cols), c: zeros(c.rows, c.cols) };
}

/** out += left · diag(d) */
function addScaledColumns(out: Matrix, left: Matrix, d: Float64Array): void {
  for (let r = 0; r < left.rows; r++) {
    for (let k = 0; k < d.length; k++) out.data[r * d.length + k] += left.data[r * d.length + k] * d[k];
  }
}
