/** The plain, versioned records that every command prints. JSON is the record serialised. */
import type { Matrix } from "../../linalg/matrix.ts";
import type { Gate, Goal, Norm, Output, Wrt } from "../names.ts";
import type { UnitOptimum } from "../optimum.ts";

/** What every result of a cell says of itself. */
export interface Header {
  readonly version: 1;
  readonly hidden_size: number;
  readonly input_size: number | null;
}

/** What the reader has to know of a partial cell; absent where there is nothing to say. */
export interface Notes {
  /** State that was not given and taken as zero. */
  readonly assumed_zero?: readonly string[];
  /** What could not be computed, and the keys that it lacks. */
  readonly missing?: Readonly<Record<string, readonly string[]>>;
}

type GateVectors = Readonly<Partial<Record<Gate, Float64Array>>>;
export type Jacobians = Readonly<Partial<Record<Output, Readonly<Partial<Record<Wrt, Matrix>>>>>>;

export interface Optimum {
  readonly norm: Norm;
  readonly goal: Goal;
  readonly gates: Readonly<Partial<Record<Gate, readonly UnitOptimum[]>>>;
}

export interface ForwardResult extends Header, Notes {
  readonly preactivations: GateVectors;
  readonly gates: GateVectors;
  readonly c_t?: Float64Array;
  readonly h_t?: Float64Array;
}

export interface ShowResult extends Header, Notes {
  readonly gates: GateVectors;
  readonly c_t?: Float64Array;
  readonly h_t?: Float64Array;
  readonly jacobian: Jacobians;
  readonly optimum?: Optimum;
}

export interface JacobianResult extends Header, Notes {
  readonly jacobian: Jacobians;
  readonly terms?: Readonly<Record<Gate, Matrix>>;
}

export interface OptimumResult extends Header, Notes {
  readonly optimum: Optimum;
}

/** The keys that a gradient may have: those of the cell, in the order in which they are listed. */
export type GradientKey = "x_t" | "x" | "h_prev" | "c_prev" | `${"W" | "U" | "b"}_${Gate}`;

export interface BackwardResult extends Header, Notes {
  /** Upstream gradients that were not given and taken as one. */
  readonly assumed_one?: readonly string[];
  /** L = Σ dh_t·h_t + dc_t·c_t */
  readonly loss: number;
  readonly gradient: Readonly<Partial<Record<GradientKey, Float64Array | Matrix>>>;
  /** On request: what students compare first. */
  readonly steps?: readonly StepGradients[];
}

/** ∂L/∂h_t, ∂L/∂c_t and ∂L/∂z_g of step t, each over every path to L. */
export interface StepGradients extends Readonly<Record<"dh_t" | "dc_t" | `dz_${Gate}`, Float64Array>> {
  readonly t: number;
}

export interface SigmoidResult {
  readonly version: 1;
  readonly values: readonly { readonly z: number; readonly sigma: number; readonly derivative: number }[];
}

export type CellResult = ForwardResult | ShowResult | JacobianResult | OptimumResult | BackwardResult;
