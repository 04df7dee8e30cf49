import { type ExplainedStep, type Explanation, explain } from "../../src/explain/explain.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Formula } from "../../src/notation/formula-tree.ts";
import { fixture } from "./fixtures.ts";

/** A derivation of a cell in fixtures, or without one. */
export function explained(
  cell: string | object | null,
  request: Partial<Parameters<typeof explain>[0]> = {},
): Explanation {
  const json = typeof cell === "string" ? fixture(cell) : cell;
  return explain({
    topics: [],
    norm: null,
    unit: null,
    step: null,
    ...request,
    cell: json === null ? null : parseCell(json),
  });
}

export function stepsOf(explanation: Explanation): ExplainedStep[] {
  return explanation.topics.flatMap(({ steps }) => steps);
}

/** Every formula of a derivation: displayed, in the prose, and the symbols of its numbers. */
export function formulasOf(explanation: Explanation): Formula[] {
  const inProse = (said: ExplainedStep["rule"]) =>
    typeof said === "string" ? [] : said.filter((part) => typeof part !== "string");
  return [
    ...explanation.topics.flatMap(({ title }) => inProse(title)),
    ...stepsOf(explanation).flatMap(({ rule, formulas, reason, numbers }) => [
      ...inProse(rule),
      ...formulas,
      ...inProse(reason),
      ...numbers.map(({ symbol }) => symbol),
    ]),
  ];
}

/** The cells that show something of their own. */
export const CELLS = [
  "homework6.json",
  "zero-row.json",
  "saturated-gates.json",
  "bias-and-input.json",
  "cancelling-preactivations.json",
  "extreme-scales.json",
  "one-unit.json",
  "sequence.json",
  "forget-gate-only.json",
];
