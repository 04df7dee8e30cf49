/** What a report and its pictures are made of: the step that they look at, and its results. */
import { DlstmError, misuse } from "../errors.ts";
import type { Cell } from "../lstm/cell.ts";
import { cellAtStep } from "../lstm/cell-at-step.ts";
import { GATES } from "../lstm/names.ts";
import { missingKeys } from "../lstm/requirements.ts";
import { hessianResult } from "../lstm/results/hessian.ts";
import { forwardResult, jacobianResult } from "../lstm/results/one-step.ts";
import type { HessianResult } from "../lstm/results/records.ts";
import { termWeights } from "../lstm/results/term-weights.ts";

export interface Looked {
  /** The step looked at, how many there are, the cell at that step, and what can be told of the whole. */
  readonly t: number;
  readonly last: number;
  readonly cell: Cell;
  readonly whole: Cell;
}

/** @param step of a sequence; the last one unless given */
export function lookAt(given: Cell, step: number | undefined): Looked {
  const last = given.x?.rows ?? 1;
  // of a partial cell only the first step can be told
  const isComplete = GATES.every((g) => given.gates[g]?.W);
  const t = step ?? (isComplete ? last : 1);
  const whole = isComplete || given.x === null ? given : cellAtStep(given, t);
  // a cell without a sequence is refused here
  const cell = given.x === null && step === undefined ? given : cellAtStep(given, t);
  return { t, last, cell, whole };
}

/** The Jacobians of a step with their paths; null what the cell cannot tell. */
export function derivativesOf(cell: Cell) {
  const tells = (of: "f" | "h_t") => missingKeys(cell, of).length === 0;
  const jacobian =
    tells("f") || tells("h_t") ? jacobianResult(cell, { of: null, wrt: ["h_prev"], terms: tells("h_t") }) : null;
  const [terms, sum] = [jacobian?.terms, jacobian?.jacobian.h_t?.h_prev];
  const paths = terms && sum ? { terms, sum, weights: termWeights(terms, sum) } : null;
  return { forward: forwardResult(cell), jacobian, paths };
}

/** null where an entry leaves the double range: of what the page is about, that is the least. */
export function hessianOf(cell: Cell): HessianResult | null {
  try {
    return hessianResult(cell, { byPreactivations: false, unit: null, vector: null });
  } catch (error) {
    if (error instanceof DlstmError && error.problems[0].code === "overflow") return null;
    throw error;
  }
}

/** @throws {DlstmError} usage, for a unit that the cell does not have. */
export function requireUnit(unit: number, { hiddenSize }: Cell): void {
  if (unit < hiddenSize) return;
  throw misuse("--unit", `${unit}, expected 0 … ${hiddenSize - 1}, the units of this cell`);
}
