import type { Explanation } from "../explain/explain.ts";
import { escapeMarkdown } from "./escape.ts";
import { writeNumber } from "./explained-numbers.ts";
import { type ExplanationOptions, type WrittenStep, written } from "./explanation.ts";
import { latexPen } from "./formula-latex.ts";

/** A derivation as Markdown with its mathematics between dollars, as GitHub, Jupyter and pandoc read it. */
export function renderExplanationMarkdown(explanation: Explanation, options: ExplanationOptions): string {
  const pen = { words: (text: string) => text, ...latexPen(writeNumber(options.digits)) };
  const { name, sizes, topics, captions } = written(explanation, options, pen);
  const blocks = name === null ? [] : [`# ${escapeMarkdown(name)}`, sizes];
  for (const { title, diagram, steps } of topics) {
    blocks.push(`## ${title}`);
    if (diagram) blocks.push(`\`\`\`text\n${diagram.drawing}\n\`\`\``, diagram.caption);
    blocks.push(...steps.flatMap(stepBlocks));
  }
  blocks.push(...captions.map((caption) => caption.replace(/\S*[_{]\S*/g, "`$&`").replaceAll(",`", "`,")));
  return `${blocks.join("\n\n")}\n`;
}

function stepBlocks({ number, rule, formulas, reason, numbers, remarks }: WrittenStep): string[] {
  return [
    `**${number}. ${rule}**`,
    ...formulas.map(displayed),
    reason,
    ...numbers.map((group) => displayed(group.join(" \\qquad "))),
    ...remarks.map((remark) => `*${remark}*`),
  ];
}

function displayed(tex: string): string {
  return `$$\n${tex}\n$$`;
}
