import { diagonal, type Matrix, rowOf, zeros } from "../linalg/matrix.ts";
import { wideOf } from "../linalg/scaled-matrix.ts";
import { toUnits } from "../linalg/wide-matrix.ts";
import type { BlockRow, StateJacobian } from "../lstm/state-jacobian.ts";
import type { StateProduct } from "../lstm/state-product.ts";
import type { StepJacobian } from "../lstm/step-jacobian.ts";
import type { Claims } from "./claims.ts";
import { halfOfRows } from "./inputs.ts";

/** A step's Jacobian by blocks, as claims; an entry beyond the doubles is not finite. */
export function stepClaims(step: StepJacobian, input: StateProduct): Claims {
  const { h_t, c_t } = step.doubles ?? blocksOf(toUnits(step.wide, 0));
  const byInput = input.printed ?? toUnits(wideOf(input), 0);
  return new Map([
    ["jacobian.h_t.h_prev", h_t.h_prev],
    ["jacobian.h_t.c_prev", diagonal(h_t.c_prev)],
    ["jacobian.c_t.h_prev", c_t.h_prev],
    ["jacobian.c_t.c_prev", diagonal(c_t.c_prev)],
    ["jacobian.h_t.x_t", halfOfRows(byInput, 0)],
    ["jacobian.c_t.x_t", halfOfRows(byInput, 1)],
  ]);
}

/** [2H × 2H] by blocks, of which those of c_{t-1} are diagonal. */
function blocksOf(whole: Matrix): StateJacobian {
  const n = whole.rows / 2;
  const blockRow = (top: number): BlockRow => {
    const h_prev = zeros(n, n);
    for (let r = 0; r < n; r++) rowOf(h_prev, r).set(rowOf(whole, top + r).subarray(0, n));
    return { h_prev, c_prev: Float64Array.from({ length: n }, (_, r) => rowOf(whole, top + r)[n + r]) };
  };
  return { h_t: blockRow(0), c_t: blockRow(n) };
}
