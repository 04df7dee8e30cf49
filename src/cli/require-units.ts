import { misuse } from "../errors.ts";
import type { Cell } from "../lstm/cell.ts";

/** @throws {DlstmError} usage, where the cell has no such unit. */
export function requireUnits(cell: Cell, units: readonly number[]): void {
  for (const d of units) {
    if (d < cell.hiddenSize) continue;
    throw misuse("--unit", `${d}, expected 0 … ${cell.hiddenSize - 1}, the units of this cell`);
  }
}
