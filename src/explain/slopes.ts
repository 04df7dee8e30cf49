/** The slopes of the squashing functions in the forms that are computed, which lose no digit where they saturate. */
import { decay } from "../lstm/letters.ts";
import { fraction, type Part, parentheses, product, sum, sup } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";

export const onePlus = (e: Formula) => sum(1, e);
/** (formula)² */
export const square = (formula: Formula) => sup(parentheses(formula), 2);

/** σ'(z) = e^{-|z|}/(1 + e^{-|z|})² */
export function sigmoidSlope(z: Part): Formula {
  return fraction(decay(z), square(onePlus(decay(z))));
}

/** tanh'(x) = 4e/(1 + e)² with e = e^{-2|x|} */
export function tanhSlope(e: Formula): Formula {
  return fraction(product(4, e), square(onePlus(e)));
}
