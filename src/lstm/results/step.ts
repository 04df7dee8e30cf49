/** From a cell of one step to the record that a command prints. */
import type { PairVector } from "../../linalg/pair.ts";
import type { Cell } from "../cell.ts";
import { forward, type Trace } from "../forward.ts";
import { jacobian } from "../jacobian.ts";
import { GATES, type Gate, type Goal, type Norm, type Output, type Wrt } from "../names.ts";
import { optimum } from "../optimum.ts";
import { missingKeys } from "../requirements.ts";
import { terms } from "../terms.ts";
import { header, notes } from "./notes.ts";
import type { ForwardResult, JacobianResult, Jacobians, Optimum, OptimumResult, ShowResult } from "./records.ts";

/** Pre-activations, gates, c_t and h_t, as far as the cell tells them. */
export function forwardResult(cell: Cell): ForwardResult {
  const trace = forward(cell);
  const wanted: Output[] = [...GATES, "c_t", "h_t"];
  return {
    ...header(cell),
    preactivations: highParts(trace.z),
    ...values(trace),
    ...notes(cell, wanted),
  };
}

/** The four answers at a glance: gates with c_t and h_t, ∂f_t/∂h_{t-1}, ∂h_t/∂h_{t-1}, the optimal unit h_{t-1}. */
export function showResult(cell: Cell): ShowResult {
  const trace = forward(cell);
  const wanted: Output[] = [...GATES, "c_t", "h_t"];
  const computable = (["f", "h_t"] as const).filter((of) => missingKeys(cell, of).length === 0);
  return {
    ...header(cell),
    ...values(trace),
    jacobian: jacobians(trace, computable, ["h_prev"]),
    ...(computable.includes("f") ? { optimum: optima(cell, ["f"], { norm: "2", goal: "max" }) } : {}),
    ...notes(cell, wanted),
  };
}

export interface JacobianRequest {
  /** Outputs asked for by name: each of them must be computable. null: f and h_t, as far as the cell tells them. */
  readonly of: readonly Output[] | null;
  readonly wrt: readonly Wrt[];
  /** Also the four paths of ∂h_t/∂h_{t-1}. */
  readonly terms: boolean;
}

/**
 * ∂of/∂wrt for each pair.
 * @throws {DlstmError} missing, where the cell lacks a key for what was asked by name.
 */
export function jacobianResult(cell: Cell, request: JacobianRequest): JacobianResult {
  const trace = forward(cell);
  const wanted = request.of ?? (["f", "h_t"] as const);
  const tellable = (of: Output) => request.wrt.every((wrt) => missingKeys(cell, of, wrt).length === 0);
  const of = request.of ?? wanted.filter(tellable);
  return {
    ...header(cell),
    // where nothing of the default can be told, the first of it fails with the reason
    jacobian: jacobians(trace, of.length > 0 ? of : ["f"], request.wrt),
    ...(request.terms ? { terms: terms(trace) } : {}),
    ...notes(cell, request.terms ? [...wanted, "h_t"] : wanted, request.wrt),
  };
}

export interface OptimumRequest {
  readonly gates: readonly Gate[];
  readonly norm: Norm;
  readonly goal: Goal;
  /** null: all units */
  readonly units: readonly number[] | null;
}

/**
 * The optimal unit h_{t-1} of each gate and unit.
 * @throws {DlstmError} missing, where the cell lacks a gate.
 */
export function optimumResult(cell: Cell, { gates, units, ...how }: OptimumRequest): OptimumResult {
  const options = units === null ? how : { ...how, units };
  return { ...header(cell), optimum: optima(cell, gates, options), ...notes(cell, gates, [], ["x_t"]) };
}

function values(trace: Trace): Pick<ForwardResult, "gates" | "c_t" | "h_t"> {
  const gates: Partial<Record<Gate, PairVector>> = {};
  for (const g of GATES) if (trace.gates[g]) gates[g] = trace.gates[g].value;
  return {
    gates: highParts(gates),
    ...(trace.c_t ? { c_t: trace.c_t.hi } : {}),
    ...(trace.h_t ? { h_t: trace.h_t } : {}),
  };
}

function highParts(vectors: Partial<Record<Gate, PairVector>>): Partial<Record<Gate, Float64Array>> {
  const result: Partial<Record<Gate, Float64Array>> = {};
  for (const g of GATES) if (vectors[g]) result[g] = vectors[g].hi;
  return result;
}

function jacobians(trace: Trace, of: readonly Output[], wrt: readonly Wrt[]): Jacobians {
  return Object.fromEntries(of.map((y) => [y, Object.fromEntries(wrt.map((v) => [v, jacobian(trace, y, v)]))]));
}

function optima(
  cell: Cell,
  gates: readonly Gate[],
  options: { norm: Norm; goal: Goal; units?: readonly number[] },
): Optimum {
  const { norm, goal } = options;
  return { norm, goal, gates: Object.fromEntries(gates.map((g) => [g, optimum(cell, g, options)])) };
}
