import temml from "temml";
import { describe, expect, test } from "vitest";
import { writeNumber } from "../../src/render/explained-numbers.ts";
import { renderExplanationLatex } from "../../src/render/explanation-latex.ts";
import { renderExplanationMarkdown } from "../../src/render/explanation-markdown.ts";
import { formulaLatex } from "../../src/render/formula-latex.ts";
import { CELLS, explained, formulasOf } from "../helpers/formulas.ts";
import { FORMULAS } from "../helpers/spelled-formulas.ts";

/** Throws where temml, a TeX parser of its own, does not understand it. */
function parse(tex: string, displayMode = true): string {
  return temml.renderToString(tex, { throwOnError: true, displayMode });
}

describe("a formula as LaTeX", () => {
  test.each(FORMULAS)("$latex", ({ formula, latex }) => {
    expect(formulaLatex(formula, String)).toBe(latex);
  });

  test.each([null, ...CELLS])("parses, every one of the derivation of %s", (cell) => {
    const units = cell === null ? [null] : [null, 0];
    for (const unit of units) {
      const formulas = formulasOf(explained(cell, { unit }));
      expect(formulas.length).toBeGreaterThan(30);
      for (const formula of formulas) {
        parse(formulaLatex(formula, writeNumber(6)));
        parse(formulaLatex(formula, writeNumber(6), "inline"), false);
      }
    }
  });

  test.each(CELLS)("parses in the documents of %s, numbers included", (cell) => {
    const options = { heading: cell, digits: 6, full: false };
    const markdown = renderExplanationMarkdown(explained(cell), options);
    const displayed = [...markdown.matchAll(/^\$\$\n(.*)\n\$\$$/gm)].map(([, tex]) => tex);
    expect(displayed.length).toBeGreaterThan(60);
    for (const tex of displayed) parse(tex);
    for (const [, tex] of markdown.replace(/^\$\$[\s\S]*?^\$\$$/gm, "").matchAll(/\$([^$]+)\$/g)) parse(tex, false);
    const latex = renderExplanationLatex(explained(cell), options);
    const gathered = [...latex.matchAll(/\\begin\{gather\*\}[\s\S]*?\\end\{gather\*\}/g)].map(([tex]) => tex);
    expect(gathered.length).toBeGreaterThan(50);
    for (const tex of gathered) parse(tex);
  });

  test("the parser finds a planted error", () => {
    for (const wrong of ["\\frac{a}", "\\diag(a)", "a_{b", "\\left(a", "\\begin{bmatrix} a"]) {
      expect(() => parse(wrong), wrong).toThrow();
    }
  });
});
