import { describe, expect, test } from "vitest";
import * as F from "../../src/notation/formula.ts";
import { formulaMathml } from "../../src/render/formula-mathml.ts";
import { CELLS, explained, formulasOf } from "../helpers/formulas.ts";
import { FORMULAS } from "../helpers/spelled-formulas.ts";

/** How many children the elements of MathML Core must have that have a fixed number. */
const CHILDREN: Record<string, number> = { mfrac: 2, msub: 2, msup: 2, msubsup: 3, munder: 2 };

/** @throws where tags do not match, or an element has the wrong number of children. */
function requireWellFormed(markup: string): void {
  const open: { name: string; children: number }[] = [{ name: "", children: 0 }];
  for (const [, close, name, , empty] of markup.matchAll(/<(\/?)([a-z]+)((?:\s[a-z]+="[^"<>]*")*)(\/?)>/g)) {
    if (close === "") {
      open[open.length - 1].children += 1;
      if (empty === "") open.push({ name, children: 0 });
      continue;
    }
    const element = open.pop()!;
    if (element.name !== name) throw new Error(`</${name}> closes <${element.name}>`);
    const wanted = CHILDREN[name] ?? element.children;
    if (element.children !== wanted) throw new Error(`<${name}> has ${element.children} children, expected ${wanted}`);
  }
  if (open.length !== 1) throw new Error(`<${open[open.length - 1].name}> stays open`);
  const text = markup.replace(/<[^<>]*>/g, "").replace(/&(amp|lt|gt|quot|#39|#x2061);/g, "");
  if (/[<>&]/.test(text)) throw new Error(`bare markup in ${text}`);
}

describe("a formula as MathML", () => {
  test.each([
    ...FORMULAS,
    {
      text: "a matrix",
      formula: F.matrix([
        ["a", 1],
        ["…", "b"],
      ]),
    },
  ])("is well-formed: $text", ({ formula }) => {
    requireWellFormed(formulaMathml(formula, String, "block"));
  });

  test("is what one writes by hand", () => {
    expect(formulaMathml(F.derivative("f", "h"), String, "block")).toBe(
      '<math display="block"><mfrac><mrow><mo lspace="0" rspace="0">∂</mo><mi>f</mi></mrow>' +
        '<mrow><mo lspace="0" rspace="0">∂</mo><mi>h</mi></mrow></mfrac></math>',
    );
    expect(formulaMathml(F.cellNumber(-4.5e-18), String, "block")).toBe(
      '<math display="block"><mrow><mo form="prefix">−</mo><mn>4.5</mn><mo>⋅</mo>' +
        "<msup><mn>10</mn><mrow><mo>−</mo><mn>18</mn></mrow></msup></mrow></math>",
    );
  });

  test.each([null, ...CELLS])("is well-formed in the derivation of %s", (cell) => {
    const formulas = formulasOf(explained(cell));
    expect(formulas.length).toBeGreaterThan(60);
    for (const formula of formulas) requireWellFormed(formulaMathml(formula, String, "block"));
  });

  test("escapes what stands in it", () => {
    const markup = formulaMathml(F.apply("<script>", F.toFormula("a&b")), String, "block");
    expect(markup).not.toContain("<script>");
    requireWellFormed(markup);
  });

  test("the checker finds planted errors", () => {
    for (const wrong of ["<math><mi>a</math>", "<mfrac><mi>a</mi></mfrac>", "<mi>", "<mo><</mo>"]) {
      expect(() => requireWellFormed(wrong), wrong).toThrow();
    }
  });
});
