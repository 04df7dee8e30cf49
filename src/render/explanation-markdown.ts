import type { Explanation } from "../explain/explain.ts";
import { excerpt } from "../input/excerpt.ts";
import { visibleLine } from "../visible.ts";
import { escapeMarkdown } from "./escape.ts";
import { writeNumber } from "./explained-numbers.ts";
import {
  captionsOfExplanation,
  type ExplanationOptions,
  sizesOf,
  type WrittenStep,
  writtenTopics,
} from "./explanation.ts";
import { formulaLatex } from "./formula-latex.ts";

/** A derivation as Markdown with its mathematics between dollars, as GitHub, Jupyter and pandoc read it. */
export function renderExplanationMarkdown(explanation: Explanation, options: ExplanationOptions): string {
  const { heading, digits } = options;
  const topics = writtenTopics(explanation, options, {
    words: (text) => text,
    inline: (formula) => `$${formulaLatex(formula, writeNumber(digits), "inline")}$`,
    display: (formula) => formulaLatex(formula, writeNumber(digits)),
  });
  const blocks: string[] = [];
  if (heading !== null) blocks.push(`# ${escapeMarkdown(visibleLine(excerpt(heading)))}`, sizesOf(explanation));
  for (const { title, steps } of topics) blocks.push(`## ${title}`, ...steps.flatMap(stepBlocks));
  blocks.push(
    ...captionsOfExplanation(explanation).map((caption) =>
      caption.replace(/\S*[_{]\S*/g, "`$&`").replaceAll(",`", "`,"),
    ),
  );
  return `${blocks.join("\n\n")}\n`;
}

function stepBlocks({ title, formulas, reason, numbers, remarks }: WrittenStep): string[] {
  return [
    `**${title}**`,
    ...formulas.map(displayed),
    reason,
    ...numbers.map((group) => displayed(group.join(" \\qquad "))),
    ...remarks.map((remark) => `*${remark}*`),
  ];
}

function displayed(tex: string): string {
  return `$$\n${tex}\n$$`;
}
