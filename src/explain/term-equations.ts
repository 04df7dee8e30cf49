/** The four paths of ∂h_t/∂h_{t-1}, a gate each, as formulas. */

import { c_prev, c_t, gate, slope, stateSlope, T, tanh, U } from "../lstm/letters.ts";
import type { Gate } from "../lstm/names.ts";
import { diag, equals, hadamard, product } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";

/** The diagonal of ∂h_t/∂c_t, the factor of the three paths that run through the memory. */
export const MEMORY_FACTOR = hadamard(gate("o"), stateSlope);

/** The diagonal of ∂h_t/∂z_g, by which T_g scales the rows of U_g. */
const FACTORS: Record<Gate, Formula> = {
  f: hadamard(MEMORY_FACTOR, c_prev, slope("f")),
  i: hadamard(MEMORY_FACTOR, gate("u"), slope("i")),
  o: hadamard(tanh(c_t), slope("o")),
  u: hadamard(MEMORY_FACTOR, gate("i"), slope("u")),
};

/** `T_o = diag(tanh(c_t) ∘ σ'(z_o)) U_o` */
export const termEquation = (g: Gate): Formula => equals(T(g), product(diag(FACTORS[g]), U(g)));
