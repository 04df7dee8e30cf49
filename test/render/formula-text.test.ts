import { describe, expect, test } from "vitest";
import * as F from "../../src/notation/formula.ts";
import { toAscii } from "../../src/render/ascii.ts";
import { formulaLine, formulaLines } from "../../src/render/formula-text.ts";
import { explained, formulasOf } from "../helpers/formulas.ts";
import { FORMULAS } from "../helpers/spelled-formulas.ts";

const options = (width: number) => ({ width, write: String, spell: (text: string) => text });

describe("a formula as text", () => {
  test.each(FORMULAS)("$text", ({ formula, text }) => {
    expect(formulaLine(formula, String)).toBe(text);
  });

  test("aligns a chain at its relations", () => {
    const chain = F.equals(
      F.sub("f", "t"),
      F.product(F.apply("diag", "a"), F.sub("U", "f"), F.apply("diag", "b"), F.sub("U", "f"), F.apply("diag", "c")),
      F.apply("σ", F.sub("z", "f")),
    );
    expect(formulaLines(chain, options(40))).toEqual(["f_t = diag(a) U_f diag(b) U_f diag(c)", "    = σ(z_f)"]);
  });

  test("leaves a short chain on one line", () => {
    expect(formulaLines(F.chain(0, ["<", "a"], ["≤", F.fraction(1, 4)]), options(40))).toEqual(["0 < a ≤ 1/4"]);
  });

  test("breaks a long sum before an operator, outside of brackets", () => {
    const term = F.product(F.apply("diag", F.hadamard("a", "b")), "U");
    expect(formulaLines(F.equals("y", F.sum(term, term, term)), options(30))).toEqual([
      "y = diag(a ∘ b) U",
      "    + diag(a ∘ b) U",
      "    + diag(a ∘ b) U",
    ]);
  });

  test("sets a matrix row by row", () => {
    expect(
      formulaLines(
        F.equals(
          "J",
          F.matrix([
            ["a", 10],
            [200, "b"],
          ]),
        ),
        options(40),
      ),
    ).toEqual(["J = [ a    10 ]", "    [ 200  b  ]"]);
  });

  test.each([64, 72, 120])("fits %i characters, in Unicode and in ASCII", (width) => {
    for (const formula of formulasOf(explained("homework6.json"))) {
      for (const spell of [(text: string) => text, toAscii]) {
        for (const line of formulaLines(formula, { ...options(width), spell }))
          expect(line.length).toBeLessThanOrEqual(width);
      }
    }
  });

  test("has an ASCII spelling of its own for every formula", () => {
    const lines = formulasOf(explained(null)).map((formula) => formulaLine(formula, String));
    expect(lines.map(toAscii).join("")).not.toMatch(/[^ -~]|\?/);
    expect(new Set(lines.map(toAscii)).size).toBe(new Set(lines).size);
  });
});
