import type { GradeTest } from "../../grade/result.ts";
import { mapOf, mistakeOf, remarksOf } from "./details.ts";
import type { GradedAnswer, GradeRenderOptions, GradeReport } from "./report.ts";

/**
 * TAP 14: a test point a quantity; of several answers a subtest each.
 * Source: https://testanything.org/tap-version-14-specification.html
 */
export function renderTap({ count, isBatch }: GradeRenderOptions): GradeReport {
  const version = "TAP version 14\n";
  const end = () => "";
  if (count === 1 && !isBatch) return { start: version, answer: (graded) => `${points(graded).join("\n")}\n`, end };
  return {
    start: `${version}1..${count}\n`,
    answer(graded, k) {
      const name = description(graded.file);
      const lines = [`# Subtest: ${name}`, ...points(graded)].map((line) => `    ${line}\n`);
      return `${lines.join("")}${graded.result.passed ? "ok" : "not ok"} ${k + 1} - ${name}\n`;
    },
    end,
  };
}

function points({ result }: GradedAnswer): string[] {
  const remarks = remarksOf(result).map((remark) => `# ${remark}`);
  return [`1..${result.tests.length}`, ...remarks, ...result.tests.flatMap((test, k) => point(test, k + 1))];
}

function point(test: GradeTest, number: number): string[] {
  const isRight = test.status === "passed";
  const head = `${isRight ? "ok" : "not ok"} ${number} - ${description(test.name)}`;
  return isRight ? [head] : [head, ...diagnostics(test)];
}

/** A YAML block; JSON is YAML, so that no text of a student's can end it. */
function diagnostics(test: GradeTest): string[] {
  const { message, score, max_score, worst } = test;
  const mistake = mistakeOf(test)[0];
  const entries = { message, score, max_score, mistake, worst: worst ?? undefined, map: mapOf(test) };
  const lines = Object.entries(entries).flatMap(([key, value]) => {
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    return isEmpty ? [] : [`  ${key}: ${JSON.stringify(value)}`];
  });
  return ["  ---", ...lines, "  ..."];
}

/** A # would begin a directive. */
function description(text: string): string {
  return text.replace(/[\\#]/g, "\\$&");
}
