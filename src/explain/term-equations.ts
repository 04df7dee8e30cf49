import type { Gate } from "../lstm/names.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { math } from "../notation/read-formula.ts";

/** The diagonals of ∂h_t/∂z_g. */
const DIAGONALS: Readonly<Record<Gate, Formula>> = {
  o: math`tanh(c_t) ∘ σ'(z_o)`,
  f: math`{o_t ∘ tanh'(c_t)} ∘ c_{t-1} ∘ σ'(z_f)`,
  i: math`{o_t ∘ tanh'(c_t)} ∘ u_t ∘ σ'(z_i)`,
  u: math`{o_t ∘ tanh'(c_t)} ∘ i_t ∘ tanh'(z_u)`,
};

/** `T_o = diag(tanh(c_t) ∘ σ'(z_o)) U_o`: T_g scales the rows of U_g by the diagonal of ∂h_t/∂z_g. */
export function termEquation(g: Gate): Formula {
  return math`T_${g} = diag(${DIAGONALS[g]}) U_${g}`;
}
