import { type Matrix, zeros } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { GATES, type Gate } from "../lstm/names.ts";
import type { Vector } from "./rules.ts";

/** A cell with the same keys and sizes and numbers that mean nothing: what agrees there agrees on every such cell. */
export function genericCell(cell: Cell): Cell {
  return filled(cell, false);
}

/** The same with inputs that are zero where those of the cell are: what is zero there is so by the equations. */
export function genericCellWithZeros(cell: Cell): Cell {
  return filled(cell, true);
}

function filled({ gates, hiddenSize: n, inputSize, x, state, upstream, ...rest }: Cell, keepsZeros: boolean): Cell {
  let count = 0;
  // any numbers between −1 and 1 that no formula connects, the same each time
  const number = () => Math.sin(++count * count * 1.618) * 0.9;
  const vector = (length: number) => Float64Array.from({ length }, number);
  const matrix = (rows: number, cols: number): Matrix => ({ ...zeros(rows, cols), data: vector(rows * cols) });
  const like = (one: Matrix | null) => one && matrix(one.rows, one.cols);
  const input = (own: Vector | null, length: number) =>
    vector(length).map((entry, k) => (keepsZeros && (own?.[k] ?? 0) === 0 ? 0 : entry));
  const inputs = (own: Matrix | null) => own && { ...own, data: input(own.data, own.data.length) };
  const generic: Partial<Record<Gate, NonNullable<Cell["gates"][Gate]>>> = {};
  for (const g of GATES) if (gates[g]) generic[g] = { W: like(gates[g].W), U: matrix(n, n), b: vector(n) };
  return {
    ...{ ...rest, hiddenSize: n, inputSize, gates: generic, x: inputs(x) },
    state: {
      x_t: state.x_t && input(state.x_t, state.x_t.length),
      ...{ h_prev: input(state.h_prev, n), c_prev: input(state.c_prev, n) },
    },
    upstream: { dh_t: inputs(upstream.dh_t), dc_t: inputs(upstream.dc_t) },
  };
}
