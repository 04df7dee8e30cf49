/** From a cell of one step to the record that a command prints. */
import { onceBy } from "../../once.ts";
import type { Cell } from "../cell.ts";
import { forward, type Trace } from "../forward.ts";
import { jacobian } from "../jacobian.ts";
import { type Gate, type Goal, isParameter, type Norm, type Output, type Parameter, type Wrt } from "../names.ts";
import { Maxima, optimum } from "../optimum.ts";
import { parameterJacobian } from "../parameter-jacobian.ts";
import {
  type Family,
  FORWARD_FAMILIES,
  type Quantity,
  quantitiesOf,
  SHOW_FAMILIES,
  type Vectors,
} from "../quantities.ts";
import { missingKeys } from "../requirements.ts";
import type { SmallStep } from "../small-step/small-step.ts";
import { terms } from "../terms.ts";
import { Values } from "../values.ts";
import { assumptions, header, notes } from "./notes.ts";
import type {
  ForwardResult,
  JacobianResult,
  Jacobians,
  Optimum,
  OptimumResult,
  ParameterJacobians,
  ShowResult,
} from "./records.ts";

/**
 * Pre-activations, gates, c_t and h_t, as far as the cell tells them.
 * @param atOnce what computes the same of a small cell, where there are many
 */
export function forwardResult(cell: Cell, atOnce: SmallStep = () => null): ForwardResult {
  const told = atOnce(cell);
  // one record after the other into the first: a line of many would take as long to copy as to compute
  if (told !== null) return Object.assign(header(cell), told, assumptions(cell));
  const values = new Values(cell, forward(cell));
  return Object.assign(header(cell), vectors(values, FORWARD_FAMILIES), notes(cell, outputsOf(FORWARD_FAMILIES)));
}

/** The four answers at a glance: gates with c_t and h_t, ∂f_t/∂h_{t-1}, ∂h_t/∂h_{t-1}, the optimal unit h_{t-1}. */
export function showResult(cell: Cell, maxima?: Maxima): ShowResult {
  const trace = forward(cell);
  const computable = (["f", "h_t"] as const).filter((of) => missingKeys(cell, of).length === 0);
  return {
    ...header(cell),
    ...vectors(new Values(cell, trace), SHOW_FAMILIES),
    jacobian: jacobians(trace, computable, ["h_prev"]),
    ...(computable.includes("f") ? { optimum: optima(cell, ["f"], { norm: "2", goal: "max" }, maxima) } : {}),
    ...notes(cell, outputsOf(SHOW_FAMILIES)),
  };
}

export interface JacobianRequest {
  /** Outputs asked for by name: each of them must be computable. null: f and h_t, as far as the cell tells them. */
  readonly of: readonly Output[] | null;
  readonly wrt: readonly (Wrt | Parameter)[];
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
export function optimumResult(cell: Cell, { gates, units, ...how }: OptimumRequest, maxima?: Maxima): OptimumResult {
  const options = units === null ? how : { ...how, units };
  return { ...header(cell), optimum: optima(cell, gates, options, maxima), ...notes(cell, gates, [], ["x_t"]) };
}

/** The vectors of some families, as far as the cell tells them. */
function vectors<F extends Family>(values: Values, families: readonly F[]): Vectors<F> {
  const result: Record<string, unknown> = {};
  for (const quantity of ofFamilies(families)) {
    const { family, value } = quantity;
    const found = value(values);
    if (!("gate" in quantity)) {
      if (found !== null) result[family] = found;
      continue;
    }
    result[family] ??= {};
    if (found !== null) (result[family] as Record<string, unknown>)[quantity.gate] = found;
  }
  return result as Vectors<F>;
}

function outputsOf(families: readonly Family[]): readonly Output[] {
  return onceBy(outputs, families, () => ofFamilies(families).map(({ needs }) => needs.of));
}

const outputs = new Map<readonly Family[], readonly Output[]>();

const listed = new Map<readonly Family[], readonly Quantity[]>();

function ofFamilies(families: readonly Family[]): readonly Quantity[] {
  return onceBy(listed, families, () => families.flatMap(quantitiesOf));
}

function jacobians(trace: Trace, of: readonly Output[], wrt: readonly Wrt[]): Jacobians;
function jacobians(trace: Trace, of: readonly Output[], wrt: readonly (Wrt | Parameter)[]): ParameterJacobians;
function jacobians(trace: Trace, of: readonly Output[], wrt: readonly (Wrt | Parameter)[]): ParameterJacobians {
  const by = (y: Output, v: Wrt | Parameter) =>
    isParameter(v) ? parameterJacobian(trace, y, v) : jacobian(trace, y, v);
  return Object.fromEntries(of.map((y) => [y, Object.fromEntries(wrt.map((v) => [v, by(y, v)]))]));
}

function optima(
  cell: Cell,
  gates: readonly Gate[],
  options: { norm: Norm; goal: Goal; units?: readonly number[] },
  maxima = new Maxima(),
): Optimum {
  const { norm, goal } = options;
  return { norm, goal, gates: Object.fromEntries(gates.map((g) => [g, optimum(cell, g, options, maxima)])) };
}
