import type { Matrix } from "../linalg/matrix.ts";
import { requireTrace, type Trace } from "./forward.ts";
import { throughGates } from "./jacobian.ts";
import { type Gate, PATHS } from "./names.ts";
import { requireFinite } from "./overflow.ts";

/** The four paths from h_{t-1} to h_t, which add up to ∂h_t/∂h_{t-1}. Each [H × H]. */
export type Terms = Readonly<Record<Gate, Matrix>>;

/**
 * T_g = ∂h_t/∂z_g · U_g for each gate, so that ∂h_t/∂h_{t-1} = T_o + T_f + T_i + T_u:
 *
 *     T_o = diag(tanh(c_t) ∘ σ'(z_o)) U_o                      T_i = diag(o ∘ (1 − tanh²c_t) ∘ u ∘ σ'(z_i)) U_i
 *     T_f = diag(o ∘ (1 − tanh²c_t) ∘ c_{t-1} ∘ σ'(z_f)) U_f   T_u = diag(o ∘ (1 − tanh²c_t) ∘ i ∘ tanh'(z_u)) U_u
 *
 * @throws {DlstmError} missing, where the cell lacks a gate; overflow, where an entry leaves the double range.
 */
export function terms(trace: Trace): Terms {
  const found = paths(trace);
  for (const g of PATHS) requireFinite(found[g], `terms.${g}`);
  return found;
}

/** The same, with what leaves the double range left to the caller. */
export function paths(trace: Trace): Terms {
  requireTrace(trace, "h_t");
  const path = (g: Gate) => throughGates(trace, "h_t", "U", [g]);
  return { o: path("o"), f: path("f"), i: path("i"), u: path("u") };
}
