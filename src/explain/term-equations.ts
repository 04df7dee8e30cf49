/** What passes through the gates of c_t and h_t, as formulas: each gate is multiplied by one partner. */

import { c_prev, c_t, gate, slope, stateSlope, stepDerivative, T, tanh, U } from "../lstm/letters.ts";
import type { Gate } from "../lstm/names.ts";
import { GATES_OF } from "../lstm/requirements.ts";
import { diag, equals, hadamard, type Part, product } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";

/** What c_t or h_t multiplies a gate by. */
export const PARTNERS: Readonly<Record<Gate, Formula>> = { f: c_prev, i: gate("u"), o: tanh(c_t), u: gate("i") };

/** The summands of ∂c_t/∂h_{t-1}: `diag(c_{t-1}) ∂f_t/∂h_{t-1}` … */
export const STATE_SUMMANDS = GATES_OF.c_t.map((g) => product(diag(PARTNERS[g]), stepDerivative(g, "h_prev")));

/** The same with the gates' derivatives inserted: `diag(c_{t-1} ∘ σ'(z_f)) U_f` … */
export function stateSummands(weights: (g: Part) => Formula): Formula[] {
  return GATES_OF.c_t.map((g) => product(diag(hadamard(PARTNERS[g], slope(g))), weights(g)));
}

/** The diagonal of ∂h_t/∂c_t, the factor of the three paths that run through the memory. */
export const MEMORY_FACTOR = hadamard(gate("o"), stateSlope);

/** `T_o = diag(tanh(c_t) ∘ σ'(z_o)) U_o`: T_g scales the rows of U_g by the diagonal of ∂h_t/∂z_g. */
export function termEquation(g: Gate): Formula {
  const factors = [...(g === "o" ? [] : [MEMORY_FACTOR]), PARTNERS[g], slope(g)];
  return equals(T(g), product(diag(hadamard(...factors)), U(g)));
}
