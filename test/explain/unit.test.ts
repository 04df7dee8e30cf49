import { describe, expect, test } from "vitest";
import type { Formula } from "../../src/notation/formula-tree.ts";
import { CELLS, explained, stepsOf } from "../helpers/formulas.ts";

/** The number that a formula without symbols has. */
function evaluate(formula: Formula): number {
  switch (formula.kind) {
    case "value":
      return formula.value;
    case "number":
      return Number(formula.text);
    case "negative":
      return -evaluate(formula.of);
    case "fence":
      return formula.fence === "||" ? Math.abs(evaluate(formula.of)) : evaluate(formula.of);
    case "fraction":
      return evaluate(formula.over) / evaluate(formula.under);
    case "row":
      return formula.parts.map(evaluate).reduce((a, b) => a * b);
    case "infix": {
      const parts = formula.parts.map(evaluate);
      return parts.reduce((a, b) => (formula.operator === "+" ? a + b : formula.operator === "−" ? a - b : a * b));
    }
    case "scripts":
      return evaluateBase(formula.base) ** evaluate(formula.sup!);
    case "apply":
      return formula.fn.kind === "word"
        ? Math.tanh(evaluate(formula.argument))
        : 1 / (1 + Math.exp(-evaluate(formula.argument)));
    default:
      throw new Error(`no number: ${formula.kind}`);
  }
}

const evaluateBase = (base: Formula) => (base.kind === "symbol" && base.name === "e" ? Math.E : evaluate(base));

/** The chains of a unit's walk that end in a number: the formula with numbers, and the number. */
function workedChains(cell: string, unit: number): [inserted: Formula, result: Formula][] {
  const formulas = stepsOf(explained(cell, { unit })).flatMap((step) => step.formulas);
  return formulas.flatMap((formula): [Formula, Formula][] => {
    if (formula.kind !== "chain") return [];
    const [inserted, result] = formula.links.slice(-2).map(({ side }) => side);
    return result?.kind === "value" ? [[inserted, result]] : [];
  });
}

describe("the walk of one unit", () => {
  // the others cancel or saturate: there the rounded numbers do not tell the result
  test.each(["homework6.json", "zero-row.json", "bias-and-input.json", "sequence.json"])(
    "of %s shows sums whose numbers give the result",
    (cell) => {
      const chains = workedChains(cell, 1);
      expect(chains).toHaveLength(21);
      for (const [inserted, result] of chains) expect(evaluate(inserted)).toBeCloseTo(evaluate(result), 13);
    },
  );

  test.each(CELLS)("of %s is there, also where the cell is partial", (cell) => {
    const steps = stepsOf(explained(cell, { unit: 0 }));
    expect(steps).toHaveLength(10);
    expect(workedChains(cell, 0)).toHaveLength(cell === "forget-gate-only.json" ? 3 : 21);
  });

  test("ends with the rows of ∂f_t/∂h_{t-1}, of the four terms and of their sum", () => {
    const paths = stepsOf(explained("homework6.json", { unit: 1 })).flatMap(({ numbers }) =>
      numbers.map(({ path }) => path),
    );
    const rows = [
      "jacobian.f.h_prev[1]",
      "terms.f[1]",
      "terms.i[1]",
      "terms.o[1]",
      "terms.u[1]",
      "jacobian.h_t.h_prev[1]",
    ];
    expect(paths).toEqual(expect.arrayContaining(rows));
  });

  test("numbers of a single topic are those of the unit", () => {
    const { numbers } = stepsOf(explained("homework6.json", { topics: ["forget-gate"], unit: 1 }))[2];
    expect(numbers.map(({ path }) => path)).toEqual(["jacobian.f.h_prev[1]"]);
  });
});

test("the evaluator of these tests finds a wrong number", () => {
  const [[inserted, result]] = workedChains("homework6.json", 1);
  expect(evaluate(inserted)).not.toBeCloseTo(evaluate({ ...result, value: 0.701 } as Formula), 13);
});
