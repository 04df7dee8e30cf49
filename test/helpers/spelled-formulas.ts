import {
  absolute,
  apply,
  cellNumber,
  derivative,
  differential,
  dot,
  equals,
  fraction,
  hadamard,
  large,
  list,
  minus,
  negative,
  norm,
  parentheses,
  prime,
  product,
  sub,
  subSup,
  sum,
  sup,
} from "../../src/notation/formula.ts";
import type { Formula } from "../../src/notation/formula-tree.ts";

const t1 = minus("t", 1);

/** One formula of every kind, in text and in LaTeX as a person would write them. */
export const FORMULAS: { formula: Formula; text: string; latex: string }[] = [
  { formula: sub("h", t1), text: "h_{t-1}", latex: "h_{t - 1}" },
  { formula: subSup("U", "f", parentheses("d")), text: "U_f^(d)", latex: "U_{f}^{(d)}" },
  {
    formula: derivative(sub("f", "t"), sub("h", t1)),
    text: "∂f_t/∂h_{t-1}",
    latex: "\\frac{\\partial f_{t}}{\\partial h_{t - 1}}",
  },
  { formula: apply(prime("σ"), sub("z", "f")), text: "σ'(z_f)", latex: "\\sigma'(z_{f})" },
  { formula: product(apply("diag", "a"), "U"), text: "diag(a) U", latex: "\\operatorname{diag}(a)\\thinspace U" },
  { formula: product(sum("a", "b"), "c"), text: "(a + b) c", latex: "(a + b)\\thinspace c" },
  { formula: minus("a", sum("b", "c")), text: "a − (b + c)", latex: "a - (b + c)" },
  { formula: hadamard("a", minus(1, "b")), text: "a ∘ (1 − b)", latex: "a \\circ (1 - b)" },
  { formula: dot(cellNumber(-0.5), cellNumber(2)), text: "(-0.5) · 2", latex: "(-0.5) \\cdot 2" },
  {
    formula: fraction(1, sum(1, sup("e", negative(absolute("z"))))),
    text: "1/(1 + e^{-|z|})",
    latex: "\\frac{1}{1 + e^{-|z|}}",
  },
  {
    formula: sup(derivative("h", "c"), "⊤"),
    text: "(∂h/∂c)ᵀ",
    latex: "\\left(\\frac{\\partial h}{\\partial c}\\right)^{\\top}",
  },
  { formula: norm(sub("U", "f"), 2), text: "‖U_f‖₂", latex: "\\lVert U_{f}\\rVert _{2}" },
  { formula: norm("h", "∞"), text: "‖h‖∞", latex: "\\lVert h\\rVert _{\\infty}" },
  { formula: norm("h", "p"), text: "‖h‖_p", latex: "\\lVert h\\rVert _{p}" },
  { formula: sub("U", list("d", "k")), text: "U_{d,k}", latex: "U_{d, k}" },
  { formula: differential("d", sub("h", "t")), text: "dh_t", latex: "\\mathrm{d}h_{t}" },
  {
    formula: large("argmax", equals(norm("h", 2), 1), apply("f", "h")),
    text: "argmax_{‖h‖₂ = 1} f(h)",
    latex: "\\operatorname*{arg\\thinspace max}_{\\lVert h\\rVert _{2} = 1} f(h)",
  },
  { formula: large("Σ", "k", product("a", "b")), text: "Σ_k a b", latex: "\\sum_{k} a\\thinspace b" },
  {
    formula: equals(apply("tanh", "x"), cellNumber(4.5e-18)),
    text: "tanh(x) = 4.5e-18",
    latex: "\\tanh(x) = 4.5\\cdot 10^{-18}",
  },
];
