import type { Matrix } from "../../linalg/matrix.ts";
import type { Cell } from "../../lstm/cell.ts";
import { GATES } from "../../lstm/names.ts";
import type { Convention } from "./conventions/convention.ts";
import { exportWeights } from "./conventions/export.ts";

/**
 * A cell as JSON in a convention: natively with its name, direction and state, so that it reads back whole; elsewhere the
 * weights alone, as the framework has them, in ONNX beside the attribute that tells a reverse cell.
 * @throws {DlstmError} as {@link exportWeights}
 */
export function exportCell(cell: Cell, convention: Convention): object {
  const weights = exportWeights(cell, convention);
  const direction = cell.reverse ? DIRECTION[convention] : {};
  if (convention !== "native") return { ...direction, ...weights };
  const { name, state, x, upstream } = cell;
  const known = { name, ...direction, ...weights, ...state, x, dh_t: row(upstream.dh_t), dc_t: row(upstream.dc_t) };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
}

/** What says beside the weights that x is read from its last row to its first; PyTorch and MXNet say it in their names. */
const DIRECTION: Partial<Record<Convention, object>> = {
  native: { reverse: true },
  onnx: { direction: "reverse" },
  pytorch: {},
  mxnet: {},
};

/**
 * Whether what {@link exportCell} writes leaves it open that the cell is a reverse one.
 * @param isNumbersOnly what is written holds no text or truth value, so that only names tell it
 */
export function losesDirection(cell: Cell, convention: Convention, isNumbersOnly = false): boolean {
  const said = DIRECTION[convention];
  return cell.reverse && (said === undefined || (isNumbersOnly && Object.keys(said).length > 0));
}

/** The biases that {@link exportCell} rounds: `b_f[0]` is the sum of two numbers, which is no double. */
export function roundedBiases({ gates }: Cell): string[] {
  return GATES.flatMap((g) =>
    Array.from(gates[g]?.bRest ?? [], (rest, r) => (rest === 0 ? [] : [`b_${g}[${r}]`])).flat(),
  );
}

/** A single row of upstream gradients as the vector that it is. */
function row(rows: Matrix | null): Matrix | Float64Array | null {
  return rows?.rows === 1 ? rows.data : rows;
}
