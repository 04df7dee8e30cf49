/** What the formats of a derivation share: its walk, its prose, and what stands before and after it. */
import type { Explanation } from "../explain/explain.ts";
import type { Said } from "../explain/topic.ts";
import type { Wrt } from "../lstm/names.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { groupNumbers, numbersFormula } from "./explained-numbers.ts";
import { reverseCaptions } from "./reverse-captions.ts";
import { activationCaption } from "./sections.ts";
import { stateSymbol, textOf } from "./symbols.ts";

export interface ExplanationOptions {
  /** The cell's name or file; null without a cell. Not yet escaped. */
  readonly heading: string | null;
  readonly digits: number;
  /** Every row and column of a matrix. */
  readonly full: boolean;
  /** The level of a topic's heading in HTML, by default 2. */
  readonly level?: 2 | 3;
}

/** One step, each part written as the format writes it. */
export interface WrittenStep {
  /** `1. Chain rule` */
  readonly title: string;
  readonly formulas: readonly string[];
  readonly reason: string;
  /** Formulas with numbers in them, those beside each other that belong together. */
  readonly numbers: readonly (readonly string[])[];
  readonly remarks: readonly string[];
}

/** How a format writes words and formulas. */
export interface Pen {
  readonly words: (text: string) => string;
  readonly inline: (formula: Formula) => string;
  readonly display: (formula: Formula) => string;
}

/** The walk of a derivation: its topics with their steps, written by a pen. */
export function writtenTopics({ topics }: Explanation, { digits, full }: ExplanationOptions, pen: Pen) {
  const prose = (said: Said) => proseOf(said, pen.words, pen.inline);
  return topics.map(({ topic, title, steps }) => ({
    topic,
    title: prose(title),
    steps: steps.map(({ rule, formulas, reason, numbers, remarks }, k): WrittenStep => {
      return {
        title: `${k + 1}. ${capitalised(prose(rule))}`,
        formulas: formulas.map(pen.display),
        reason: prose(reason),
        numbers: groupNumbers(numbers).map((group) =>
          group.map((each) => pen.display(numbersFormula(each, digits, full))),
        ),
        remarks: remarks.map((remark) => pen.words(`${capitalised(remark)}.`)),
      };
    }),
  }));
}

/** Prose with its words and its formulas written each in its own way. */
export function proseOf(said: Said, words: (text: string) => string, formula: (tree: Formula) => string): string {
  if (typeof said === "string") return words(said);
  return said.map((part) => (typeof part === "string" ? words(part) : formula(part))).join("");
}

/** The cell's sizes, and which step and unit the numbers belong to. */
export function sizesOf({ hidden_size, input_size, step, steps, unit }: Explanation): string {
  const parts = [`hidden size ${hidden_size}`];
  if (input_size !== null) parts.push(`input size ${input_size}`);
  if (step !== undefined) parts.push(`step ${step} of ${steps}`);
  if (unit !== undefined) parts.push(`unit ${unit}`);
  return parts.join(", ");
}

/** What the numbers rest on. */
export function captionsOfExplanation(explanation: Explanation): string[] {
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
export function capitalised(text: string): string {
  return /^[a-z]([a-z]| [a-z])/.test(text) ? text[0].toUpperCase() + text.slice(1) : text;
}
