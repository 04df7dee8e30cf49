import { type Matrix, rowOf } from "../linalg/matrix.ts";
import type { Upstream } from "./cell.ts";

/** The upstream gradients [H] of step t of T alone: a single row belongs to the last step; absent, dh_T is all ones. */
export function upstreamAt({ dh_t, dc_t }: Upstream, t: number, steps: number, hiddenSize: number) {
  const isLast = t === steps;
  const none = new Float64Array(hiddenSize);
  const at = (rows: Matrix) => (rows.rows > 1 ? rowOf(rows, t - 1) : isLast ? rowOf(rows, 0) : none);
  return { dh_t: dh_t ? at(dh_t) : isLast ? none.map(() => 1) : none, dc_t: dc_t ? at(dc_t) : none };
}
