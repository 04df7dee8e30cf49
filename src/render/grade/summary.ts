import type { ChalkInstance } from "chalk";
import type { HardEntry } from "../../grade/hardest-entries.ts";
import type { Summary } from "../../grade/summary.ts";
import { counted } from "../../words/counted.ts";
import { shortNumber } from "./details.ts";

/** As many of the hardest entries are told. */
const HARDEST = 5;

/** The class in figures: the mean, how each quantity went, the mistakes that were recognised, and the hardest entries. */
export function summaryLines(summary: Summary, chalk: ChalkInstance): string[] {
  const { answers, passed, unreadable, mean, mean_score, median_score, quantities, diagnoses, hardest } = summary;
  const names = Math.max(0, ...quantities.map(({ name }) => name.length));
  const lost = unreadable === 0 ? "" : `, ${unreadable} could not be read`;
  return [
    chalk.bold(`${counted(answers, "answer")}: ${passed} all right${lost}`),
    `mean ${shortNumber(mean_score)} points, ${percent(mean).trim()}; median ${shortNumber(median_score)} points`,
    ...quantities.map(
      (one) => `${one.name.padEnd(names)}  ${percent(one.mean)}  right in ${one.passed} of ${one.answers}`,
    ),
    ...diagnoses.map((one) => `${one.diagnosis}: in ${counted(one.answers, "answer")}`),
    ...hardest.slice(0, HARDEST).map((one) => `${entryOf(one)}: wrong in ${one.wrong} of ${one.answers}`),
  ];
}

/** `jacobian.f.h_prev[1][0]` */
export function entryOf({ name, row, column }: HardEntry): string {
  return name + [row, column].map((k) => (k === null ? "" : `[${k}]`)).join("");
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1).padStart(5)} %`;
}
