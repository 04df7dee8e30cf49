/** A sequence with what its inputs do to its end, and with the spectra of its Jacobians. */
import { failure } from "../../errors.ts";
import { type Eigenvalue, eigenvalues } from "../../linalg/eigenvalues.ts";
import { type Matrix, zeros } from "../../linalg/matrix.ts";
import { rectangularNorm } from "../../linalg/rectangular-norm.ts";
import { scaleByPowerOfTwo } from "../../linalg/scale.ts";
import { log10, type ScaledNumber, toNormalDouble } from "../../linalg/scaled-number.ts";
import type { Cell } from "../cell.ts";
import { requireOneOf } from "../choices.ts";
import type { FullTrace } from "../forward.ts";
import { inputsToEnd } from "../input-jacobian.ts";
import { CHEAP, FIRST_BITS, workOf } from "../proved-spectrum.ts";
import type { Span } from "../sequence-jacobian.ts";
import { singularLogarithms, stepSingularLogarithms } from "../singular-spectrum.ts";
import { halfOf, ofStep, type StateProduct, toScaledMatrix } from "../state-product.ts";
import { type StepJacobian, stepJacobian } from "../step-jacobian.ts";
import { firstSteps, stepLabel, unroll } from "../unroll.ts";
import type { InputJacobian, SequenceResult, SequenceSummary, Spectrum } from "./records.ts";
import { type Progress, runOver, type SequenceLine, sequenceLines, sequenceResult, stepsIn } from "./sequence.ts";

/** Whether ∂(h_T, c_T)/∂x_t are told entry by entry, 2·T·H·I numbers, or by their norms. */
export const INPUT_DETAILS = ["entries", "norms"] as const;
export type InputDetail = (typeof INPUT_DETAILS)[number];

/** What {@link sequenceResult} tells, with ∂(h_T, c_T)/∂x_t for every step, and the spectra of the steps and of the whole. */
export type SequenceWrtX = SequenceResult & Spectrum & { readonly input_jacobian: readonly InputJacobian[] };

/** @throws {DlstmError} as {@link sequenceResult}; missing, where the cell has no x; usage, for another detail. */
export function sequenceWrtX(cell: Cell, span: Span, detail: InputDetail, progress?: Progress): SequenceWrtX {
  requireInputs(cell, detail);
  const count = span.to - span.from;
  const total = 4 * count;
  const base = sequenceResult(cell, span, (done) => progress?.(done, total));
  const spectra = Array.from(stepsIn(cell, span), ({ t, trace }) => {
    progress?.(total / 2 + t - span.from, total);
    return stepSpectrum(cell, count, t, trace, stepJacobian(trace));
  });
  const inputs: InputJacobian[] = [];
  for (const input of inputJacobians(cell, span, detail)) {
    inputs.push(input);
    progress?.(total - count + inputs.length, total);
  }
  const flow = base.flow.map((step, k) => ({ ...step, ...spectra[k] }));
  return { ...base, flow, input_jacobian: inputs.reverse(), ...wholeSpectrum(cell, span, base) };
}

/** A line of its own for each step's ∂(h_T, c_T)/∂x_t. */
export interface InputLine {
  readonly input_jacobian: InputJacobian;
}

/**
 * The same as a stream: the steps in order, then ∂(h_T, c_T)/∂x_t from the last step to the first, as each follows from the one
 * after it, then the summary. Beside what {@link sequenceLines} takes it keeps the states, 16 TH bytes.
 * @throws {DlstmError} as {@link sequenceWrtX}
 */
export function* sequenceLinesWrtX(cell: Cell, span: Span, detail: InputDetail): Generator<SequenceLine | InputLine> {
  requireInputs(cell, detail);
  const steps = stepsIn(cell, span);
  for (const line of sequenceLines(cell, span)) {
    if ("t" in line) {
      const { trace } = steps.next().value!;
      yield { ...line, ...stepSpectrum(cell, span.to - span.from, line.t, trace, stepJacobian(trace)) };
    } else {
      for (const input of inputJacobians(cell, span, detail)) yield { input_jacobian: input };
      yield { ...line, ...wholeSpectrum(cell, span, line) };
    }
  }
}

function requireInputs({ x, inputSize }: Cell, detail: InputDetail): void {
  requireOneOf(detail, INPUT_DETAILS, "detail");
  if (x !== null && inputSize !== null) return;
  throw failure("missing", "missing, expected the inputs of the steps", { place: "x" });
}

/** ∂(h_T, c_T)/∂x_t from the span's last step to its first. */
export function* inputJacobians(cell: Cell, span: Span, detail: InputDetail): Generator<InputJacobian> {
  const { traces } = unroll(firstSteps(cell, span.to));
  for (const { t, product } of inputsToEnd(traces, span)) yield record(cell, t, product, detail);
}

function record(cell: Cell, t: number, product: StateProduct, detail: InputDetail): InputJacobian {
  const norms = inputNorms(cell, t, product);
  return detail === "norms" ? norms : { ...stepLabel(cell, t), ...entriesOf(product), ...norms };
}

/** The norms of ∂h_T/∂x_t and ∂c_T/∂x_t, which the product holds. */
export function inputNorms(cell: Cell, t: number, product: StateProduct): InputJacobian {
  const [h, c] = [normOfHalf(product, 0), normOfHalf(product, 1)];
  return {
    ...stepLabel(cell, t),
    ...{ h_T_norm: toNormalDouble(h), c_T_norm: toNormalDouble(c), h_T_log10: log10(h), c_T_log10: log10(c) },
  };
}

function entriesOf(product: StateProduct) {
  const { scaled, exponent } = toScaledMatrix(product);
  const [h_T, c_T] = [0, 1].map((part): Matrix => {
    const rows = scaled.rows / 2;
    const start = part * rows * scaled.cols;
    return { rows, cols: scaled.cols, data: scaled.data.slice(start, start + rows * scaled.cols) };
  });
  return { h_T, c_T, exponent2: exponent };
}

/** ‖·‖₂ of the rows of h or of those of c, whose entries may lie beyond the doubles. */
function normOfHalf(product: StateProduct, part: 0 | 1): ScaledNumber {
  const { scaled, exponent } = halfOf(product, part);
  const { value, exponent: own } = rectangularNorm(scaled);
  return { value, exponent: own + exponent };
}

/** Of ∂s_t/∂s_{t-1}. @param steps so many in all: of few and small ones the singular values are proved by balls */
function stepSpectrum(cell: Cell, steps: number, t: number, trace: FullTrace, step: StepJacobian): Spectrum {
  const { scaled, exponent } = toScaledMatrix(ofStep(step));
  const inBoth = workOf({ cell, steps }, FIRST_BITS) <= CHEAP;
  return {
    eigenvalues: eigenvaluesOf(scaled, exponent, `steps[${t - 1}].eigenvalues`),
    singular_log10: stepSingularLogarithms(trace, step, inBoth),
  };
}

/** Of ∂s_T/∂s_0 as it is printed, in the same units; the singular values from the factors. */
function wholeSpectrum(cell: Cell, span: Span, { jacobian }: SequenceSummary): Spectrum {
  return {
    eigenvalues: eigenvaluesOf(wholeOf(jacobian), 0, "eigenvalues"),
    singular_log10: singularLogarithms(runOver(cell, span)),
  };
}

/** The four blocks as one matrix [2H × 2H]. */
function wholeOf({ h_T, c_T }: SequenceSummary["jacobian"]): Matrix {
  const n = h_T.h_0.rows;
  const whole = zeros(2 * n, 2 * n);
  for (const [k, { h_0, c_0 }] of [h_T, c_T].entries()) {
    for (const [j, block] of [h_0, c_0].entries()) {
      for (let r = 0; r < n; r++) {
        whole.data.set(block.data.subarray(r * n, (r + 1) * n), (k * n + r) * 2 * n + j * n);
      }
    }
  }
  return whole;
}

/** In units of one; null for what no double holds. @throws {DlstmError} unsupported, where the iteration does not end. */
function eigenvaluesOf(matrix: Matrix, exponent: number, place: string): Spectrum["eigenvalues"] {
  const found = eigenvalues(matrix);
  if (found === null)
    throw failure("unsupported", "the QR iteration did not converge, expected eigenvalues", { place });
  const double = (value: number) => {
    const scaled = scaleByPowerOfTwo(value, found.exponent + exponent);
    return Number.isFinite(scaled) ? scaled : null;
  };
  return found.values.map(({ re, im }: Eigenvalue) => ({ re: double(re), im: double(im) }));
}
