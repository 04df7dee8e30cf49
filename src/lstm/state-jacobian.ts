import { type Block, columnsOf, diagonal, type Matrix, rowOf, zeros } from "../linalg/matrix.ts";
import { addProduct } from "../linalg/multiply.ts";
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

/** As one matrix [2H × 2H]. */
export function wholeStep({ h_t, c_t }: StateJacobian): Matrix {
  const n = h_t.c_prev.length;
  const whole = zeros(2 * n, 2 * n);
  [h_t, c_t].forEach(({ h_prev, c_prev }, part) => {
    for (let r = 0; r < n; r++) {
      const row = rowOf(whole, part * n + r);
      row.set(rowOf(h_prev, r));
      row[n + r] = c_prev[r];
    }
  });
  return whole;
}

/** S · right: 4H³ multiplications, because two of the four blocks are diagonal. */
export function stepTimes({ h_t, c_t }: StateJacobian, right: Matrix): Matrix {
  const result = zeros(right.rows, right.cols);
  const [h, c] = halves(right);
  const parts = halves(result);
  [h_t, c_t].forEach(({ h_prev, c_prev }, k) => {
    addProduct(parts[k], h_prev, h);
    addScaledRows(parts[k], c_prev, c);
  });
  return result;
}

/** left · S */
export function timesStep({ h_t, c_t }: StateJacobian, left: Matrix): Matrix {
  const n = left.cols / 2;
  const result = zeros(left.rows, left.cols);
  const [h, c] = [columnsOf(result, 0, n), columnsOf(result, n, n)];
  [h_t, c_t].forEach(({ h_prev, c_prev }, k) => {
    const part = columnsOf(left, k * n, n);
    addProduct(h, part, h_prev);
    addScaledColumns(c, part, c_prev);
  });
  return result;
}

/** The rows that belong to h and those that belong to c, as views. */
function halves({ rows, cols, data }: Matrix): [h: Matrix, c: Matrix] {
  const half = { rows: rows / 2, cols };
  const middle = data.length / 2;
  return [
    { ...half, data: data.subarray(0, middle) },
    { ...half, data: data.subarray(middle) },
  ];
}

/** out += diag(d) · right */
function addScaledRows(out: Matrix, d: Float64Array, { cols, data }: Matrix): void {
  for (let r = 0; r < d.length; r++) {
    for (let k = r * cols; k < (r + 1) * cols; k++) out.data[k] += data[k] * d[r];
  }
}

/** out += left · diag(d), of matrices as far apart */
function addScaledColumns(out: Block, { rows, stride, data }: Block, d: Float64Array): void {
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < d.length; k++) out.data[r * stride + k] += data[r * stride + k] * d[k];
  }
}
