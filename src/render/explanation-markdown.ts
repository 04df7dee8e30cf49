import type { ExplainedStep, Explanation } from "../explain/explain.ts";
import type { Formula } from "../explain/formula-tree.ts";
import type { Said } from "../explain/step.ts";
import { excerpt } from "../input/excerpt.ts";
import { visibleLine } from "../visible.ts";
import { escapeMarkdown } from "./escape.ts";
import { groupNumbers, numbersFormula, writeNumber } from "./explained-numbers.ts";
import { capitalised, captionsOfExplanation, type ExplanationOptions, proseOf, sizesOf } from "./explanation.ts";
import { formulaLatex } from "./formula-latex.ts";

/** A derivation as Markdown with its mathematics between dollars, as GitHub, Jupyter and pandoc read it. */
export function renderExplanationMarkdown(explanation: Explanation, options: ExplanationOptions): string {
  const { heading, digits } = options;
  const tex = (formula: Formula) => formulaLatex(formula, writeNumber(digits));
  const prose = (said: Said) =>
    proseOf(
      said,
      (text) => text,
      (formula) => `$${formulaLatex(formula, writeNumber(digits), "inline")}$`,
    );
  const blocks: string[] = [];
  if (heading !== null) blocks.push(`# ${escapeMarkdown(visibleLine(excerpt(heading)))}`, sizesOf(explanation));
  for (const { title, steps } of explanation.topics) {
    blocks.push(`## ${prose(title)}`);
    steps.forEach((step, k) => {
      blocks.push(...stepBlocks(step, k + 1, prose, tex, options));
    });
  }
  blocks.push(
    ...captionsOfExplanation(explanation).map((caption) =>
      caption.replace(/\S*[_{]\S*/g, "`$&`").replaceAll(",`", "`,"),
    ),
  );
  return `${blocks.join("\n\n")}\n`;
}

function stepBlocks(
  { rule, formulas, reason, numbers, remarks }: ExplainedStep,
  number: number,
  prose: (said: Said) => string,
  tex: (formula: Formula) => string,
  { digits, full }: ExplanationOptions,
): string[] {
  const shown = groupNumbers(numbers).map((group) =>
    group.map((each) => tex(numbersFormula(each, digits, full))).join(" \\qquad "),
  );
  return [
    `**${number}. ${capitalised(prose(rule))}**`,
    ...formulas.map((formula) => displayed(tex(formula))),
    prose(reason),
    ...shown.map(displayed),
    ...remarks.map((remark) => `*${capitalised(remark)}.*`),
  ];
}

function displayed(tex: string): string {
  return `$$\n${tex}\n$$`;
}
