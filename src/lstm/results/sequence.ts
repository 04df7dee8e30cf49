import { inPlace } from "../../errors.ts";
import { transpose } from "../../linalg/matrix.ts";
import { log10, type ScaledNumber, toDouble } from "../../linalg/scaled-number.ts";
import type { Cell } from "../cell.ts";
import type { Trace } from "../forward.ts";
import { LyapunovExponents } from "../lyapunov.ts";
import {
  ofStep,
  productsToEnd,
  requireSpan,
  type ScaledColumns,
  type Span,
  timesScaled,
  toScaledMatrix,
} from "../sequence-jacobian.ts";
import { apart, beside, type StateJacobian, stateJacobian, timesTransposedStep } from "../state-jacobian.ts";
import { firstSteps, placeOf, stepLabel, stepsOf, unroll, walk } from "../unroll.ts";
import type { Flow, SequenceResult, SequenceStep, SequenceSummary, StepFlow } from "./records.ts";
import { flowRecord, productNorm, stepRecord, summary } from "./sequence-parts.ts";

/** Called as the work goes on: so many of so many parts are done. */
export type Progress = (done: number, total: number) => void;

/**
 * The steps of a sequence, the Jacobian of its last state by its first, and how a gradient grows or vanishes between.
 * @param span the steps from + 1 … to; all else is then told of that part
 * @throws {DlstmError} usage, where the span is none of the sequence; missing, where the cell lacks a gate; overflow, naming
 * the step; unsupported, where a norm is not found.
 */
export function sequenceResult(cell: Cell, span: Span, progress: Progress = () => undefined): SequenceResult {
  requireSpan(span, stepsOf(cell));
  const count = span.to - span.from;
  const exponents = new LyapunovExponents(cell.hiddenSize);
  const steps: SequenceStep[] = [];
  const flows: StepFlow[] = [];
  for (const { t, trace, jacobian } of stepsIn(cell, span)) {
    const label = stepLabel(cell, t);
    steps.push({ ...label, ...stepRecord(t, trace) });
    flows.push({ ...label, ...flowRecord(t, trace, jacobian) });
    exponents.add(jacobian);
    progress(t - span.from, 2 * count);
  }
  const toEnd: ScaledNumber[] = [];
  let whole: ScaledColumns | null = null;
  for (const { t, product } of productsToEnd(unroll(firstSteps(cell, span.to)), span)) {
    whole = product;
    toEnd[t - span.from] = productNorm(product, `‖∂s_${span.to}/∂s_${t}‖`);
    progress(count + span.to - t, 2 * count);
  }
  toEnd[count] = { value: 1, exponent: 0 };
  const flow = flows.map((step, k): Flow => {
    const norm = toEnd[k + 1];
    return { ...step, to_end_norm: toDouble(norm), to_end_log10: log10(norm) };
  });
  return { ...summary(cell, span, toScaledMatrix(whole!), toEnd[0], exponents), steps, flow };
}

/** A line of the stream: first the steps with their flow, without what only the end tells; last the summary. */
export type SequenceLine = (SequenceStep & StepFlow) | SequenceSummary;

/**
 * The same as a stream, in memory that does not grow with the number of steps.
 * @throws {DlstmError} as {@link sequenceResult}
 */
export function* sequenceLines(cell: Cell, span: Span): Generator<SequenceLine> {
  requireSpan(span, stepsOf(cell));
  const exponents = new LyapunovExponents(cell.hiddenSize);
  // the product from the start grows on its left; transposed, on its right
  let transposed: ScaledColumns | null = null;
  for (const { t, trace, jacobian } of stepsIn(cell, span)) {
    yield { ...stepLabel(cell, t), ...stepRecord(t, trace), ...flowRecord(t, trace, jacobian) };
    exponents.add(jacobian);
    transposed =
      transposed === null ? transposedStep(jacobian) : timesScaled(transposed, jacobian, timesTransposedStep);
  }
  const { scaled, exponent } = toScaledMatrix(transposed!);
  const norm = productNorm(transposed!, `‖∂s_${span.to}/∂s_${span.from}‖`);
  yield summary(cell, span, { scaled: transpose(scaled), exponent }, norm, exponents);
}

function* stepsIn(cell: Cell, { from, to }: Span): Generator<{ t: number; trace: Trace; jacobian: StateJacobian }> {
  for (const { t, trace } of walk(firstSteps(cell, to))) {
    if (t > from) yield { t, trace, jacobian: inPlace(placeOf(cell, t), () => stateJacobian(trace)) };
  }
}

/** The transpose of a single step's Jacobian, as a product to go on with. */
function transposedStep(step: StateJacobian): ScaledColumns {
  const { columns, exponent } = ofStep(step);
  return { columns: apart(transpose(beside(columns))), exponent };
}
