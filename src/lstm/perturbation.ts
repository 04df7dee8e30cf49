import { xorshift } from "../linalg/orthonormal.ts";
import { sumWeightedRows } from "../linalg/weighted-rows.ts";
import type { Cell } from "./cell.ts";
import { sensitivity } from "./equations.ts";
import type { Trace } from "./forward.ts";
import { weightedGates } from "./jacobian.ts";
import type { BlockRow, StateJacobian } from "./state-jacobian.ts";

/** 2^17 times the rounding of a double. */
const SHARE = 2 ** -36;

/** A run with errors that are known to be larger than those of rounding, the same each time. */
export interface Perturbation {
  /** The step with each of the terms of which an entry is the sum off by up to 2^−36 of it. */
  perturbed(trace: Trace, step: StateJacobian): StateJacobian;
  /** Something up to ± 2^−35, as an error of a vector whose largest component is between 1 and 2. */
  noise(): number;
}

export function perturbation(cell: Cell): Perturbation {
  const random = xorshift();
  const shaken = (entry: number) => entry * (1 + SHARE * random());
  const blockRow = ({ numbers }: Trace, of: "h_t" | "c_t", { h_prev, c_prev }: BlockRow): BlockRow => {
    const terms = weightedGates(cell, sensitivity(numbers, of), "U").map(({ weights, matrix }) => {
      return { weights, matrix: { ...matrix, data: matrix.data.map(shaken) } };
    });
    return { h_prev: sumWeightedRows(terms, h_prev.rows, h_prev.cols), c_prev: c_prev.map(shaken) };
  };
  return {
    perturbed: (trace, { h_t, c_t }) => ({ h_t: blockRow(trace, "h_t", h_t), c_t: blockRow(trace, "c_t", c_t) }),
    noise: () => 2 * SHARE * random(),
  };
}
