/** A page of documentation for a terminal: Markdown as the pages of this project use it. */
import { Chalk } from "chalk";
import { lexer, type MarkedToken, type Token } from "marked";
import { toAscii } from "../ascii.ts";
import type { Look } from "../look.ts";
import { wrapped } from "../wrap.ts";
import { tableText } from "./table.ts";

/** Narrower than this nothing can be read. */
const NARROWEST = 40;
const INDENT = " ".repeat(4);

/** Markdown without its markup, in lines of at most the width but for code, which stays as it is; with a final line feed. */
export function renderManual(markdown: string, { width, colorLevel, unicode }: Look): string {
  const chalk = new Chalk({ level: colorLevel });
  const spell = (text: string) => (unicode ? text : toAscii(text));
  const columns = Math.max(NARROWEST, width);
  const blocks = lexer(markdown).map((token) => blockText(token as MarkedToken, columns, spell, chalk.bold));
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

type Write = (text: string) => string;

/** What a block of Markdown says; nothing of a blank line. */
function blockText(block: MarkedToken, width: number, spell: Write, bold: Write): string {
  const words = ({ tokens = [] }: { tokens?: Token[] }) => spell(withoutMarkup(tokens));
  switch (block.type) {
    case "heading":
      return headingText(block.depth, words(block), spell, bold);
    case "paragraph":
      return wrapped(words(block), width).join("\n");
    case "list":
      return block.items.map((item) => `- ${wrapped(words(item), width - 2).join("\n  ")}`).join("\n");
    case "code":
      return spell(block.text.replace(/^(?=.)/gm, INDENT));
    case "table":
      return tableText(
        [block.header, ...block.rows].map((row) => row.map(words)),
        width,
        spell("─"),
      );
    default:
      return "";
  }
}

/** The text of code, of links and of what is bold, on one line. */
function withoutMarkup(tokens: readonly Token[]): string {
  const texts = tokens.map((token) => {
    if ("tokens" in token && token.tokens) return withoutMarkup(token.tokens);
    return "text" in token ? token.text : " ";
  });
  return texts.join("").replace(/\s*\n\s*/g, " ");
}

/** The rule below tells how high a heading stands. */
function headingText(level: number, text: string, spell: Write, bold: Write): string {
  const rule = ["=", spell("─")][level - 1];
  return rule === undefined ? bold(text) : `${bold(text)}\n${rule.repeat(text.length)}`;
}
