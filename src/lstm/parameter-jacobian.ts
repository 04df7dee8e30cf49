import { asRow, type Matrix } from "../linalg/matrix.ts";
import { toDoubles } from "../linalg/real-vector.ts";
import { sumWeightedRows } from "../linalg/weighted-rows.ts";
import { requireOneOf } from "./choices.ts";
import { sensitivity } from "./equations.ts";
import type { Trace } from "./forward.ts";
import { OUTPUTS, type Output, PARAMETERS, type Parameter, partsOf } from "./names.ts";
import { requireFinite } from "./overflow.ts";
import { missingKeys, requireKeys } from "./requirements.ts";

/**
 * ∂of/∂parameter, each entry the nearest double. z_g^(d) = W_g^(d) x_t + U_g^(d) h_{t-1} + b_g^(d) is the one place where row d
 * of a parameter occurs, and output d the one that sees it: of the H × H × I derivatives all with unit ≠ row are zero,
 * and what is left has the shape of the parameter:
 *
 *     entry [d][j] = ∂of^(d)/∂W_g[d][j] = ∂of^(d)/∂z_g^(d) · x_t[j]          [H × I]
 *     entry [d][j] = ∂of^(d)/∂U_g[d][j] = ∂of^(d)/∂z_g^(d) · h_{t-1}[j]      [H × H]
 *     entry [d]    = ∂of^(d)/∂b_g[d]    = ∂of^(d)/∂z_g^(d)                   [H]
 *
 * Zero where the output does not see the gate: f by W_i, c_t by W_o.
 *
 * @throws {DlstmError} usage, for another output or parameter; missing, where the cell lacks a key for it; overflow, where an
 * entry leaves the double range.
 */
export function parameterJacobian(trace: Trace, of: Output, parameter: Parameter): Matrix | Float64Array {
  requireOneOf(of, OUTPUTS, "of");
  requireOneOf(parameter, PARAMETERS, "parameter");
  return requireFinite(byParameter(trace, of, parameter), `jacobian.${of}.${parameter}`);
}

/** The same, with what leaves the double range left to the caller. */
export function byParameter(trace: Trace, of: Output, parameter: Parameter): Matrix | Float64Array {
  const { cell, numbers, h_prev } = trace;
  requireKeys(missingKeys(cell, of, parameter), `∂${of}/∂${parameter}`);
  const [kind, g] = partsOf(parameter);
  const weights = sensitivity(numbers, of).preactivation[g];
  if (kind === "b") return weights ? toDoubles(weights) : new Float64Array(cell.hiddenSize);
  const input = kind === "W" ? cell.state.x_t! : h_prev;
  return sumWeightedRows(weights ? [{ weights, matrix: asRow(input) }] : [], cell.hiddenSize, input.length);
}
