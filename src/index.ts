/** The library door: the equations, the native cell, weights in other conventions, and grading, without terminals or formats. */
export { DlstmError, type ErrorCode, type Problem } from "./errors.ts";
export type { Diagnosis } from "./grade/diagnose.ts";
export { Grader, gradeAnswer } from "./grade/grade.ts";
export { cellKey, type Key, resultKey } from "./grade/key.ts";
export type { GradeOptions } from "./grade/options.ts";
export type { GradeResult, GradeTest, Hints, Worst } from "./grade/result.ts";
export { type DiagnosisSummary, type QuantitySummary, type Summary, summaryOf } from "./grade/summary.ts";
export { DEFAULT_TOLERANCE, type Tolerance } from "./grade/tolerance.ts";
export { ANSWER_LIMITS, type AnswerLimits, parseAnswerJson } from "./input/answer-json.ts";
export { readCellFile } from "./input/open-cell.ts";
export type { CellOverrides, Override } from "./input/overrides.ts";
export { parseCell } from "./input/parse-cell.ts";
export type { Choice } from "./input/weights/conventions/choices.ts";
export { CONVENTIONS, type Convention } from "./input/weights/conventions/convention.ts";
export { type ExportedWeights, exportWeights } from "./input/weights/conventions/export.ts";
export type { CellRecord } from "./input/weights/conventions/list.ts";
export { cellFromWeights, readJsonCell } from "./input/weights/read-cell.ts";
export { listWeights, readWeights, type WeightList } from "./input/weights/read-file.ts";
export type { ByteSource, Tensor } from "./input/weights/tensor.ts";
export type { Setting, Weights } from "./input/weights/weights.ts";
export type { Matrix } from "./linalg/matrix.ts";
export type { RealVector } from "./linalg/real-vector.ts";
export type { ScaledMatrix } from "./linalg/scaled-matrix.ts";
export { backward, type Gradient, type StepGradient } from "./lstm/backward.ts";
export type { Cell, GateWeights, State, Upstream } from "./lstm/cell.ts";
export { cellAtStep } from "./lstm/cell-at-step.ts";
export type { Step } from "./lstm/equations.ts";
export { forward, type Trace } from "./lstm/forward.ts";
export {
  type ByInput,
  type Hessian,
  type HessianOptions,
  hessian,
  hessianTimes,
  type InputVector,
} from "./lstm/hessian.ts";
export { jacobian } from "./lstm/jacobian.ts";
export {
  GATES,
  type Gate,
  type Goal,
  NORMS,
  type Norm,
  OUTPUTS,
  type Output,
  PARAMETERS,
  type Parameter,
  STATE_OUTPUTS,
  type StateOutput,
  WRTS,
  type Wrt,
} from "./lstm/names.ts";
export { type OptimumOptions, optimum, type UnitOptimum } from "./lstm/optimum.ts";
export { type OutputOptimumOptions, outputOptimum, type UnitOutputOptimum } from "./lstm/output-optimum.ts";
export { parameterJacobian } from "./lstm/parameter-jacobian.ts";
export { type Derivatives, ownDerivatives, type SequenceDerivatives } from "./lstm/results/derivatives.ts";
export { ownOptima } from "./lstm/results/output-optimum.ts";
export type {
  Flow,
  InputJacobian,
  OutputOptima,
  SequenceResult,
  SequenceStep,
  SequenceSummary,
  Spectrum,
  StepFlow,
} from "./lstm/results/records.ts";
export { type Progress, type SequenceLine, sequenceLines, sequenceResult } from "./lstm/results/sequence.ts";
export {
  type InputDetail,
  type InputLine,
  type SequenceWrtX,
  sequenceLinesWrtX,
  sequenceWrtX,
} from "./lstm/results/sequence-inputs.ts";
export { type Span, sequenceJacobian } from "./lstm/sequence-jacobian.ts";
export { type BlockRow, type StateJacobian, stateJacobian } from "./lstm/state-jacobian.ts";
export { type Terms, terms } from "./lstm/terms.ts";
export type { Traces } from "./lstm/traces.ts";
export { traceAt, type Unrolled, unroll } from "./lstm/unroll.ts";
export type { CheckOptions } from "./verify/claims.ts";
export type { OptimumVerdict, WorstOptimum } from "./verify/optima.ts";
export { type Answer, type CheckResult, checkResult, type OwnDerivatives } from "./verify/result.ts";
export type { Quantity } from "./verify/verdict.ts";
