import { failure } from "../errors.ts";
import { type Matrix, rowOf } from "../linalg/matrix.ts";
import type { Cell } from "./cell.ts";
import { firstSteps, requireStep, walk, xRow } from "./unroll.ts";

/**
 * Step t (counted from 1) of a cell with a sequence x, as a cell of one step: x_t is row t − 1 of x, of a reverse cell row
 * T − t, and h_{t-1}, c_{t-1} are what the steps before it leave behind. Upstream gradients with a row a step keep the step's own row.
 * @throws {DlstmError} usage, where t is not one of the sequence's steps; missing, where the cell lacks a gate.
 */
export function cellAtStep(cell: Cell, t: number): Cell {
  if (cell.x === null) throw failure("usage", "the cell has no sequence x, expected one", { place: "--step" });
  requireStep(t, cell.x.rows, "--step");
  const x_t = rowOf(cell.x, xRow(cell, t));
  const upstream = { dh_t: ownRow(cell.upstream.dh_t, t), dc_t: ownRow(cell.upstream.dc_t, t) };
  // the first step needs no other gates than those it is asked about
  if (t === 1) return { ...cell, x: null, state: { ...cell.state, x_t }, upstream };
  let state = cell.state;
  for (const { trace } of walk(firstSteps(cell, t - 1))) state = { x_t, h_prev: trace.h_t, c_prev: trace.c_t };
  return { ...cell, x: null, state, upstream };
}

/** Of upstream gradients with a row a step, that of step t; a single row is taken for whatever step is chosen. */
function ownRow(rows: Matrix | null, t: number): Matrix | null {
  return rows === null || rows.rows === 1 ? rows : { rows: 1, cols: rows.cols, data: rowOf(rows, t - 1) };
}
