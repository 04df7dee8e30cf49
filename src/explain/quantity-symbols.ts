import type { Gate, Output, Wrt } from "../lstm/names.ts";
import { apply, derivative, hadamard, large, negative, norm, type Part, product, sub, subSup } from "./formula.ts";
import type { Formula } from "./formula-tree.ts";
import {
  b,
  c_prev,
  c_t,
  gate,
  h_prev,
  h_t,
  PREVIOUS,
  slope,
  stateSlope,
  stepDerivative,
  T,
  tanh,
  U,
  W,
  x_t,
  z,
} from "./letters.ts";

const VECTORS: Record<string, Formula> = {
  c_t,
  h_t,
  tanh_c_t: tanh(c_t),
  h_prev,
  c_prev,
  loss: { kind: "symbol", name: "L" },
};

/** What stands before a gradient's letter: `gradient.U_f` is ∂L/∂U_f. */
const WEIGHTS: Record<string, (g: Part) => Formula> = { W, U, b };

const state = (t: Part) => sub("s", t);
const p = (name: string): Part => (name === "inf" ? "∞" : Number(name));

const CHAPTERS: Record<string, (names: readonly string[]) => Formula> = {
  preactivations: ([g]) => z(g),
  gates: ([g]) => gate(g),
  derivatives: ([of]) => (of === "c_t" ? stateSlope : slope(of as Gate)),
  sensitivities: ([of]) => (of === "c_t" ? hadamard(gate("o"), stateSlope) : derivative(h_t, z(of))),
  jacobian: ([of, wrt]) => stepDerivative(of as Output, wrt as Wrt),
  terms: ([g]) => T(g),
  optimum: ([name, goal, g, what]) => optimumSymbol(p(name), goal, g, what),
  gradient: ([key]) => derivative("L", letterOf(key)),
  steps: ([key]) => derivative("L", key === "dh_t" ? h_t : key === "dc_t" ? c_t : z(key.slice(3))),
  sums: ([letter, g]) => (letter === "W" ? product(W(g), x_t) : product(U(g), h_prev)),
  sequence: (names) => sequenceSymbol(names),
};

/** The symbol of the quantity under a path of the book. */
export function symbolOf(path: string): Formula {
  const [head, ...names] = path.split(".");
  return CHAPTERS[head]?.(names) ?? VECTORS[head] ?? letterOf(head);
}

function letterOf(key: string): Formula {
  const states: Record<string, Formula> = { x_t, h_prev, c_prev };
  return states[key] ?? WEIGHTS[key[0]](key.slice(2));
}

/** h∗ with the norm of the sphere as its index, z_f(h∗) or f_t(h∗). */
function optimumSymbol(index: Part, goal: string, g: string, what: string): Formula {
  const best = goal === "max" ? subSup("h", index, "∗") : negative(subSup("h", index, "∗"));
  if (what === "h_prev") return best;
  return apply(what === "activation" ? gate(g) : z(g), best);
}

function sequenceSymbol([head, ...names]: readonly string[]): Formula {
  if (head === "memory_path") return large("Π", "t", gate("f"));
  const letter = (name: string, t: Part) => sub(name[0], t);
  if (head === "first") return derivative(letter(names[0], 1), letter(names[1], 0));
  if (head === "jacobian") return derivative(letter(names[0], "T"), letter(names[1], 0));
  if (names[0] === "step_norm") return norm(derivative(state("t"), state(PREVIOUS)), 2);
  return apply(sub("log", 10), norm(derivative(state("T"), state("t")), 2));
}
