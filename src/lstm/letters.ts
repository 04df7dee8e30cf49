/** The letters of one LSTM step as formulas. */
import { apply, derivative, type Part, secondDerivative, sub } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";
import type { Output, Wrt } from "./names.ts";

/** t − 1 */
export const PREVIOUS: Formula = {
  kind: "infix",
  operator: "−",
  parts: [
    { kind: "symbol", name: "t" },
    { kind: "number", text: "1" },
  ],
};

export const x_t = sub("x", "t");
export const h_t = sub("h", "t");
export const c_t = sub("c", "t");
export const h_prev = sub("h", PREVIOUS);
export const c_prev = sub("c", PREVIOUS);

/** L = Σ dh_t·h_t + dc_t·c_t */
export const LOSS: Formula = { kind: "symbol", name: "L" };

export const z = (g: Part) => sub("z", g);
export const W = (g: Part) => sub("W", g);
export const U = (g: Part) => sub("U", g);
export const b = (g: Part) => sub("b", g);

/** T_g, the path of ∂h_t/∂h_{t-1} through one gate */
export const T = (g: Part) => sub("T", g);

/** f_t, i_t, o_t, u_t */
export const gate = (g: Part) => sub(g, "t");

export const OUTPUT_LETTERS: Record<Output, Formula> = {
  f: gate("f"),
  i: gate("i"),
  o: gate("o"),
  u: gate("u"),
  c_t,
  tanh_c_t: apply("tanh", c_t),
  h_t,
};

export const WRT_LETTERS: Record<Wrt, Formula> = { h_prev, c_prev, x_t };

/** ∂of/∂wrt of one step */
export function stepDerivative(of: Output, wrt: Wrt): Formula {
  return derivative(OUTPUT_LETTERS[of], WRT_LETTERS[wrt]);
}

/** ∂²L/(∂a ∂b) */
export function lossHessian(a: Wrt, b: Wrt): Formula {
  return secondDerivative(LOSS, WRT_LETTERS[a], WRT_LETTERS[b]);
}
