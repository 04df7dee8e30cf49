/** The quantities' symbols as formulas, in one place for every format that people read. */
import { apply, derivative, equals, list, norm, type Part, prime, product, sub } from "../explain/formula.ts";
import type { Formula } from "../explain/formula-tree.ts";
import { gate, OUTPUT_LETTERS, stepDerivative, T, WRT_LETTERS } from "../explain/letters.ts";
import type { Gate, Goal, Norm, Output, Wrt } from "../lstm/names.ts";
import type { GradientKey } from "../lstm/results/records.ts";
import { formulaLine } from "./formula-text.ts";

/** Words, or a symbol. */
export type Name = string | Formula;

/** A symbol that labels every step of a sequence is written once. */
const written = new WeakMap<Formula, string>();

/** As one line of text, numbers without braces: `∂f_t/∂h_{t-1}`, `∂h_12/∂h_0`. */
export function textOf(name: Name): string {
  if (typeof name === "string") return name;
  const text = written.get(name) ?? formulaLine(name, String).replace(/([_^])\{(-?\d+)\}/g, "$1$2");
  written.set(name, text);
  return text;
}

/** `∂f_t/∂h_{t-1}` */
export const derivativeSymbol = stepDerivative;

/** `h_{t-1}`; of a sequence, h_prev and c_prev are the state before its first step, `h_0`. */
export function stateSymbol(key: Wrt, isSequence: boolean): Formula {
  return isSequence && key !== "x_t" ? sub(key[0], 0) : WRT_LETTERS[key];
}

/** `∂L/∂U_f` */
export function gradientSymbol(key: GradientKey, isSequence: boolean): Formula {
  return derivative("L", key === "h_prev" || key === "c_prev" ? stateSymbol(key, isSequence) : letterOf(key));
}

/** `∂f_t/∂h_{t-1}`, `T_o`, `∂L/∂W_f`, `∂h_T/∂c_0`: a derivative by the names that a check has for it. */
export function quantitySymbol(of: string, wrt: string, isSequence: boolean): Formula {
  if (of.startsWith("terms.")) return pathSymbol(of.slice("terms.".length));
  if (of === "loss") return gradientSymbol(wrt as GradientKey, isSequence);
  return derivative(OUTPUT_LETTERS[of as Output] ?? letterOf(of), WRT_LETTERS[wrt as Wrt] ?? letterOf(wrt));
}

/** U_f of `U_f`, h_0 of `h_0`, x of `x` */
function letterOf(key: string): Part {
  const [letter, below] = key.split("_");
  return below === undefined ? letter : sub(letter, /^\d+$/.test(below) ? Number(below) : below);
}

/** `T_f`, one of the four paths of ∂h_t/∂h_{t-1} */
export const pathSymbol = T;

/** `max f_t, ‖h‖₂ = 1` */
export function optimumSymbol(g: Gate, goal: Goal, p: Norm): Formula {
  return list(product(goal, gate(g)), equals(norm("h", p === "inf" ? "∞" : Number(p)), 1));
}

/** `‖∂s_t/∂s_{t-1}‖` of the state s = (h, c) */
export function stateNormSymbol(of: Part, wrt: Part): Formula {
  return { kind: "fence", fence: "‖‖", of: derivative(sub("s", of), sub("s", wrt)) };
}

/** `log10 ‖∂s_T/∂s_t‖` */
export function logarithmSymbol(of: Part): Formula {
  return product("log10", of);
}

/** `σ(z)` and `σ'(z)` */
export const SIGMOID = { value: apply("σ", "z"), slope: apply(prime("σ"), "z") } as const;
