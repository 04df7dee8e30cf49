import { inPlace } from "../../errors.ts";
import { log10, type ScaledNumber, toDouble } from "../../linalg/scaled-number.ts";
import type { Cell } from "../cell.ts";
import type { Trace } from "../forward.ts";
import { lyapunovSpectrum, type Run } from "../lyapunov-spectrum.ts";
import { productsToEnd, requireSpan, type Span } from "../sequence-jacobian.ts";
import { ofStep, type StateProduct, timesNextTransposed, toScaledMatrix, transposed } from "../state-product.ts";
import { type Step, stepJacobian } from "../step-jacobian.ts";
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
  const steps: SequenceStep[] = [];
  const flows: StepFlow[] = [];
  for (const { t, trace, jacobian } of stepsIn(cell, span)) {
    const label = stepLabel(cell, t);
    steps.push({ ...label, ...stepRecord(t, trace) });
    flows.push({ ...label, ...flowRecord(t, trace, jacobian) });
    progress(t - span.from, 2 * count);
  }
  const toEnd: ScaledNumber[] = [];
  let whole: StateProduct | null = null;
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
  const lyapunov = lyapunovSpectrum(runOver(cell, span));
  return { ...summary(cell, span, toScaledMatrix(whole!), toEnd[0], lyapunov), steps, flow };
}

/** A line of the stream: first the steps with their flow, without what only the end tells; last the summary. */
export type SequenceLine = (SequenceStep & StepFlow) | SequenceSummary;

/**
 * The same as a stream, in memory that does not grow with the number of steps.
 * @throws {DlstmError} as {@link sequenceResult}
 */
export function* sequenceLines(cell: Cell, span: Span): Generator<SequenceLine> {
  requireSpan(span, stepsOf(cell));
  // the product from the start grows on its left; transposed, on its right
  let product: StateProduct | null = null;
  for (const { t, trace, jacobian } of stepsIn(cell, span)) {
    yield { ...stepLabel(cell, t), ...stepRecord(t, trace), ...flowRecord(t, trace, jacobian) };
    product = product === null ? transposed(ofStep(jacobian)) : timesNextTransposed(product, jacobian);
  }
  const whole = transposed(product!);
  const norm = productNorm(whole, `‖∂s_${span.to}/∂s_${span.from}‖`);
  yield summary(cell, span, toScaledMatrix(whole), norm, lyapunovSpectrum(runOver(cell, span)));
}

function* stepsIn(cell: Cell, { from, to }: Span): Generator<{ t: number; trace: Trace; jacobian: Step }> {
  for (const { t, trace } of walk(firstSteps(cell, to))) {
    if (t > from) yield { t, trace, jacobian: inPlace(placeOf(cell, t), () => stepJacobian(trace)) };
  }
}

/** The steps of a span again, as often as they are asked for: nothing of them is kept. */
function runOver(cell: Cell, span: Span): Run {
  function* traces(): Generator<Trace> {
    for (const { t, trace } of walk(firstSteps(cell, span.to))) if (t > span.from) yield trace;
  }
  return { cell, steps: span.to - span.from, traces };
}
