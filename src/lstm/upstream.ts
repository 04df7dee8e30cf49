import { failure } from "../errors.ts";
import { type Matrix, rowOf } from "../linalg/matrix.ts";
import type { Cell, Upstream } from "./cell.ts";

/** The upstream gradients [H] of step t of T alone: a single row belongs to the last step; absent, dh_T is all ones. */
export function upstreamAt({ dh_t, dc_t }: Upstream, t: number, steps: number, hiddenSize: number) {
  const isLast = t === steps;
  const none = new Float64Array(hiddenSize);
  const at = (rows: Matrix) => (rows.rows > 1 ? rowOf(rows, t - 1) : isLast ? rowOf(rows, 0) : none);
  return { dh_t: dh_t ? at(dh_t) : isLast ? none.map(() => 1) : none, dc_t: dc_t ? at(dc_t) : none };
}

/** A cell of one step with the upstream gradients of one unit alone: L is made of its outputs. */
export function ofUnitAlone(cell: Cell, unit: number): Cell {
  const { dh_t, dc_t } = upstreamAt(cell.upstream, 1, 1, cell.hiddenSize);
  const alone = (whole: Float64Array): Matrix => {
    return { rows: 1, cols: whole.length, data: whole.map((entry, k) => (k === unit ? entry : 0)) };
  };
  return { ...cell, upstream: { dh_t: alone(dh_t), dc_t: alone(dc_t) } };
}

/** @throws {DlstmError} shape, where the upstream gradients are neither one row [H] nor a row a step [T × H]. */
export function requireUpstream(upstream: Upstream, steps: number, hiddenSize: number): void {
  for (const place of ["dh_t", "dc_t"] as const) {
    const rows = upstream[place];
    if (rows === null || (rows.cols === hiddenSize && (rows.rows === 1 || rows.rows === steps))) continue;
    const message = `${rows.rows} × ${rows.cols}, expected 1 or ${steps} rows of ${hiddenSize} (the hidden size)`;
    throw failure("shape", message, { place });
  }
}
