/** The library door: the equations and the native cell, without files, terminals or formats. */
export { DlstmError, type ErrorCode, type Problem } from "./errors.ts";
export { parseCell } from "./input/parse-cell.ts";
export type { Matrix } from "./linalg/matrix.ts";
export type { Pair, PairVector } from "./linalg/pair.ts";
export type { Activation } from "./lstm/activation.ts";
export type { Cell, GateWeights, State } from "./lstm/cell.ts";
export { forward, type Trace } from "./lstm/forward.ts";
export { jacobian } from "./lstm/jacobian.ts";
export { GATES, type Gate, type Goal, NORMS, type Norm, OUTPUTS, type Output, WRTS, type Wrt } from "./lstm/names.ts";
export { type OptimumOptions, optimum, type UnitOptimum } from "./lstm/optimum.ts";
export { cellAtStep } from "./lstm/step.ts";
export { type Terms, terms } from "./lstm/terms.ts";
