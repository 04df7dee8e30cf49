/** The parts of which the results of a sequence are put together. */
import { failure } from "../../errors.ts";
import { type Matrix, rowOf, zeros } from "../../linalg/matrix.ts";
import type { ScaledMatrix } from "../../linalg/scaled-matrix.ts";
import { log10, type ScaledNumber, toDouble, toNormalDouble } from "../../linalg/scaled-number.ts";
import type { Cell } from "../cell.ts";
import type { FullTrace } from "../forward.ts";
import { byGate } from "../names.ts";
import { forgetTimeScale, saturation } from "../saturation.ts";
import type { Span } from "../sequence-jacobian.ts";
import { normOf, ofStep, type StateProduct } from "../state-product.ts";
import type { StepJacobian } from "../step-jacobian.ts";
import { stepLabel } from "../unroll.ts";
import { header, notes } from "./notes.ts";
import type { SequenceStep, SequenceSummary, StepFlow } from "./records.ts";

export function stepRecord(cell: Cell, t: number, trace: FullTrace): SequenceStep {
  return { ...stepLabel(cell, t), gates: byGate((g) => trace.gate(g)), c_t: trace.c_t, h_t: trace.h_t };
}

/** @throws {DlstmError} unsupported, where the norm is not found. */
export function flowRecord(cell: Cell, t: number, trace: FullTrace, step: StepJacobian): StepFlow {
  const norm = productNorm(ofStep(step), `steps[${t - 1}].step_norm`);
  const saturated = byGate((g) => saturation(g, trace.gate(g)));
  const step_norm = toDouble(norm);
  const beyond = step_norm === null && { step_log10: log10(norm) };
  return {
    ...stepLabel(cell, t),
    step_norm,
    ...beyond,
    saturated,
    forget_time_scale: forgetTimeScale(trace.numbers.z.f),
  };
}

/**
 * ‖product‖₂
 * @throws {DlstmError} unsupported, where it is not found.
 */
export function productNorm(product: StateProduct, place: string): ScaledNumber {
  const norm = normOf(product);
  if (norm !== null) return norm;
  throw failure("unsupported", "the spectral norm did not converge, expected it to within 1e-10", { place });
}

/** What holds of the sequence as a whole. */
export function summary(
  cell: Cell,
  { from, to }: Span,
  { scaled, exponent }: ScaledMatrix,
  norm: ScaledNumber,
  lyapunov: (number | null)[],
): SequenceSummary {
  return {
    ...header(cell),
    from_step: from,
    to_step: to,
    jacobian: productBlocks(scaled),
    exponent2: exponent,
    jacobian_norm: toNormalDouble(norm),
    jacobian_log10: log10(norm),
    lyapunov,
    lyapunov_steps: to - from,
    ...notes(cell, ["h_t"], [], ["h_prev", "c_prev"]),
  };
}

/** ∂(h_T, c_T)/∂(h_0, c_0) [2H × 2H] by blocks [H × H]. */
export function productBlocks(matrix: Matrix): SequenceSummary["jacobian"] {
  const n = matrix.rows / 2;
  return {
    h_T: { h_0: block(matrix, 0, 0, n), c_0: block(matrix, 0, n, n) },
    c_T: { h_0: block(matrix, n, 0, n), c_0: block(matrix, n, n, n) },
  };
}

/** n rows and columns of a matrix. */
function block(matrix: Matrix, row: number, column: number, n: number): Matrix {
  const result = zeros(n, n);
  for (let r = 0; r < n; r++) rowOf(result, r).set(rowOf(matrix, row + r).subarray(column, column + n));
  return result;
}
