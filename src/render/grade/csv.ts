import { describeProblem } from "../../errors.ts";
import { escapeCsv } from "../escape.ts";
import { atTheEnd, type GradedAnswer, type GradeRenderer } from "./report.ts";

/** A row a student: the score, and for each quantity the points it earned and the mistake that was recognised in it. */
export const renderCsv: GradeRenderer = () => atTheEnd(rows);

function* rows(answers: readonly GradedAnswer[]): Generator<string> {
  const names = [...new Set(answers.flatMap(({ result }) => result.tests.map(({ name }) => name)))];
  const head = ["file", "score", "max_score", "passed", "first_wrong", "error"];
  yield row([...head, ...names.flatMap((name) => [name, `${name} diagnosis`])]);
  for (const { file, result } of answers) {
    const tests = new Map(result.tests.map((test) => [test.name, test]));
    const { score, max_score, passed, first_wrong, error } = result;
    yield row([
      ...[file, score, max_score, passed, first_wrong, error && describeProblem({ ...error, file: null })],
      ...names.flatMap((name) => [tests.get(name)?.score ?? null, tests.get(name)?.diagnosis ?? null]),
    ]);
  }
}

function row(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map((cell) => (typeof cell === "string" ? escapeCsv(cell) : String(cell ?? ""))).join(",")}\n`;
}
