import { describe, expect, test } from "vitest";
import * as F from "../../src/notation/formula.ts";
import type { Formula } from "../../src/notation/formula-tree.ts";
import { math } from "../../src/notation/read-formula.ts";
import { formulaLine } from "../../src/render/formula-text.ts";
import { explained, formulasOf } from "../helpers/formulas.ts";

const h_prev = F.sub("h", F.minus("t", 1));
const z_d = F.subSup("z", "f", F.parentheses("d"));

const FORMULAS: [text: string, tree: Formula][] = [
  ["L", F.toFormula("L")],
  ["∘", F.toFormula("∘")],
  ["37", F.toFormula(37)],
  ["h_{t-1}", h_prev],
  ["h_{t−1}", h_prev],
  ["z_f^(d)", z_d],
  ["h_k^∗", F.subSup("h", "k", "∗")],
  ["U_{d,k}", F.sub("U", F.list("d", "k"))],
  ["e^{-|z|}", F.sup("e", F.negative(F.absolute("z")))],
  ["tanh^2 x", F.product(F.sup("tanh", 2), "x")],
  ["σ'(z_f^(d))", F.apply(F.prime("σ"), z_d)],
  ["f_t^(d)(h)", F.apply(F.subSup("f", "t", F.parentheses("d")), "h")],
  ["log_10(x)", F.apply(F.sub("log", 10), "x")],
  ["(h, c)", F.parentheses(F.list("h", "c"))],
  ["a b c", F.product("a", "b", "c")],
  ["a (b + c)", F.product("a", F.sum("b", "c"))],
  ["a ∘ b ∘ c", F.hadamard("a", "b", "c")],
  ["a · b c + d", F.sum(F.dot("a", F.product("b", "c")), "d")],
  ["a + b − c", F.sum("a", F.minus("b", "c"))],
  ["{a + b} − c", F.minus(F.sum("a", "b"), "c")],
  ["a − (b + c)", F.minus("a", F.sum("b", "c"))],
  ["−a b", F.negative(F.product("a", "b"))],
  ["(−a) b", F.product(F.negative("a"), "b")],
  ["1/y", F.fraction(1, "y")],
  ["2 a/b", F.product(2, F.fraction("a", "b"))],
  ["{2 a}/b", F.fraction(F.product(2, "a"), "b")],
  ["(a + b)/(c d)", F.fraction(F.sum("a", "b"), F.product("c", "d"))],
  ["a/(1 + b)^2", F.fraction("a", F.sup(F.parentheses(F.sum(1, "b")), 2))],
  ["∂tanh(c)/∂h_{t-1}", F.derivative(F.apply("tanh", "c"), h_prev)],
  ["∂f/∂z ∂z/∂h", F.product(F.derivative("f", "z"), F.derivative("z", "h"))],
  ["(∂h/∂c)^⊤ dh_t", F.product(F.sup(F.derivative("h", "c"), "⊤"), F.differential("d", F.sub("h", "t")))],
  ["dh_t · d", F.dot(F.differential("d", F.sub("h", "t")), "d")],
  ["‖a‖_q ‖h‖_p", F.product(F.norm("a", "q"), F.norm("h", "p"))],
  ["‖a − ‖a‖_2 h‖_2^2", F.sup(F.norm(F.minus("a", F.product(F.norm("a", 2), "h")), 2), 2)],
  ["|a| |b|", F.product(F.absolute("a"), F.absolute("b"))],
  ["Σ_k a b + c", F.sum(F.large("Σ", "k", F.product("a", "b")), "c")],
  ["max_k |a| Σ_k |b|", F.product(F.large("max", "k", F.absolute("a")), F.large("Σ", "k", F.absolute("b")))],
  ["argmax_{‖h‖_p = 1} {a · h}", F.large("argmax", F.equals(F.norm("h", "p"), 1), F.dot("a", "h"))],
  [
    "[a, b/c; …, ⋱]",
    F.matrix([
      ["a", F.fraction("b", "c")],
      ["…", "⋱"],
    ]),
  ],
  ["0 < a ≤ 1/4 = b", F.chain(0, ["<", "a"], ["≤", F.fraction(1, 4)], ["=", "b"])],
];

describe("a formula as text", () => {
  test.each(FORMULAS)("%s", (text, tree) => {
    expect(math([text])).toEqual(tree);
  });

  test("takes parts that are formulas already, or letters", () => {
    const z = F.quantity("preactivations.u", F.sub("z", "u"));
    expect(math`${F.sum("a", "b")} ${"c"} = ${"tanh"}(${z})`).toEqual(
      F.equals(F.product(F.sum("a", "b"), "c"), F.apply("tanh", z)),
    );
    expect(math`T_${"g"}^(${3})`).toEqual(F.subSup("T", "g", F.parentheses(3)));
  });

  test.each(["", "a +", "(a", "a)", "‖a", "a = ", "[a, b", "∂", "h_", "{a", "a b)"])(
    "that is none is refused: %j",
    (text) => {
      expect(() => math([text])).toThrow(/^a formula/);
    },
  );
});

test("the text of what derivations say reads back as it is", () => {
  const plain = (formula: Formula) => formulaLine(formula, String);
  // what text has signs of its own for, and the dot between two fractions
  const isSpelt = (text: string) => !/[²ᵀ*₁₂]|‖∞|\/∂\S+ · ∂/.test(text);
  const texts = [...new Set(formulasOf(explained(null)).map(plain))].filter(isSpelt);
  expect(texts.length).toBeGreaterThan(120);
  for (const text of texts) expect(plain(math([text]))).toBe(text);
});
