import type { Cell } from "../lstm/cell.ts";
import { requireUnit } from "../lstm/choices.ts";

/** @throws {DlstmError} usage, where the cell has no such unit. */
export function requireUnits(cell: Cell, units: readonly number[]): void {
  for (const d of units) requireUnit(d, cell.hiddenSize, "--unit");
}
