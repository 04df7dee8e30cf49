import { Chalk, type ChalkInstance } from "chalk";
import type { GradeTest } from "../../grade/result.ts";
import { wrapped } from "../wrap.ts";
import { detailsOf, mapOf, pointsOf, remarksOf, shortNumber } from "./details.ts";
import { type GradedAnswer, type GradeRenderOptions, type GradeReport, ofClass } from "./report.ts";
import { summaryLines } from "./summary.ts";

/** An answer's score, then a row a quantity; below those that are wrong, what is wrong and how. */
export function renderGradeTable({ width, colorLevel, isSummary }: GradeRenderOptions): GradeReport {
  const chalk = new Chalk({ level: colorLevel });
  if (isSummary) return ofClass((summary) => `${summaryLines(summary, chalk).join("\n")}\n`);
  return {
    start: "",
    answer: (graded, k) => (k === 0 ? "" : "\n") + answerText(graded, width, chalk),
    end: (summary) => (summary === null ? "" : `\n${summaryLines(summary, chalk).join("\n")}\n`),
  };
}

function answerText({ file, result }: GradedAnswer, width: number, chalk: ChalkInstance): string {
  const first = result.first_wrong === null ? "" : `, first wrong: ${result.first_wrong}`;
  const { tests } = result;
  const names = Math.max(...tests.map(({ name }) => name.length));
  const scores = Math.max(...tests.map((test) => scoreOf(test).length));
  const lines = [
    chalk.bold(`${file}: ${pointsOf(result)}${first}`),
    ...tests.flatMap((test) => testLines(test, { names, scores, width }, chalk)),
    ...remarksOf(result).flatMap((remark) => wrapped(remark, width).map((line) => chalk.dim(line))),
  ];
  return `${lines.join("\n")}\n`;
}

type Widths = Readonly<Record<"names" | "scores" | "width", number>>;

const INDENT = "  ";

function testLines(test: GradeTest, { names, scores, width }: Widths, chalk: ChalkInstance): string[] {
  const isRight = test.status === "passed";
  const [message, ...more] = detailsOf(test);
  const verdict = isRight ? "ok   " : "wrong";
  const quantity = `  ${test.name.padEnd(names)}  ${scoreOf(test).padStart(scores)}  `;
  const column = verdict.length + quantity.length;
  const [start, ...rest] = wrapped(message, width - column);
  const head = (isRight ? chalk.green(verdict) : chalk.red(verdict)) + quantity + start;
  const details = more.flatMap((text) => wrapped(text, width - INDENT.length));
  return [
    head,
    ...rest.map((line) => " ".repeat(column) + line),
    ...[...details, ...mapOf(test)].map((line) => INDENT + line),
  ];
}

function scoreOf({ score, max_score }: GradeTest): string {
  return `${shortNumber(score)}/${shortNumber(max_score)}`;
}
