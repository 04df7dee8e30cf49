import type { Matrix } from "../../linalg/matrix.ts";
import { GATES } from "../names.ts";
import type { FullCell } from "../requirements.ts";
import { TRIANGLE } from "./blocks.ts";
import { hasInput } from "./by-input.ts";

/** Room for what a Hessian is made of. What stands in it holds until the next one. */
export interface Work {
  /** M: row 4d + g is (U_g^(d), W_g^(d)) [4H × (H + I)], without W where one is not there. */
  readonly rows: Matrix;
  /** Mᵀ */
  readonly columns: Matrix;
  /** K M */
  readonly right: Matrix;
  /** MᵀK M */
  readonly square: Matrix;
  /** K^(d) [H × 15] */
  readonly triangles: Float64Array;
  /** (h_{t-1}, x_t) */
  readonly inputs: Float64Array;
  /** b and what is left of it below the double, as number 4d + g. */
  readonly biases: readonly [Float64Array, Float64Array];
  /** By (h_{t-1}, x_t) and one component of c_{t-1}. */
  readonly byMemory: Float64Array;
}

/** Of a small cell to make an array takes longer than to fill it; that of a large one is not kept. */
const KEPT = 2 ** 17;
let kept = new Float64Array(0);

export function workFor(cell: FullCell): Work {
  const H = cell.hiddenSize;
  const rows = GATES.length * H;
  const cols = hasInput(cell) ? H + (cell.inputSize ?? 0) : H;
  const length = 3 * rows * cols + cols * cols + TRIANGLE * H + 2 * cols + 2 * rows;
  const room = length <= kept.length ? kept : new Float64Array(length);
  if (length <= KEPT) kept = room;
  let used = 0;
  const vector = (size: number) => {
    used += size;
    return room.subarray(used - size, used);
  };
  return {
    rows: { rows, cols, data: vector(rows * cols) },
    columns: { rows: cols, cols: rows, data: vector(rows * cols) },
    right: { rows, cols, data: vector(rows * cols) },
    square: { rows: cols, cols, data: vector(cols * cols) },
    triangles: vector(TRIANGLE * H),
    inputs: vector(cols),
    biases: [vector(rows), vector(rows)],
    byMemory: vector(cols),
  };
}
