/** The entries of the Hessian to about 80 bits, many at a time. */
import type { Cell } from "../lstm/cell.ts";
import { GATES, type Wrt } from "../lstm/names.ts";
import { type Ball, toDouble } from "./arithmetic.ts";
import { Estimates } from "./estimate.ts";
import { UNIT_INPUTS } from "./unit.ts";

const N = UNIT_INPUTS.length;

export class HessianEstimates {
  readonly #cell: Cell;
  /** The entries of the units' blocks, row by row, with what is allowed for each. */
  readonly blocks: Estimates;
  /** What each of them counts in what is allowed for an entry of the Hessian. */
  readonly #allowed: Float64Array;

  /** @param allowedInSums what each of the values counts in what is allowed for the Hessian */
  constructor(cell: Cell, values: readonly Ball[], allowed: readonly Ball[], allowedInSums: readonly Ball[]) {
    this.#cell = cell;
    this.blocks = new Estimates(values.length, Float64Array.from(allowed, toDouble));
    for (const [k, value] of values.entries()) this.blocks.set(k, value);
    this.#allowed = Float64Array.from(allowedInSums, toDouble);
  }

  /** Σ_d Σ_g M_g[row]·(Σ_k K_gk M_k[column]) by the rows that are wanted. */
  column(wrt: Wrt, column: number): (of: Wrt, rows: readonly number[]) => Estimates {
    const by = this.#moves(wrt, column);
    const moved = new Estimates(by.length);
    const allowed = new Float64Array(by.length);
    for (let k = 0; k < by.length; k++) {
      const unit = k - (k % N);
      moved.setDot(k, this.blocks, k * N, by, unit, N);
      for (let j = 0; j < N; j++) allowed[k] += this.#allowed[k * N + j] * Math.abs(by[unit + j]);
    }
    return (of, rows) => {
      const limits = new Float64Array(rows.length);
      const found = new Estimates(rows.length, limits);
      for (const [at, row] of rows.entries()) {
        const factors = this.#moves(of, row);
        found.setDot(at, moved, 0, factors, 0, factors.length);
        for (let k = 0; k < factors.length; k++) limits[at] += allowed[k] * Math.abs(factors[k]);
      }
      return found;
    };
  }

  /** How z_g and c_{t-1} of each unit move with a component of an input [5H]. */
  #moves(input: Wrt, component: number): Float64Array {
    const { gates, hiddenSize } = this.#cell;
    const moves = new Float64Array(N * hiddenSize);
    if (input === "c_prev") {
      moves[component * N + GATES.length] = 1;
      return moves;
    }
    for (const [k, g] of GATES.entries()) {
      const matrix = gates[g]?.[input === "h_prev" ? "U" : "W"];
      for (let d = 0; matrix && d < hiddenSize; d++) moves[d * N + k] = matrix.data[d * matrix.cols + component];
    }
    return moves;
  }
}
