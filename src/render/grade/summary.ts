import type { ChalkInstance } from "chalk";
import type { Summary } from "../../grade/summary.ts";
import { shortNumber } from "./details.ts";

/** The class in figures: the mean, how each quantity went, and the mistakes that were recognised. */
export function summaryLines(summary: Summary, chalk: ChalkInstance): string[] {
  const { answers, passed, unreadable, mean, mean_score, quantities, diagnoses } = summary;
  const names = Math.max(0, ...quantities.map(({ name }) => name.length));
  const lost = unreadable === 0 ? "" : `, ${unreadable} could not be read`;
  return [
    chalk.bold(`${counted(answers, "answer")}: ${passed} all right${lost}`),
    `mean ${shortNumber(mean_score)} points, ${percent(mean).trim()}`,
    ...quantities.map(
      (one) => `${one.name.padEnd(names)}  ${percent(one.mean)}  right in ${one.passed} of ${one.answers}`,
    ),
    ...diagnoses.map((one) => `${one.diagnosis}: in ${counted(one.answers, "answer")}`),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1).padStart(5)} %`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
