import { log10, type ScaledNumber, toNormalDouble } from "../../linalg/scaled-number.ts";
import type { Cell } from "../cell.ts";
import { lyapunovSpectrum } from "../lyapunov-spectrum.ts";
import type { Run } from "../proved-spectrum.ts";
import { productToStart, requireSpan, type Span } from "../sequence-jacobian.ts";
import { nextTimes, ofStep, type StateProduct, toScaledMatrix } from "../state-product.ts";
import { stepJacobian } from "../step-jacobian.ts";
import type { Traces } from "../traces.ts";
import { firstSteps, stepsOf, unroll, walk } from "../unroll.ts";
import type { Flow, SequenceResult, SequenceStep, SequenceSummary, StepFlow } from "./records.ts";
import { flowRecord, productNorm, stepRecord, summary } from "./sequence-parts.ts";

/** Called as the work goes on: so many of so many parts are done. */
export type Progress = (done: number, total: number) => void;

type Visit = (t: number, product: StateProduct) => void;

/**
 * The steps of a sequence, the Jacobian of its last state by its first, and how a gradient grows or vanishes between.
 * The forward pass is run once and its traces kept as far as {@link Traces} do, with what the result itself holds.
 * @param span the steps from + 1 … to; all else is then told of that part
 * @param visit is told of ∂s_to/∂s_t for each t from to − 1 down to from
 * @throws {DlstmError} usage, where the span is none of the sequence; missing, where the cell lacks a gate; overflow, naming
 * the step; unsupported, where a norm is not found.
 */
export function sequenceResult(cell: Cell, span: Span, progress?: Progress, visit?: Visit): SequenceResult {
  requireSpan(span, stepsOf(cell));
  const { traces } = unroll(firstSteps(cell, span.to));
  const { flow, product, norm } = sequenceFlow(cell, traces, span, progress, visit);
  const own = () => traces.from(span.from);
  const lyapunov = lyapunovSpectrum({ cell, steps: span.to - span.from, traces: own });
  const steps = Array.from(own(), (trace, k) => stepRecord(cell, span.from + k + 1, trace));
  return { ...summary(cell, span, toScaledMatrix(product), norm, lyapunov), steps, flow };
}

/**
 * What each step of a span does to a gradient, ∂s_to/∂s_from and its norm. The Jacobian of a step is made once, on the
 * way back, and not kept.
 * @throws {DlstmError} unsupported, where a norm is not found.
 */
export function sequenceFlow(cell: Cell, traces: Traces, span: Span, progress?: Progress, visit?: Visit) {
  const { from, to } = span;
  const flow = new Array<Flow>(to - from);
  let norm: ScaledNumber = { value: 1, exponent: 0 };
  const product = productToStart(traces, span, ({ t, step, product }) => {
    const done = 2 * (to - t);
    const ofStep = flowRecord(cell, t + 1, traces.at(t), step);
    flow[t - from] = { ...ofStep, to_end_norm: toNormalDouble(norm), to_end_log10: log10(norm) };
    visit?.(t, product);
    progress?.(done - 1, 2 * flow.length);
    norm = productNorm(product, `‖∂s_${to}/∂s_${t}‖`);
    progress?.(done, 2 * flow.length);
  });
  return { flow, product, norm };
}

/** A line of the stream: first the steps with their flow, without what only the end tells; last the summary. */
export type SequenceLine = (SequenceStep & StepFlow) | SequenceSummary;

/**
 * The same as a stream, in memory that does not grow with the number of steps.
 * @throws {DlstmError} as {@link sequenceResult}
 */
export function* sequenceLines(cell: Cell, span: Span): Generator<SequenceLine> {
  requireSpan(span, stepsOf(cell));
  let product: StateProduct | null = null;
  for (const { t, trace } of stepsIn(cell, span)) {
    const step = stepJacobian(trace);
    yield { ...stepRecord(cell, t, trace), ...flowRecord(cell, t, trace, step) };
    product = product === null ? ofStep(step) : nextTimes(step, product);
    if (t < span.to) continue;
    const norm = productNorm(product, `‖∂s_${t}/∂s_${span.from}‖`);
    yield summary(cell, span, toScaledMatrix(product), norm, lyapunovSpectrum(runOver(cell, span)));
  }
}

/** The steps of a span in order. */
export function* stepsIn(cell: Cell, { from, to }: Span): ReturnType<typeof walk> {
  for (const step of walk(firstSteps(cell, to))) if (step.t > from) yield step;
}

/** The steps of a span again, as often as they are asked for: nothing of them is kept. */
export function runOver(cell: Cell, span: Span): Run {
  function* traces() {
    for (const { trace } of stepsIn(cell, span)) yield trace;
  }
  return { cell, steps: span.to - span.from, traces };
}
