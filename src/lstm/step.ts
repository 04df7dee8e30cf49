import { failure } from "../errors.ts";
import { rowOf } from "../linalg/matrix.ts";
import type { Cell } from "./cell.ts";
import { forward } from "./forward.ts";

/**
 * Step t (counted from 1) of a cell with a sequence x, as a cell of one step: x_t is row t − 1 of x, and h_{t-1}, c_{t-1}
 * are what the steps before it leave behind.
 * @throws {DlstmError} usage, where t is not one of the sequence's steps; missing, where the cell lacks a gate.
 */
export function cellAtStep(cell: Cell, t: number): Cell {
  if (cell.x === null) throw failure("usage", "the cell has no sequence x, expected one", { place: "--step" });
  if (t > cell.x.rows) throw failure("usage", `${t}, expected 1 … ${cell.x.rows}, the steps of x`, { place: "--step" });
  let step: Cell = { ...cell, x: null, state: { ...cell.state, x_t: rowOf(cell.x, 0) } };
  for (let next = 1; next < t; next++) {
    const { c_t, h_t } = forward(step);
    if (c_t === null || h_t === null) {
      throw failure("missing", "expected U_f, U_i, U_o and U_u: later steps need all four gates", { place: "x" });
    }
    step = { ...step, state: { x_t: rowOf(cell.x, next), h_prev: h_t, c_prev: c_t.hi } };
  }
  return step;
}

/**
 * The cell itself, which then is one of a single step.
 * @throws {DlstmError} usage, where the cell holds a sequence.
 */
export function requireOneStep(cell: Cell): Cell {
  if (cell.x === null) return cell;
  const message = `a sequence of ${cell.x.rows} steps, expected x_t: this command computes one step, choose it with --step t`;
  throw failure("usage", message, { place: "x" });
}
