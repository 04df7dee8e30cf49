import type { Cell } from "../cell.ts";
import { GOALS, type Goal, STATE_OUTPUTS, type StateOutput } from "../names.ts";
import { type KnownMaxima, outputOptimum } from "../output-optimum.ts";
import { missingKeys } from "../requirements.ts";
import { header, notes } from "./notes.ts";
import type { OutputOptima, OutputOptimumResult } from "./records.ts";

export interface OutputOptimumRequest {
  readonly of: readonly StateOutput[];
  readonly goal: Goal;
  /** null: all units */
  readonly units: readonly number[] | null;
}

/**
 * The optimal unit h_{t-1} of each output and unit, with its certificate.
 * @throws {DlstmError} missing, where the cell lacks a gate.
 */
export function outputOptimumResult(cell: Cell, { of, goal, units }: OutputOptimumRequest): OutputOptimumResult {
  const options = units === null ? { goal } : { goal, units };
  const known: KnownMaxima = new Map();
  const outputs = Object.fromEntries(of.map((one) => [one, outputOptimum(cell, one, options, known)]));
  return { ...header(cell), optimum: { norm: "2", goal, outputs }, ...notes(cell, of, [], ["c_prev", "x_t"]) };
}

/** The optima of every output that the cell tells, largest and smallest, as a check has them handed in. */
export function ownOptima(cell: Cell): OutputOptima[] {
  const of = STATE_OUTPUTS.filter((output) => missingKeys(cell, output).length === 0);
  return GOALS.map((goal) => outputOptimumResult(cell, { of, goal, units: null }).optimum);
}
