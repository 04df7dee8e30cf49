/** The quantities' symbols as formulas, in one place for every format that people read. */

import { WRT_LETTERS } from "../lstm/letters.ts";
import type { Goal, Norm, Wrt } from "../lstm/names.ts";
import { apply, derivative, equals, list, norm, type Part, prime, product, sub } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";
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

/** `h_{t-1}`; of a sequence, h_prev and c_prev are the state before its first step, `h_0`. */
export function stateSymbol(key: Wrt, isSequence: boolean): Formula {
  return isSequence && key !== "x_t" ? sub(key[0], 0) : WRT_LETTERS[key];
}

/** `max f_t, ‖h‖₂ = 1` */
export function optimumSymbol(of: Part, goal: Goal, p: Norm): Formula {
  return list(product(goal, of), equals(norm("h", p === "inf" ? "∞" : Number(p)), 1));
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
