import type { Matrix } from "../../linalg/matrix.ts";
import type { Cell } from "../../lstm/cell.ts";
import { type ExportedWeights, exportWeights } from "./conventions/export.ts";
import type { Convention } from "./conventions/layout.ts";

/**
 * A cell as JSON in a convention: natively with its name and state, so that it reads back whole; elsewhere the weights
 * alone, as the framework has them.
 * @throws {DlstmError} as {@link exportWeights}
 */
export function exportCell(cell: Cell, convention: Convention): object {
  const weights = exportWeights(cell, convention);
  return convention === "native" ? { ...named(cell), ...weights, ...stateOf(cell) } : weights;
}

function named({ name }: Cell): { name?: string } {
  return name === null ? {} : { name };
}

function stateOf({ x, state, upstream }: Cell): ExportedWeights {
  const known = { ...state, x, dh_t: row(upstream.dh_t), dc_t: row(upstream.dc_t) };
  const result: ExportedWeights = {};
  for (const [key, value] of Object.entries(known)) if (value !== null) result[key] = value;
  return result;
}

/** A single row of upstream gradients as the vector that it is. */
function row(rows: Matrix | null): Matrix | Float64Array | null {
  return rows?.rows === 1 ? rows.data : rows;
}
