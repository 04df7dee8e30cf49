/** Every number that a derivation may show, computed when it is looked up, by the functions that the commands print. */
import type { Cell } from "../lstm/cell.ts";
import { cellAtStep } from "../lstm/cell-at-step.ts";
import { forward } from "../lstm/forward.ts";
import { findQuantity } from "../lstm/quantities.ts";
import { missingKeys } from "../lstm/requirements.ts";
import { backwardResult } from "../lstm/results/backward.ts";
import { Values } from "../lstm/values.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { INTERMEDIATE_NUMBERS } from "./intermediate-numbers.ts";
import type { NumberContext, NumberRow, Value } from "./number-row.ts";
import { SEQUENCE_SYMBOLS, type SequenceNumbers, sequenceNumbers } from "./sequence-numbers.ts";

/** A number of the cell, or the keys that it lacks for it; where the number does not exist at all none, and why. */
export type Told = { readonly value: Value } | { readonly lacking: readonly string[]; readonly why?: string };

/** Looks a quantity up by its path: those of the results, and those of `intermediate-numbers` and `sequence-numbers`. */
export type CellNumbers = (path: string) => Told;

const BEYOND =
  "the entries of the product lie beyond the normal doubles: dlstm sequence prints them times a power of two";

/**
 * Opens the numbers of a cell. Of a cell with a sequence, everything but `sequence.` is that of step `step`.
 * @throws {DlstmError} overflow, where an entry leaves the double range; usage, where the sequence has no such step.
 */
export function openNumbers(whole: Cell, step: number): CellNumbers {
  const cell = whole.x === null ? whole : cellAtStep(whole, step);
  const trace = forward(cell);
  const context: NumberContext = {
    ...{ cell, trace, values: new Values(cell, trace) },
    backward: once(() => backwardResult(cell, { steps: true })),
    sequence: once(() => sequenceNumbers(whole)),
  };
  return (path) => {
    const { needs, value, lacking = [], why } = rowAt(path);
    const missing = needs === undefined ? [] : missingKeys(cell, needs.of, needs.wrt);
    if (missing.length > 0) return { lacking: missing };
    const found = value(context);
    if (found !== null && found !== undefined) return { value: found };
    return why === undefined ? { lacking } : { lacking, why };
  };
}

/** The symbol of the quantity under a path. */
export function symbolOf(path: string): Formula {
  return rowAt(path).symbol;
}

function rowAt(path: string): NumberRow {
  const quantity = findQuantity(path);
  if (quantity !== undefined) {
    const { needs, value } = quantity;
    return { symbol: quantity.symbol(), needs, value: ({ values }) => value(values) };
  }
  if (isAlongSequence(path)) {
    const value = ({ sequence }: NumberContext) => sequence()[path];
    return { symbol: SEQUENCE_SYMBOLS[path], needs: { of: "h_t" }, value, why: BEYOND };
  }
  return INTERMEDIATE_NUMBERS[path];
}

function isAlongSequence(path: string): path is keyof SequenceNumbers {
  return Object.hasOwn(SEQUENCE_SYMBOLS, path);
}

function once<T>(compute: () => T): () => T {
  let result: { value: T } | null = null;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}
