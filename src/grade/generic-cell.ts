import { type Matrix, zeros } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { GATES, type Gate } from "../lstm/names.ts";

/** A cell with the same keys and sizes and numbers that mean nothing: what agrees there agrees on every such cell. */
export function genericCell({ gates, hiddenSize: n, inputSize, x, state, upstream, ...rest }: Cell): Cell {
  let count = 0;
  // any numbers between −1 and 1 that no formula connects, the same each time
  const number = () => Math.sin(++count * count * 1.618) * 0.9;
  const vector = (length: number) => Float64Array.from({ length }, number);
  const matrix = (rows: number, cols: number): Matrix => ({ ...zeros(rows, cols), data: vector(rows * cols) });
  const like = (matrixOf: Matrix | null) => matrixOf && matrix(matrixOf.rows, matrixOf.cols);
  const generic: Partial<Record<Gate, NonNullable<Cell["gates"][Gate]>>> = {};
  for (const g of GATES) if (gates[g]) generic[g] = { W: like(gates[g].W), U: matrix(n, n), b: vector(n) };
  return {
    ...{ ...rest, hiddenSize: n, inputSize, gates: generic, x: like(x) },
    state: { x_t: state.x_t && vector(state.x_t.length), h_prev: vector(n), c_prev: vector(n) },
    upstream: { dh_t: like(upstream.dh_t), dc_t: like(upstream.dc_t) },
  };
}
