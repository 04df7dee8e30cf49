import { diagonal, type Matrix } from "../linalg/matrix.ts";
import { toDoubles } from "../linalg/real-vector.ts";
import { sumWeightedRows, type WeightedRows } from "../linalg/weighted-rows.ts";
import type { Cell } from "./cell.ts";
import { requireOneOf } from "./choices.ts";
import { type Sensitivity, sensitivity } from "./equations.ts";
import type { Trace } from "./forward.ts";
import { GATES, type Gate, OUTPUTS, type Output, WRTS, type Wrt } from "./names.ts";
import { requireFinite } from "./overflow.ts";
import { missingKeys, requireKeys } from "./requirements.ts";

/** The chain rule's other half: z_g = W_g x_t + U_g h_{t-1} + b_g, and c_{t-1} enters beside z, never through it. */
const CHAIN: Record<Wrt, (trace: Trace, of: Output) => Matrix> = {
  h_prev: (trace, of) => throughGates(trace, of, "U", GATES),
  c_prev: (trace, of) => diagonal(byMemory(trace, of) ?? new Float64Array(trace.cell.hiddenSize)),
  x_t: (trace, of) => throughGates(trace, of, "W", GATES),
};

/**
 * ∂of/∂wrt, in numerator layout: row = unit of `of`, column = component of `wrt`. [H × H], [H × I] for x_t.
 *
 *     ∂f/∂h_{t-1}   = diag(σ'(z_f)) U_f                    (likewise i, o; tanh'(z_u) for u)
 *     ∂c_t/∂h_{t-1} = diag(c_{t-1} ∘ σ'(z_f)) U_f + diag(u ∘ σ'(z_i)) U_i + diag(i ∘ tanh'(z_u)) U_u
 *     ∂h_t/∂h_{t-1} = diag(tanh(c_t) ∘ σ'(z_o)) U_o + diag(o ∘ (1 − tanh²c_t)) ∂c_t/∂h_{t-1}
 *     ∂·/∂x_t       the same with W for U;   ∂c_t/∂c_{t-1} = diag(f);   ∂gate/∂c_{t-1} = 0
 *
 * @throws {DlstmError} usage, for another output or input; missing, where the cell lacks a key for it; overflow, where an entry
 * leaves the double range.
 */
export function jacobian(trace: Trace, of: Output, wrt: Wrt): Matrix {
  requireOneOf(of, OUTPUTS, "of");
  requireOneOf(wrt, WRTS, "wrt");
  return requireFinite(chain(trace, of, wrt), `jacobian.${of}.${wrt}`);
}

/** The same, with what leaves the double range left to the caller. */
export function chain(trace: Trace, of: Output, wrt: Wrt): Matrix {
  requireKeys(missingKeys(trace.cell, of, wrt), `∂${of}/∂${wrt}`);
  return CHAIN[wrt](trace, of);
}

/** The diagonal [H] of ∂of/∂c_{t-1}; null for that of a gate, which is zero. */
export function byMemory({ numbers }: Trace, of: Output): Float64Array | null {
  const { c_prev } = sensitivity(numbers, of);
  return c_prev && toDoubles(c_prev);
}

/** Σ_g diag(∂of/∂z_g) M_g with M = U or W, over these gates */
export function throughGates({ cell, numbers }: Trace, of: Output, key: "U" | "W", gates: readonly Gate[]): Matrix {
  const rows = weightedGates(cell, sensitivity(numbers, of), key, gates);
  return sumWeightedRows(rows, cell.hiddenSize, key === "U" ? cell.hiddenSize : (cell.inputSize ?? 0));
}

/** Its terms diag(∂of/∂z_g) M_g */
export function weightedGates(
  cell: Cell,
  { preactivation }: Sensitivity,
  key: "U" | "W",
  gates: readonly Gate[] = GATES,
): WeightedRows[] {
  const rows: WeightedRows[] = [];
  for (const g of gates) {
    const [weights, matrix] = [preactivation[g], cell.gates[g]?.[key]];
    if (weights && matrix) rows.push({ weights, matrix });
  }
  return rows;
}
