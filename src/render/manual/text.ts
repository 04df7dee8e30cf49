/** A page of documentation for a terminal. */
import { Chalk, type ColorSupportLevel } from "chalk";
import { toAscii } from "../ascii.ts";
import { wrapped } from "../wrap.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { tableText } from "./table.ts";

export interface ManualOptions {
  readonly width: number;
  readonly colorLevel: ColorSupportLevel;
  /** False: only ASCII. */
  readonly unicode: boolean;
}

/** Narrower than this nothing can be read. */
const NARROWEST = 40;
const INDENT = " ".repeat(4);

/** Markdown without its markup, in lines of at most the width but for code, which stays as it is; with a final line feed. */
export function renderManual(markdown: string, { width, colorLevel, unicode }: ManualOptions): string {
  const chalk = new Chalk({ level: colorLevel });
  const spell = (text: string) => (unicode ? text : toAscii(text));
  const columns = Math.max(NARROWEST, width);
  const texts = blocksOf(markdown).map((block) => blockText(block, columns, spell, chalk.bold));
  return `${texts.join("\n\n")}\n`;
}

type Write = (text: string) => string;

function blockText(block: Block, width: number, spell: Write, bold: Write): string {
  switch (block.kind) {
    case "heading":
      return headingText(block.level, spell(block.text), spell, bold);
    case "paragraph":
      return wrapped(spell(block.text), width).join("\n");
    case "list":
      return block.items.map((item) => `- ${wrapped(spell(item), width - 2).join("\n  ")}`).join("\n");
    case "code":
      return block.lines.map((line) => spell(line === "" ? "" : INDENT + line)).join("\n");
    case "table":
      return tableText(
        block.rows.map((row) => row.map(spell)),
        width,
        spell("─"),
      );
  }
}

/** The rule below tells how high a heading stands. */
function headingText(level: number, text: string, spell: Write, bold: Write): string {
  const rule = ["=", spell("─")][level - 1];
  return rule === undefined ? bold(text) : `${bold(text)}\n${rule.repeat(text.length)}`;
}
