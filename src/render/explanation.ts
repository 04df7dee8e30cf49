/** What the formats of a derivation share: its walk, its prose, and what stands before and after it. */
import type { Explanation, ShownNumber } from "../explain/explain.ts";
import type { Said } from "../explain/topic.ts";
import type { Wrt } from "../lstm/names.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { nameLine, reverseCaptions, sizesOf } from "./cell-words.ts";
import { CUT_CAPTION, groupNumbers, isCut, numbersFormula } from "./explained-numbers.ts";
import type { ReadableOptions } from "./readable.ts";
import { activationCaption } from "./sections.ts";
import { stateSymbol, textOf } from "./symbols.ts";

export interface ExplanationOptions extends Pick<ReadableOptions, "heading" | "digits"> {
  /** Every row and column of a matrix. */
  readonly full: boolean;
  /** The level of a topic's heading in HTML, by default 2. */
  readonly level?: 2 | 3;
}

/** One step, each part written as the format writes it. */
export interface WrittenStep {
  /** From 1. */
  readonly number: number;
  /** Capitalised: it is the step's heading. */
  readonly rule: string;
  readonly formulas: readonly string[];
  readonly reason: string;
  /** Formulas or tables with numbers in them, those beside each other that belong together. */
  readonly numbers: readonly (readonly string[])[];
  readonly remarks: readonly string[];
}

/** How a format writes words and formulas. */
export interface Pen {
  readonly words: (text: string) => string;
  readonly inline: (formula: Formula) => string;
  readonly display: (formula: Formula) => string;
  /** Numbers that fit one table; formulas unless given. */
  readonly numbers?: (group: readonly ShownNumber[]) => string;
}

/** The walk of a derivation, written by a pen: its name, not yet escaped, and all that is said of it. */
export function written(explanation: Explanation, { heading, digits, full }: ExplanationOptions, pen: Pen) {
  const prose = (said: Said) => proseOf(said, pen.words, pen.inline);
  const asFormulas = (group: readonly ShownNumber[]) =>
    group.map((each) => pen.display(numbersFormula(each, digits, full)));
  const topics = explanation.topics.map(({ topic, title, diagram, steps }) => ({
    topic,
    title: prose(title),
    diagram: diagram && { drawing: diagram.drawing, caption: prose(diagram.caption) },
    steps: steps.map(({ rule, formulas, reason, numbers, remarks }, k): WrittenStep => {
      return {
        number: k + 1,
        rule: capitalised(prose(rule)),
        formulas: formulas.map(pen.display),
        reason: prose(reason),
        numbers: groupNumbers(numbers).map((group) => (pen.numbers ? [pen.numbers(group)] : asFormulas(group))),
        remarks: remarks.map((remark) => pen.words(`${capitalised(remark)}.`)),
      };
    }),
  }));
  const isAnyCut =
    !full && !pen.numbers && explanation.topics.some(({ steps }) => steps.some(({ numbers }) => numbers.some(isCut)));
  return {
    topics,
    name: heading === null ? null : nameLine(heading),
    sizes: pen.words(sizesOf(explanation)),
    captions: [...captionsOf(explanation), ...(isAnyCut ? [CUT_CAPTION] : [])].map(pen.words),
  };
}

/** Prose with its words and its formulas written each in its own way. */
export function proseOf(said: Said, words: (text: string) => string, formula: (tree: Formula) => string): string {
  if (typeof said === "string") return words(said);
  return said.map((part) => (typeof part === "string" ? words(part) : formula(part))).join("");
}

/** What the numbers rest on. */
function captionsOf(explanation: Explanation): string[] {
  const { assumed_zero = [], assumed_one = [], assumed_activation, missing = {} } = explanation;
  const captions = reverseCaptions(explanation);
  const zero = assumed_zero.map((key) => textOf(stateSymbol(key as Wrt, false)));
  if (zero.length > 0) captions.push(`not given and taken as zero: ${zero.join(", ")}`);
  if (assumed_one.length > 0) captions.push(`not given and taken as ones: ${assumed_one.join(", ")}`);
  if (assumed_activation) captions.push(activationCaption(assumed_activation));
  const lacking = [...new Set(Object.values(missing).flat())];
  if (lacking.length > 0) captions.push(`a partial cell: it lacks ${lacking.join(", ")}`);
  return captions;
}

/** A sentence's beginning; a symbol such as c_{t-1} keeps its letter. */
function capitalised(text: string): string {
  return /^[a-z]([a-z]| [a-z])/.test(text) ? text[0].toUpperCase() + text.slice(1) : text;
}
