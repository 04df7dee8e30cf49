import { zeros } from "../linalg/matrix.ts";
import type { Trace } from "../lstm/forward.ts";
import type { Quantity } from "../lstm/quantities.ts";
import { missingKeys } from "../lstm/requirements.ts";
import { type Rows, Values } from "../lstm/values.ts";
import { onceBy } from "../once.ts";
import { type Entries, matrix, scalar, vector } from "./entries.ts";

/** The quantities of a cell as entries to be compared, right or with a step gone wrong. */
export class GradedValues extends Values {
  readonly #entries = new Map<string, Entries | null>();

  /**
   * The quantity's entries; null where the cell does not tell them.
   * @throws {DlstmError} overflow, where an entry leaves the double range.
   */
  of(quantity: Quantity): Entries | null {
    return onceBy(this.#entries, quantity.path, () => this.#compute(quantity));
  }

  #compute({ needs, value }: Quantity): Entries | null {
    if (missingKeys(this.cell, needs.of, needs.wrt).length > 0) return null;
    const found = value(this);
    if (found === null) return null;
    if (typeof found === "number") return scalar(found);
    if (found instanceof Float64Array) return vector(found);
    return "data" in found ? matrix(found) : rowsWithNaN(found, this.cell.hiddenSize);
  }
}

/** Those of one step. */
export type StepValues = GradedValues & { readonly trace: Trace };

export function isOfStep(values: GradedValues | null): values is StepValues {
  return values !== null && values.trace !== null;
}

/** NaN where there is no h*: what agrees there is for attainsOptimum to say. */
function rowsWithNaN(rows: Rows, cols: number): Entries {
  const result = zeros(rows.length, cols);
  rows.forEach((row, r) => {
    if (row === null) result.data.fill(Number.NaN, r * cols, (r + 1) * cols);
    else result.data.set(row, r * cols);
  });
  return matrix(result);
}
