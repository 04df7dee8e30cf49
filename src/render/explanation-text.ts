import { Chalk, type ColorSupportLevel } from "chalk";
import type { ExplainedStep, ExplainedTopic, Explanation } from "../explain/explain.ts";
import type { Said } from "../explain/topic.ts";
import { excerpt } from "../input/excerpt.ts";
import { visibleLine } from "../visible.ts";
import { toAscii } from "./ascii.ts";
import { groupNumbers, numbersSection, writeNumber } from "./explained-numbers.ts";
import { capitalised, captionsOfExplanation, type ExplanationOptions, proseOf, sizesOf } from "./explanation.ts";
import { formulaLine, formulaLines } from "./formula-text.ts";
import { renderSection, wrap } from "./table.ts";

export interface TextOptions extends ExplanationOptions {
  readonly width: number;
  readonly colorLevel: ColorSupportLevel;
  /** False: only ASCII. */
  readonly unicode: boolean;
}

/** A derivation for a terminal, with a final line feed. */
export function renderExplanationText(explanation: Explanation, options: TextOptions): string {
  const pen = penOf(options);
  const blocks = explanation.topics.map((topic) => topicText(topic, pen));
  if (options.heading !== null) blocks.unshift(pen.chalk.bold(headingText(explanation, options, pen)));
  const captions = captionsOfExplanation(explanation).map((text) => pen.chalk.dim(wrap(pen.spell(text), pen.width)));
  if (captions.length > 0) blocks.push(captions.join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

/** How everything is written. */
function penOf({ width, digits, full, colorLevel, unicode }: TextOptions) {
  // Hölder in ASCII
  const spell = (text: string) => (unicode ? text : toAscii(text.replaceAll("ö", "oe")));
  // narrower than this nothing can be read
  const columns = Math.max(40, width);
  return { width: columns, digits, full, spell, write: writeNumber(digits), chalk: new Chalk({ level: colorLevel }) };
}

type Pen = ReturnType<typeof penOf>;

const INDENT = 4;

function headingText(explanation: Explanation, { heading }: TextOptions, { spell, width }: Pen): string {
  const sizes = ` (${sizesOf(explanation)})`;
  return spell(visibleLine(excerpt(heading ?? "", Math.max(8, width - sizes.length - 1))) + sizes);
}

function topicText({ title, steps }: ExplainedTopic, pen: Pen): string {
  const text = wrap(prose(title, pen), pen.width);
  const longest = Math.max(...text.split("\n").map((line) => line.length));
  const rule = pen.spell("─".repeat(longest));
  return [`${pen.chalk.bold(text)}\n${rule}`, ...steps.map((step, k) => stepText(step, k + 1, pen))].join("\n\n");
}

function stepText({ rule, formulas, reason, numbers, remarks }: ExplainedStep, number: number, pen: Pen): string {
  const { chalk, spell, write } = pen;
  const width = pen.width - INDENT;
  const title = `${number}.`.padEnd(INDENT) + capitalised(prose(rule, pen));
  const lines = formulas.flatMap((formula) => formulaLines(formula, { width: width - INDENT, write, spell }));
  const blocks = [
    chalk.bold(title),
    indented(indented(lines.join("\n"))),
    indented(paragraph(reason, pen, width)),
    ...groupNumbers(numbers).map((group) => indented(numbersTable(group, pen, width))),
    ...remarks.map((remark) => indented(wrap(spell(`${capitalised(remark)}.`), width))),
  ];
  return [blocks.slice(0, 2).join("\n"), ...blocks.slice(2)].join("\n\n");
}

function numbersTable(group: Parameters<typeof numbersSection>[0], { chalk, digits, full, spell }: Pen, width: number) {
  return spell(renderSection(numbersSection(group), { width, digits, full, write: spell }, chalk));
}

function prose(said: Said, { spell, write }: Pen): string {
  return proseOf(said, spell, (formula) => spell(formulaLine(formula, write)));
}

const UNBROKEN = 24;

/** Wrapped; a short formula stays on one line. */
function paragraph(said: Said, { spell, write }: Pen, width: number): string {
  const keep = (line: string) => (line.length <= UNBROKEN ? line.replaceAll(" ", "\u00a0") : line);
  const text = proseOf(said, spell, (formula) => keep(spell(formulaLine(formula, write))));
  return wrap(text, width).replaceAll("\u00a0", " ");
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, " ".repeat(INDENT));
}
