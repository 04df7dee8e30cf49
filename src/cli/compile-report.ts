/** The results that a report is made of. */
import { explain } from "../explain/explain.ts";
import type { Cell } from "../lstm/cell.ts";
import { cellAtStep } from "../lstm/cell-at-step.ts";
import { GATES } from "../lstm/names.ts";
import { missingKeys } from "../lstm/requirements.ts";
import { ownDerivatives } from "../lstm/results/derivatives.ts";
import { forwardResult, jacobianResult, optimumResult } from "../lstm/results/one-step.ts";
import { type Progress, sequenceResult } from "../lstm/results/sequence.ts";
import { termWeights } from "../lstm/results/term-weights.ts";
import { stepLabel } from "../lstm/unroll.ts";
import type { ReportContent } from "../render/report/content.ts";
import { type CheckResult, checkResult } from "../verify/result.ts";

interface ReportRequest {
  readonly heading: string;
  /** Of a sequence; the last one unless given. */
  readonly step: number | undefined;
  readonly digits: number;
}

/** Up to this hidden size the derivation has the cell's numbers; above, matrices are for the pictures. */
const NUMBERED = 4;
/** Columns of H entries, over all steps, that are checked within a few seconds. */
const CHECKED_COLUMNS = 1024;

/** @throws {DlstmError} overflow, where an entry leaves the double range; usage, for a step that the sequence does not have. */
export function compileReport(
  given: Cell,
  { heading, step, digits }: ReportRequest,
  progress: Progress,
): ReportContent {
  const last = given.x?.rows ?? 1;
  // of a partial cell only the first step can be told
  const isComplete = GATES.every((g) => given.gates[g]?.W);
  const t = step ?? (isComplete ? last : 1);
  const whole = isComplete || given.x === null ? given : cellAtStep(given, t);
  // a cell without a sequence is refused here
  const cell = given.x === null && step === undefined ? given : cellAtStep(given, t);
  const tells = (of: "f" | "h_t") => missingKeys(cell, of).length === 0;
  const jacobian =
    tells("f") || tells("h_t") ? jacobianResult(cell, { of: null, wrt: ["h_prev"], terms: tells("h_t") }) : null;
  const [terms, sum] = [jacobian?.terms, jacobian?.jacobian.h_t?.h_prev];
  return {
    heading,
    step: given.x === null ? null : { ...stepLabel(given, t), of: last },
    state: cell.state,
    forward: forwardResult(cell),
    jacobian,
    paths: terms && sum ? termWeights(terms, sum) : null,
    optimum: tells("f") ? optimumResult(cell, { gates: ["f"], units: null, norm: "2", goal: "max" }) : null,
    sequence: whole.x === null ? null : sequenceResult(whole, { from: 0, to: last }, half(progress, 0)),
    check: verdict(whole, half(progress, 1)),
    derivation: explain({
      topics: [],
      norm: null,
      cell: cell.hiddenSize <= NUMBERED ? whole : null,
      unit: null,
      step: whole.x === null ? null : t,
    }),
    digits,
  };
}

function half(progress: Progress, which: 0 | 1): Progress {
  return (done, total) => progress(which * total + done, 2 * total);
}

/** The check, of so many columns that it takes a few seconds; where even one a step takes longer, a word about it. */
function verdict(cell: Cell, progress: Progress): CheckResult | string {
  const steps = cell.x?.rows ?? 1;
  const columns = Math.floor(CHECKED_COLUMNS / (cell.hiddenSize * steps));
  if (columns === 0) return "Not checked, for it would take long: dlstm check does it.";
  const sampled = columns >= Math.max(cell.hiddenSize, cell.inputSize ?? 0) ? null : columns;
  return checkResult(cell, ownDerivatives, null, { columns: sampled, tolerance: null, progress });
}
