import type { ExplainedStep, Explanation } from "../explain/explain.ts";
import type { Said } from "../explain/topic.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { writeNumber } from "./explained-numbers.ts";
import { proseOf } from "./explanation.ts";
import { formulaLatex } from "./formula-latex.ts";
import { formulaLine } from "./formula-text.ts";

/** The derivation as a record for JSON: each formula as its tree, as text and as LaTeX, prose as text, numbers whole. */
export function explanationRecord({ topics, ...rest }: Explanation): object {
  return {
    ...rest,
    topics: topics.map(({ topic, title, steps }) => ({ topic, title: plain(title), steps: steps.map(stepRecord) })),
  };
}

function stepRecord({ rule, formulas, reason, numbers, remarks }: ExplainedStep): object {
  return {
    rule: plain(rule),
    formulas: formulas.map(formulaRecord),
    reason: plain(reason),
    numbers: numbers.map(({ path, symbol, value }) => ({
      path,
      symbol: line(symbol),
      value: typeof value === "object" && "row" in value ? value.row : value,
    })),
    remarks,
  };
}

const EVERY_DIGIT = 17;

function formulaRecord(tree: Formula): object {
  return { text: line(tree), latex: formulaLatex(tree, writeNumber(EVERY_DIGIT)), tree };
}

const line = (formula: Formula) => formulaLine(formula, String);
const plain = (said: Said) => proseOf(said, (text) => text, line);
