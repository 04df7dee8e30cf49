/** The plain, versioned records that every command prints. JSON is the record serialised. */
import type { Matrix } from "../../linalg/matrix.ts";
import type { GradientByKey, StepGradients } from "../gradients-by-key.ts";
import type { ByInput, Hessian, InputVector } from "../hessian.ts";
import type { Gate, Goal, Norm, Output, Parameter, StateOutput, Wrt } from "../names.ts";
import type { UnitOptimum } from "../optimum.ts";
import type { UnitOutputOptimum } from "../output-optimum.ts";
import type { FORWARD_FAMILIES, SHOW_FAMILIES, Vectors } from "../quantities.ts";
import type { Saturation, TimeScale } from "../saturation.ts";
import type { StepLabel } from "../unroll.ts";

/** What every result of a cell says of itself. */
export interface Header {
  readonly version: 1;
  readonly hidden_size: number;
  readonly input_size: number | null;
  /** Of a sequence that is read from its last row to its first; absent otherwise. */
  readonly reverse?: true;
}

/** What the reader has to know of a partial cell; absent where there is nothing to say. */
export interface Notes {
  /** State that was not given and taken as zero. */
  readonly assumed_zero?: readonly string[];
  /** The activation of the gates, which the file of weights did not tell. */
  readonly assumed_activation?: "sigmoid";
  /** What could not be computed, and the keys that it lacks. */
  readonly missing?: Readonly<Record<string, readonly string[]>>;
}

export type Jacobians = Readonly<Partial<Record<Output, Readonly<Partial<Record<Wrt, Matrix>>>>>>;

/** Those by parameters too, of the shape of the parameter: entry [d][j] is ∂of[d]/∂W_g[d][j]. */
export type ParameterJacobians = Readonly<
  Partial<Record<Output, Readonly<Partial<Record<Wrt, Matrix> & Record<Parameter, Matrix | Float64Array>>>>>
>;

export interface Optimum {
  readonly norm: Norm;
  readonly goal: Goal;
  readonly gates: Readonly<Partial<Record<Gate, readonly UnitOptimum[]>>>;
}

/** Of c_t, tanh(c_t) and h_t, on the unit sphere of the norm 2, each with a certificate. */
export interface OutputOptima {
  readonly norm: "2";
  readonly goal: Goal;
  readonly outputs: Readonly<Partial<Record<StateOutput, readonly UnitOutputOptimum[]>>>;
}

export interface ForwardResult extends Header, Notes, Vectors<(typeof FORWARD_FAMILIES)[number]> {}

export interface ShowResult extends Header, Notes, Vectors<(typeof SHOW_FAMILIES)[number]> {
  readonly jacobian: Jacobians;
  readonly optimum?: Optimum;
}

export interface JacobianResult extends Header, Notes {
  readonly jacobian: ParameterJacobians;
  readonly terms?: Readonly<Record<Gate, Matrix>>;
}

export interface OptimumResult extends Header, Notes {
  readonly optimum: Optimum;
}

export interface OutputOptimumResult extends Header, Notes {
  readonly optimum: OutputOptima;
}

export interface BackwardResult extends Header, Notes {
  /** Upstream gradients that were not given and taken as one. */
  readonly assumed_one?: readonly string[];
  /** L = Σ dh_t·h_t + dc_t·c_t */
  readonly loss: number;
  readonly gradient: GradientByKey;
  /** On request: what students compare first. */
  readonly steps?: readonly StepGradients[];
}

/** ∂²L/∂(z_f, z_i, z_o, z_u, c_{t-1})² of one unit [5 × 5] */
export interface HessianBlock {
  readonly unit: number;
  readonly order: readonly string[];
  readonly hessian: Matrix;
}

export interface HessianResult extends Header, Notes {
  /** Upstream gradients that were not given and taken as one. */
  readonly assumed_one?: readonly string[];
  /** Whose outputs alone L is made of; absent: all. */
  readonly unit?: number;
  /** L = Σ dh_t·h_t + dc_t·c_t */
  readonly loss: number;
  /** ∂²L/∂A∂B under A and B: rows A, columns B */
  readonly hessian: Hessian;
  readonly blocks?: readonly HessianBlock[];
  /** What was given to be multiplied, and the Hessian times it. */
  readonly vector?: InputVector;
  readonly product?: ByInput<Float64Array>;
  /** [H] of ∂²L/∂h_{t-1}², descending */
  readonly eigenvalues: Float64Array;
}

export interface SequenceStep extends StepLabel {
  readonly gates: Readonly<Record<Gate, Float64Array>>;
  readonly c_t: Float64Array;
  readonly h_t: Float64Array;
}

/** Of a square matrix, where ∂(h_T, c_T)/∂x_t were asked for. */
export interface Spectrum {
  /** By descending modulus, of a conjugate pair im > 0 first; those of A + E, ‖E‖_F ≤ 16Hε‖A‖_F. null beyond the doubles. */
  readonly eigenvalues: readonly { readonly re: number | null; readonly im: number | null }[];
  /** log₁₀ of the singular values, descending, to 1e-6; null for zero and where that cannot be told. */
  readonly singular_log10: readonly (number | null)[];
}

/** ∂h_T/∂x_t and ∂c_T/∂x_t, of which a result for their norms has no entries. Norms are spectral norms, within 1e-10 relatively. */
export interface InputJacobian extends StepLabel {
  /** [H × I] each, entries × 2^exponent2, which is 0 while they are zero or normal doubles. */
  readonly h_T?: Matrix;
  readonly c_T?: Matrix;
  readonly exponent2?: number;
  /** null where it is no normal double */
  readonly h_T_norm: number | null;
  readonly c_T_norm: number | null;
  /** null for a norm of exactly zero */
  readonly h_T_log10: number | null;
  readonly c_T_log10: number | null;
}

/** What step t does to a gradient, with s = (h, c). Norms are spectral norms, within 1e-10 relatively. */
export interface StepFlow extends StepLabel, Partial<Spectrum> {
  /** ‖∂s_t/∂s_{t-1}‖; null beyond the doubles */
  readonly step_norm: number | null;
  /** Only where step_norm is null. */
  readonly step_log10?: number | null;
  readonly saturated: Readonly<Record<Gate, Saturation>>;
  /** 1/(1 − f) over the units */
  readonly forget_time_scale: TimeScale;
}

export interface Flow extends StepFlow {
  /** ‖∂s_T/∂s_t‖; null where it is no normal double */
  readonly to_end_norm: number | null;
  /** null for a norm of exactly zero */
  readonly to_end_log10: number | null;
}

/** What holds of the sequence as a whole; T stands for `to_step` and 0 for `from_step`. `eigenvalues` are × 2^exponent2, as its Jacobian. */
export interface SequenceSummary extends Header, Notes, Partial<Spectrum> {
  readonly from_step: number;
  readonly to_step: number;
  /** Entries × 2^exponent2, which is 0 while they are zero or normal doubles. */
  readonly jacobian: Readonly<Record<"h_T" | "c_T", Readonly<Record<"h_0" | "c_0", Matrix>>>>;
  readonly exponent2: number;
  /** ‖∂s_T/∂s_0‖, as the norms of the flow */
  readonly jacobian_norm: number | null;
  readonly jacobian_log10: number | null;
  /** [2H] in nats a step, descending; null for −∞ and where an error above 1e-6 cannot be excluded. */
  readonly lyapunov: readonly (number | null)[];
  /** The number of steps that the exponents rest on. */
  readonly lyapunov_steps: number;
}

export interface SequenceResult extends SequenceSummary {
  readonly steps: readonly SequenceStep[];
  readonly flow: readonly Flow[];
  /** In order; where they were asked for. */
  readonly input_jacobian?: readonly InputJacobian[];
}

export interface SigmoidResult {
  readonly version: 1;
  readonly values: readonly { readonly z: number; readonly sigma: number; readonly derivative: number }[];
}

export type CellResult =
  | ForwardResult
  | ShowResult
  | JacobianResult
  | OptimumResult
  | OutputOptimumResult
  | BackwardResult
  | HessianResult
  | SequenceResult;
