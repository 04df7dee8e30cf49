import { nameLine } from "./cell-words.ts";
import { escapeMarkdownCell } from "./escape.ts";
import { layOutWhole, type ReadableOptions, sizesBehind } from "./readable.ts";
import type { Result } from "./result.ts";
import type { Section } from "./section.ts";
import { captionsOf, sectionsOf } from "./sections.ts";

/** A result as tables of GitHub's Markdown, every row and column, what is to be said below each. */
export function renderMarkdown(result: Result, options: ReadableOptions): string {
  const { heading, remarks = [], digits } = options;
  const blocks = heading === null ? [] : [`## ${escapeMarkdownCell(nameLine(heading))}${sizesBehind(result)}`];
  for (const section of sectionsOf(result, options)) {
    blocks.push(table(section, digits), ...section.captions.map(escapeMarkdownCell));
  }
  blocks.push(...[...remarks, ...captionsOf(result)].map(escapeMarkdownCell));
  return `${blocks.join("\n\n")}\n`;
}

/** The shortest rule that GitHub takes for an aligned column. */
const RULE = 3;

function table(section: Section, digits: number): string {
  const { title, labelWidth, rows, rowLabels, columns } = layOutWhole(section, digits, escapeMarkdownCell);
  const first = Math.max(labelWidth, RULE);
  const widths = columns.map(({ width }) => Math.max(width, RULE));
  const line = (label: string, cells: readonly string[]) =>
    `| ${[label.padEnd(first), ...cells.map((cell, k) => cell.trimEnd().padStart(widths[k]))].join(" | ")} |`;
  return [
    line(
      title,
      columns.map(({ label }) => label),
    ),
    `| :${"-".repeat(first - 1)} | ${widths.map((width) => `${"-".repeat(width - 1)}:`).join(" | ")} |`,
    ...rows.map((_, k) =>
      line(
        rowLabels[k],
        columns.map(({ texts }) => texts[k]),
      ),
    ),
  ].join("\n");
}
