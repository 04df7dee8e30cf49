import { Chalk, type ChalkInstance } from "chalk";
import type { Explanation } from "../explain/explain.ts";
import type { Diagram } from "../explain/topic.ts";
import { toAscii } from "./ascii.ts";
import { nameLine } from "./cell-words.ts";
import { numbersSection, writeNumber } from "./explained-numbers.ts";
import { type ExplanationOptions, type WrittenStep, written } from "./explanation.ts";
import { formulaLine, formulaLines } from "./formula-text.ts";
import type { Look } from "./look.ts";
import { renderSection } from "./table.ts";
import { wrap } from "./wrap.ts";

/** A derivation for a terminal, with a final line feed. */
export function renderExplanationText(explanation: Explanation, options: ExplanationOptions & Look): string {
  const { heading, digits, full, unicode } = options;
  const chalk = new Chalk({ level: options.colorLevel });
  // Hölder in ASCII
  const spell = (text: string) => (unicode ? text : toAscii(text.replaceAll("ö", "oe")));
  // narrower than this nothing can be read
  const width = Math.max(40, options.width);
  const inner = width - INDENT;
  const write = writeNumber(digits);
  const { topics, sizes, captions } = written(explanation, options, {
    words: spell,
    inline: (formula) => unbroken(spell(formulaLine(formula, write))),
    display: (formula) => formulaLines(formula, { width: inner - INDENT, write, spell }).join("\n"),
    numbers: (group) =>
      spell(renderSection(numbersSection(group), { width: inner, digits, full, write: spell }, chalk)),
  });
  const blocks = topics.flatMap(({ title, diagram, steps }) => {
    const text = wrap(breakable(title), width);
    const longest = Math.max(...text.split("\n").map((line) => line.length));
    const rule = spell("─".repeat(longest));
    const picture = diagram ? diagramText(diagram, inner, unicode) : [];
    return [`${chalk.bold(text)}\n${rule}`, ...picture, ...steps.map((step) => stepText(step, inner, chalk))];
  });
  if (heading !== null) {
    const behind = ` (${sizes})`;
    blocks.unshift(chalk.bold(spell(nameLine(heading, Math.max(8, width - behind.length - 1))) + behind));
  }
  if (captions.length > 0) blocks.push(captions.map((text) => chalk.dim(wrap(text, width))).join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

const INDENT = 4;

function stepText(
  { number, rule, formulas, reason, numbers, remarks }: WrittenStep,
  width: number,
  chalk: ChalkInstance,
) {
  const title = `${number}.`.padEnd(INDENT) + breakable(rule);
  const blocks = [breakable(wrap(reason, width)), ...numbers.flat(), ...remarks.map((remark) => wrap(remark, width))];
  return [`${chalk.bold(title)}\n${indented(indented(formulas.join("\n")))}`, ...blocks.map(indented)].join("\n\n");
}

/** The drawing and what is to be seen in it; nothing where the drawing does not fit. */
function diagramText({ drawing, caption }: Diagram<string>, width: number, unicode: boolean): string[] {
  // sigma as wide as the room that σ has
  const lines = unicode ? drawing : toAscii(drawing.replaceAll("  σ  ", "sigma"));
  const widest = Math.max(...lines.split("\n").map((line) => line.length));
  return widest > width ? [] : [lines, breakable(wrap(caption, width))].map(indented);
}

const UNBROKEN = 24;
const NO_BREAK = "\u00a0";

/** A short formula, which stays on one line. */
function unbroken(line: string): string {
  return line.length <= UNBROKEN ? line.replaceAll(" ", NO_BREAK) : line;
}

function breakable(text: string): string {
  return text.replaceAll(NO_BREAK, " ");
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, " ".repeat(INDENT));
}
