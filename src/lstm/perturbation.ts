import type { Matrix } from "../linalg/matrix.ts";
import { sumWeightedRows, type WeightedRows } from "../linalg/weighted-rows.ts";
import type { Cell } from "./cell.ts";
import type { Trace } from "./forward.ts";
import { GATES, type Gate } from "./names.ts";
import { sensitivity } from "./sensitivity.ts";
import type { BlockRow, StateJacobian } from "./state-jacobian.ts";

/** 2^17 times the rounding of a double. */
const SHARE = 2 ** -36;

/** A run with errors that are known to be larger than those of rounding, the same each time. */
export interface Perturbation {
  /** The step with each entry off by up to 2^−36 of Σ|terms| of which it is the sum. */
  perturbed(trace: Trace, step: StateJacobian): StateJacobian;
  /** Something up to ± 2^−35, as an error of a vector whose largest component is between 1 and 2. */
  noise(): number;
}

export function perturbation(cell: Cell): Perturbation {
  const random = xorshift(2463534242);
  const sizes = new Map<Gate, Matrix>();
  for (const g of GATES) {
    const U = cell.gates[g]?.U;
    if (U) sizes.set(g, { ...U, data: U.data.map(Math.abs) });
  }
  const blockRow = (trace: Trace, of: "h_t" | "c_t", { h_prev, c_prev }: BlockRow): BlockRow => {
    const { preactivation } = sensitivity(trace, of);
    const terms: WeightedRows[] = [];
    for (const [g, matrix] of sizes) {
      const weights = preactivation[g];
      if (weights) terms.push({ weights: weights.map(Math.abs), matrix });
    }
    const size = sumWeightedRows(terms, h_prev.rows, h_prev.cols);
    const data = h_prev.data.map((entry, k) => entry + SHARE * random() * size.data[k]);
    return { h_prev: { ...h_prev, data }, c_prev: c_prev.map((entry) => entry * (1 + SHARE * random())) };
  };
  return {
    perturbed: (trace, { h_t, c_t }) => ({ h_t: blockRow(trace, "h_t", h_t), c_t: blockRow(trace, "c_t", c_t) }),
    noise: () => 2 * SHARE * random(),
  };
}

/** Numbers in [−1, 1) that look random (Marsaglia 2003). */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
}
