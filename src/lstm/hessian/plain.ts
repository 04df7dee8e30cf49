/** The Hessian of L in plain sums of doubles. */
import type { Matrix } from "../../linalg/matrix.ts";
import { addProduct } from "../../linalg/multiply.ts";
import { fromDoubles, type RealVector } from "../../linalg/real-vector.ts";
import { GATES } from "../names.ts";
import type { FullCell } from "../requirements.ts";
import { BLOCK_SIDE, blockEntries, inTriangle, TRIANGLE } from "./blocks.ts";
import { emptyHessian, type Hessian } from "./by-input.ts";
import { plainFactors } from "./plain-factors.ts";
import { type Work, workFor } from "./work.ts";

const DOUBLES = { times: (a: number, b: number) => a * b, plus: (a: number, b: number) => a + b };

/** Weights that are zero or within 2^±100: two of them times an entry of a block, within 2^±770 then, have all their digits. */
const [SMALLEST, LARGEST] = [2 ** -100, 2 ** 100];

/**
 * The blocks in plain doubles; null where a factor or weight is outside of what has all its digits in them.
 *
 * Bound: 32ε(1 + m)·Σ|terms| of {@link blockEntries}, multiplied out. Measured are at most 6 of the 32: a gate and its slopes are
 * off by a few ε, c_t by a few ε·m, which tanh and tanh' of it take on at most twice, and a term has at most seven factors.
 */
export function plainBlocks(cell: FullCell, dh_t: Float64Array, dc_t: Float64Array): RealVector[] | null {
  const work = workFor(cell);
  if (!setBlocks(work, cell, dh_t, dc_t)) return null;
  return Array.from({ length: TRIANGLE }, (_, at) =>
    fromDoubles(Float64Array.from({ length: cell.hiddenSize }, (_, d) => work.triangles[TRIANGLE * d + at])),
  );
}

/** Returns whether all is in range. */
function setBlocks(work: Work, cell: FullCell, dh_t: Float64Array, dc_t: Float64Array): boolean {
  const factors = setRows(work.rows, cell) ? plainFactors(cell, work, dh_t, dc_t) : null;
  if (factors === null) return false;
  for (let d = 0; d < factors.length; d++) work.triangles.set(blockEntries(DOUBLES, factors[d]), TRIANGLE * d);
  // + 0 turns −0 into 0
  for (let k = 0; k < work.triangles.length; k++) work.triangles[k] += 0;
  return true;
}

/** Returns whether all weights are in range. */
function setRows({ cols, data }: Matrix, { gates, hiddenSize: n }: FullCell): boolean {
  return GATES.every((g, k) => {
    const { U, W } = gates[g];
    return copyRows(data, k * cols, cols, U) && (cols === n || copyRows(data, k * cols + n, cols, W!));
  });
}

/** Row d to where it belongs; returns whether all of it is in range. */
function copyRows(out: Float64Array, from: number, length: number, { rows, cols, data }: Matrix): boolean {
  let isInRange = true;
  for (let d = 0, at = 0; d < rows; d++) {
    const to = from + GATES.length * d * length;
    for (let k = 0; k < cols; k++, at++) {
      const weight = data[at];
      const size = Math.abs(weight);
      if (size !== 0 && !(size >= SMALLEST && size <= LARGEST)) isInRange = false;
      out[to + k] = weight;
    }
  }
  return isInRange;
}

/**
 * Σ_d M^(d)ᵀ K^(d) M^(d), where M^(d) has the rows (U_g^(d), 0, W_g^(d)) for g = f, i, o, u and e_d at c_{t-1}: 4H(H + I)² work in plain
 * sums. Symmetric bit by bit, and diagonal by c_{t-1} twice.
 *
 * Bound: that of the blocks, and (n + 1)ε·Σ|products| for the n = 16H products K·M·M of an entry. null as {@link plainBlocks}.
 */
export function plainHessian(cell: FullCell, dh_t: Float64Array, dc_t: Float64Array): Hessian | null {
  const work = workFor(cell);
  if (!setBlocks(work, cell, dh_t, dc_t)) return null;
  const { rows, columns, right, square, triangles, byMemory } = work;
  const hessian = emptyHessian(cell);
  for (let d = 0; d < cell.hiddenSize; d++) {
    setTransposed(columns, rows, d);
    const K = triangles.subarray(TRIANGLE * d, TRIANGLE * (d + 1));
    for (let g = 0; g < GATES.length; g++) setThrough(right.data, (GATES.length * d + g) * rows.cols, K, g, rows, d);
    setThrough(byMemory, 0, K, BLOCK_SIDE - 1, rows, d);
    setMemory(hessian, d, byMemory, K[TRIANGLE - 1]);
  }
  square.data.fill(0);
  addProduct(square, columns, right);
  setSquare(hessian, square);
  return hessian;
}

/** The rows of unit d as columns. */
function setTransposed({ cols: stride, data }: Matrix, rows: Matrix, d: number): void {
  const { cols } = rows;
  for (let r = GATES.length * d; r < GATES.length * (d + 1); r++) {
    for (let k = 0; k < cols; k++) data[k * stride + r] = rows.data[r * cols + k];
  }
}

/** Where each entry of a block, row by row, is in its triangle. */
const AT = Int32Array.from({ length: BLOCK_SIDE * BLOCK_SIDE }, (_, at) =>
  inTriangle(Math.floor(at / BLOCK_SIDE), at % BLOCK_SIDE),
);

/** Row r of K times the rows of unit d. */
function setThrough(out: Float64Array, to: number, K: Float64Array, r: number, { cols, data }: Matrix, d: number) {
  const f = K[AT[BLOCK_SIDE * r]];
  const i = K[AT[BLOCK_SIDE * r + 1]];
  const o = K[AT[BLOCK_SIDE * r + 2]];
  const u = K[AT[BLOCK_SIDE * r + 3]];
  const at = GATES.length * d * cols;
  for (let k = 0; k < cols; k++) {
    const j = at + k;
    out[to + k] = f * data[j] + i * data[j + cols] + o * data[j + 2 * cols] + u * data[j + 3 * cols] + 0;
  }
}

/** By component d of c_{t-1}, and by it twice. */
function setMemory({ h_prev, c_prev, x_t }: Hessian, d: number, byMemory: Float64Array, twice: number): void {
  const n = c_prev.c_prev.cols;
  c_prev.c_prev.data[d * n + d] = twice;
  for (let k = 0; k < n; k++) h_prev.c_prev.data[k * n + d] = c_prev.h_prev.data[d * n + k] = byMemory[k];
  if (!x_t) return;
  const I = x_t.c_prev.rows;
  for (let k = 0; k < I; k++) x_t.c_prev.data[k * n + d] = c_prev.x_t!.data[d * I + k] = byMemory[n + k];
}

/** By h_{t-1} and x_t, of whose product the upper triangle is taken for both. */
function setSquare({ h_prev, x_t }: Hessian, { cols, data }: Matrix): void {
  const n = h_prev.h_prev.rows;
  for (let r = 0; r < cols; r++) for (let k = 0; k < r; k++) data[r * cols + k] = data[k * cols + r];
  setPart(h_prev.h_prev, data, 0, cols);
  if (!x_t) return;
  setPart(h_prev.x_t!, data, n, cols);
  setPart(x_t.h_prev, data, n * cols, cols);
  setPart(x_t.x_t!, data, n * cols + n, cols);
}

/** Rows and columns of a matrix, the first of which stands at `from`. */
function setPart({ rows, cols, data }: Matrix, whole: Float64Array, from: number, stride: number): void {
  for (let r = 0, at = 0; r < rows; r++) {
    for (let k = 0; k < cols; k++, at++) data[at] = whole[from + r * stride + k];
  }
}
