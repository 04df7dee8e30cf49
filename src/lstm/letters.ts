/** The letters of one LSTM step as formulas, and the equations that define it. */

import {
  apply,
  derivative,
  equals,
  hadamard,
  type Part,
  parentheses,
  prime,
  product,
  sub,
  subSup,
  sum,
  sup,
} from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";
import type { Gate, Output, Wrt } from "./names.ts";

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

export const sigma = (argument: Part) => apply("σ", argument);
export const tanh = (argument: Part) => apply("tanh", argument);
/** σ'(argument) */
export const sigmaPrime = (argument: Part) => apply(prime("σ"), argument);
/** tanh'(argument) */
export const tanhPrime = (argument: Part) => apply(prime("tanh"), argument);
/** σ'(z_g), for u tanh'(z_u) */
export const slope = (g: Gate) => (g === "u" ? tanhPrime(z("u")) : sigmaPrime(z(g)));
/** tanh'(c_t) = 1 − tanh²c_t */
export const stateSlope = tanhPrime(c_t);

/** e^exponent */
export const exp = (exponent: Part) => sup("e", exponent);

/** Unit d of a vector, row d of a matrix: base_g^(d). */
export function ofUnit(base: string, g: Part | null, d: Part = "d"): Formula {
  const above = parentheses(d);
  return g === null ? sup(base, above) : subSup(base, g, above);
}

export const OUTPUT_LETTERS: Record<Output, Formula> = {
  f: gate("f"),
  i: gate("i"),
  o: gate("o"),
  u: gate("u"),
  c_t,
  tanh_c_t: tanh(c_t),
  h_t,
};

export const WRT_LETTERS: Record<Wrt, Formula> = { h_prev, c_prev, x_t };

/** ∂of/∂wrt of one step */
export function stepDerivative(of: Output, wrt: Wrt): Formula {
  return derivative(OUTPUT_LETTERS[of], WRT_LETTERS[wrt]);
}

/** The step: z_g, the four gates, c_t and h_t. */
export const EQUATIONS: readonly Formula[] = [
  equals(z("g"), sum(product(W("g"), x_t), product(U("g"), h_prev), b("g"))),
  equals(gate("f"), sigma(z("f"))),
  equals(gate("i"), sigma(z("i"))),
  equals(gate("o"), sigma(z("o"))),
  equals(gate("u"), tanh(z("u"))),
  equals(c_t, sum(hadamard(gate("f"), c_prev), hadamard(gate("i"), gate("u")))),
  equals(h_t, hadamard(gate("o"), tanh(c_t))),
];
