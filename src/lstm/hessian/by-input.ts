import type { Matrix } from "../../linalg/matrix.ts";
import type { Cell } from "../cell.ts";
import { GATES } from "../names.ts";
import type { FullCell } from "../requirements.ts";

/** A value for each input of the step; for x_t only where every W is there. */
export type ByInput<T> = Readonly<Record<"h_prev" | "c_prev", T>> & Readonly<Partial<Record<"x_t", T>>>;

/** ∂²L/∂A∂B under A and B: rows A, columns B. */
export type Hessian = ByInput<ByInput<Matrix>>;

/** Whether there are second derivatives by x_t. */
export function hasInput({ gates, inputSize }: Cell): boolean {
  return inputSize !== null && GATES.every((g) => gates[g]?.W);
}

/** A Hessian of zeros. */
export function emptyHessian(cell: FullCell): Hessian {
  const H = cell.hiddenSize;
  const I = hasInput(cell) ? (cell.inputSize ?? 0) : 0;
  // of a small cell making room takes longer than filling it: one array for all nine
  const room = new Float64Array((2 * H + I) ** 2);
  let used = 0;
  const zeros = (rows: number, cols: number): Matrix => {
    const data = room.subarray(used, used + rows * cols);
    used += rows * cols;
    return { rows, cols, data };
  };
  const row = (rows: number): ByInput<Matrix> => {
    const own = { h_prev: zeros(rows, H), c_prev: zeros(rows, H) };
    return hasInput(cell) ? { ...own, x_t: zeros(rows, I) } : own;
  };
  const own = { h_prev: row(H), c_prev: row(H) };
  return hasInput(cell) ? { ...own, x_t: row(I) } : own;
}
