/** What is to be judged of one step: a task a column, so that progress shows. */
import type { Cell } from "../lstm/cell.ts";
import { GATES, OUTPUTS, type Output, PARAMETERS, WRTS, type Wrt } from "../lstm/names.ts";
import { type CheckOptions, type Claim, type Claims, everyRow, sampled, type Verdicts } from "./claims.ts";
import type { Places } from "./place.ts";
import type { StepColumn, StepEntries } from "./step-entries.ts";

type Task = () => void;

/** Those of the Jacobians by the inputs; of a sequence, of step t. */
export function columnTasks(
  cell: Cell,
  entries: StepEntries,
  claims: Claims,
  options: CheckOptions,
  verdicts: Verdicts,
  t?: number,
): Task[] {
  return WRTS.flatMap((wrt) => tasksBy(wrt, cell, entries, claims, options, verdicts, t));
}

function tasksBy(
  wrt: Wrt,
  { hiddenSize, inputSize }: Cell,
  entries: StepEntries,
  claims: Claims,
  { columns }: CheckOptions,
  verdicts: Verdicts,
  t?: number,
): Task[] {
  const claimed = OUTPUTS.flatMap((of) => {
    const claim = claims.get(`jacobian.${of}.${wrt}`);
    return claim ? [{ of, claim, path: `jacobian.${of}.${wrt}` }] : [];
  });
  if (claimed.length === 0) return [];
  const rows = everyRow(hiddenSize);
  return sampled(wrt === "x_t" ? (inputSize ?? 0) : hiddenSize, columns).map((column) => () => {
    const found = entries.byInput(wrt, column);
    const places = t === undefined ? { rows, column } : { t, rows, column };
    for (const { of, claim, path } of claimed) judgeColumn(verdicts, path, claim, places, found, of);
  });
}

function judgeColumn(
  verdicts: Verdicts,
  path: string,
  claim: Claim,
  places: Places,
  found: StepColumn,
  of: Output,
): void {
  verdicts.addEstimated(path, claim, places, found.estimates(of), ({ row }) => found.exactly(of, row));
}

/** Those of the Jacobians by the parameters; of a bias, one for all of it. */
export function parameterTasks(
  { hiddenSize }: Cell,
  entries: StepEntries,
  claims: Claims,
  { columns }: CheckOptions,
  verdicts: Verdicts,
): Task[] {
  return PARAMETERS.flatMap((parameter) => {
    const claimed = OUTPUTS.flatMap((of) => {
      const path = `jacobian.${of}.${parameter}`;
      const claim = claims.get(path);
      return claim ? [{ of, claim, path }] : [];
    });
    const [first] = claimed;
    if (first === undefined) return [];
    const chosen = first.claim instanceof Float64Array ? [null] : sampled(first.claim.cols, columns);
    const rows = everyRow(hiddenSize);
    return chosen.map((column) => () => {
      const found = entries.byParameter(parameter, column ?? 0);
      for (const { of, claim, path } of claimed) judgeColumn(verdicts, path, claim, { rows, column }, found, of);
    });
  });
}

/** Those of the paths. */
export function termTasks(
  { hiddenSize }: Cell,
  entries: StepEntries,
  claims: Claims,
  { columns }: CheckOptions,
  verdicts: Verdicts,
): Task[] {
  return GATES.flatMap((g) => {
    const claim = claims.get(`terms.${g}`);
    if (claim === undefined) return [];
    const rows = everyRow(hiddenSize);
    return sampled(hiddenSize, columns).map((column) => () => {
      judgeColumn(verdicts, `terms.${g}`, claim, { rows, column }, entries.term(g, column), "h_t");
    });
  });
}
