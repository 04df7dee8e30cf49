import { Chalk, type ChalkInstance, type ColorSupportLevel } from "chalk";
import CliTable from "cli-table3";
import type { CellResult, SigmoidResult } from "../lstm/result.ts";
import { GAP, type LaidOutColumn, type Layout, type LayoutOptions, layOut } from "./layout.ts";
import { captionsOf, type Section, sectionsOf } from "./sections.ts";
import { toAscii } from "./symbols.ts";
import { tint } from "./tint.ts";
import { visibleLine } from "./visible.ts";

export interface TableOptions extends LayoutOptions {
  /** Chalk's colour level: 0 none, 1 sixteen colours, 2 256, 3 true colour. */
  readonly colorLevel: ColorSupportLevel;
  /** False: only ASCII. */
  readonly unicode: boolean;
  /** What the result is of, for the first line; null: no such line. */
  readonly heading: string | null;
}

/** A result as tables for a terminal, with a final line feed. */
export function renderTable(result: CellResult | SigmoidResult, options: TableOptions): string {
  const chalk = new Chalk({ level: options.colorLevel });
  const blocks = sectionsOf(result).map((section) => renderSection(section, options, chalk));
  if (options.heading !== null) blocks.unshift(chalk.bold(heading(result, options.heading)));
  const captions = captionsOf(result).map((caption) => chalk.dim(caption));
  if (captions.length > 0) blocks.push(captions.join("\n"));
  const text = `${blocks.join("\n\n")}\n`;
  return options.unicode ? text : toAscii(text);
}

function heading(result: CellResult | SigmoidResult, of: string): string {
  if ("values" in result) return visibleLine(of);
  const input = result.input_size === null ? "" : `, input size ${result.input_size}`;
  return `${visibleLine(of)} (hidden size ${result.hidden_size}${input})`;
}

/** Only the rule under the header; columns are told apart by space. */
const CHARACTERS = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", right: "", "right-mid": "" },
  ...{ mid: "─", "mid-mid": "─".repeat(GAP), middle: " ".repeat(GAP) },
};

function renderSection(section: Section, options: TableOptions, chalk: ChalkInstance): string {
  const layout = layOut(section, options);
  const table = new CliTable({
    head: [chalk.bold(section.title), ...layout.columns.map((column) => chalk.bold(column?.label ?? "…"))],
    colAligns: ["left", ...layout.columns.map(() => "right" as const)],
    chars: CHARACTERS,
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
  });
  const paint = painter(section, chalk);
  layout.rows.forEach((row, k) => {
    const cells = layout.columns.map((column) => (column === null ? "…" : paint(column, row, column.texts[k])));
    table.push([layout.rowLabels[k], ...cells]);
  });
  const captions = [...section.captions, ...cornerCaption(section, layout)].map((caption) => chalk.dim(caption));
  return [trimLines(table.toString()), ...captions].join("\n");
}

/** Entries of a matrix are tinted by their share of its largest; the rest stays as it is. */
function painter(section: Section, chalk: ChalkInstance) {
  if (!section.comparable || chalk.level === 0) return (_: LaidOutColumn, __: number | null, text: string) => text;
  let largest = 0;
  for (const column of section.columns) {
    for (let row = 0; row < section.rows; row++) largest = Math.max(largest, Math.abs(column.at(row) ?? 0));
  }
  return ({ column }: LaidOutColumn, row: number | null, text: string) =>
    row === null || largest === 0 ? text : tint(chalk, (column.at(row) ?? 0) / largest, text);
}

function cornerCaption(section: Section, layout: Layout): string[] {
  if (!layout.cut) return [];
  const size = section.comparable ? `corner of ${section.rows} × ${section.columns.length}` : `${section.rows} units`;
  return [`${size}, --full shows all`];
}

function trimLines(text: string): string {
  return text.replace(/ +$/gm, "");
}
