/** Every number that a derivation may show, computed when it is looked up, by the functions that the commands print. */
import type { Cell } from "../lstm/cell.ts";
import { forward } from "../lstm/forward.ts";
import { findQuantity } from "../lstm/quantities.ts";
import { missingKeys } from "../lstm/requirements.ts";
import { Values } from "../lstm/values.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { INTERMEDIATE_NUMBERS } from "./intermediate-numbers.ts";
import type { NumberContext, NumberRow, Value } from "./number-row.ts";
import { SEQUENCE_NUMBERS } from "./sequence-numbers.ts";
import { sequenceValues } from "./sequence-values.ts";

/** A number of the cell, or the keys that it lacks for it; where the number does not exist at all none, and why. */
export type Told = { readonly value: Value } | { readonly lacking: readonly string[]; readonly why?: string };

/** Looks a quantity up by its path: those of the results, and those of `intermediate-numbers` and `sequence-numbers`. */
export type CellNumbers = (path: string) => Told;

/**
 * Opens the numbers of a cell.
 * @param cell the step of it that everything but `sequence.` is of
 * @throws {DlstmError} overflow, where an entry leaves the double range.
 */
export function openNumbers(whole: Cell, cell: Cell): CellNumbers {
  const trace = forward(cell);
  const context: NumberContext = { cell, trace, values: new Values(cell, trace), sequence: sequenceValues(whole) };
  return (path) => {
    const { needs, value, lacking = [], why } = rowAt(path);
    const missing = needs === undefined ? [] : missingKeys(cell, needs.of, needs.wrt);
    if (missing.length > 0) return { lacking: missing };
    const found = value(context);
    if (found !== null && found !== undefined) return { value: found };
    return why === undefined ? { lacking } : { lacking, why };
  };
}

/** The symbol of the quantity under such a path. */
export function symbolOf(path: string): Formula {
  return rowAt(path).symbol;
}

function rowAt(path: string): NumberRow {
  const quantity = findQuantity(path);
  if (quantity !== undefined) {
    const { needs, value } = quantity;
    return { symbol: quantity.symbol(), needs, value: ({ values }) => value(values) };
  }
  return SEQUENCE_NUMBERS[path] ?? INTERMEDIATE_NUMBERS[path];
}
