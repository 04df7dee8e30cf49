/** The results that a report is made of. */
import { explain } from "../explain/explain.ts";
import { TOPICS, type TopicName } from "../explain/topic-names.ts";
import type { Cell } from "../lstm/cell.ts";
import { gateCircle } from "../lstm/gate-circle.ts";
import { GATES, type Gate, type Output } from "../lstm/names.ts";
import { missingKeys } from "../lstm/requirements.ts";
import { ownDerivatives } from "../lstm/results/derivatives.ts";
import { jacobianResult, optimumResult } from "../lstm/results/one-step.ts";
import { outputOptimumResult } from "../lstm/results/output-optimum.ts";
import type { Progress } from "../lstm/results/sequence.ts";
import { sequencePicture } from "../lstm/results/sequence-picture.ts";
import { unitFlow } from "../lstm/results/unit-flow.ts";
import { stepLabel } from "../lstm/unroll.ts";
import type { ReportContent } from "../render/report/content.ts";
import { type CheckResult, checkResult } from "../verify/result.ts";
import { derivativesOf, hessianOf, lookAt, requireUnit } from "./report-parts.ts";

interface ReportRequest {
  readonly heading: string;
  /** Of a sequence; the last one unless given. */
  readonly step: number | undefined;
  /** What is looked at closely: one unit, and one of its gates. */
  readonly unit: number;
  readonly gate: Gate;
  readonly digits: number;
}

/** Up to this hidden size the derivation has the cell's numbers; above, matrices are for the pictures. */
const NUMBERED = 4;
const SHOWN_IF_SMALL: readonly TopicName[] = ["parameters", "hessian"];
/** The derivatives by weights are these times x_t and h_{t-1}. */
const BIASES = ["b_f", "b_i", "b_o", "b_u"] as const;
/** Up to this hidden size the page has second derivatives and searches for the optima of outputs: both take time. */
const FEW = 16;
/** Columns of H entries, over all steps, that are checked within a few seconds. */
const CHECKED_COLUMNS = 1024;

/** @throws {DlstmError} overflow, where an entry leaves the double range; usage, for a step or a unit that the cell does not have. */
export function compileReport(
  given: Cell,
  { heading, step, unit, gate, digits }: ReportRequest,
  progress: Progress,
): ReportContent {
  requireUnit(unit, given);
  const { t, last, cell, whole } = lookAt(given, step);
  const { forward, jacobian, paths } = derivativesOf(cell);
  const units = Array.from({ length: cell.hiddenSize }, (_, d) =>
    unitFlow(forward, cell.state, paths?.terms ?? null, d),
  );
  const tells = (of: Output) => missingKeys(cell, of).length === 0;
  const isFew = cell.hiddenSize <= FEW;
  const outputs = isFew ? (["c_t", "h_t"] as const).filter(tells) : [];
  return {
    heading,
    step: given.x === null ? null : { ...stepLabel(given, t), of: last },
    state: cell.state,
    forward,
    jacobian,
    byBiases: paths ? jacobianResult(cell, { of: ["c_t", "h_t"], wrt: BIASES, terms: false }) : null,
    hessian: paths && isFew ? hessianOf(cell) : null,
    paths,
    unit,
    units,
    circles: [gate, ...GATES.filter((g) => g !== gate)].filter(tells).map((g) => gateCircle(cell, g, unit)),
    optimum: tells("f") ? optimumResult(cell, { gates: ["f"], units: null, norm: "2", goal: "max" }) : null,
    outputOptima:
      outputs.length === 0 ? null : outputOptimumResult(cell, { of: outputs, goal: "max", units: [unit] }).optimum,
    sequence: whole.x === null ? null : sequencePicture(whole, last, half(progress, 0)),
    check: verdict(whole, half(progress, 1)),
    derivation: explain({
      // of a large cell nothing on the page shows derivatives by weights, or second ones
      topics: TOPICS.filter((topic) => !SHOWN_IF_SMALL.includes(topic) || cell.hiddenSize <= NUMBERED),
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
