import type { GradeTest } from "../../grade/result.ts";
import { escapeHtml } from "../escape.ts";
import { outputOf, remarksOf } from "./details.ts";
import { atTheEnd, type GradedAnswer, type GradeRenderer } from "./report.ts";

/**
 * A suite an answer, a case a quantity. An answer that could not be read has errors, one that is wrong failures.
 * Source: https://github.com/testmoapp/junitxml
 */
export const renderJunit: GradeRenderer = () => atTheEnd(suites);

function* suites(answers: readonly GradedAnswer[]): Generator<string> {
  const all = attributes({ name: "dlstm grade", ...countsOf(answers) });
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${all}>\n`;
  for (const answer of answers) yield suite(answer);
  yield "</testsuites>\n";
}

function suite(answer: GradedAnswer): string {
  const { file, result } = answer;
  const own = attributes({ name: file, ...countsOf([answer]), skipped: 0, time: 0 });
  const points = { score: result.score, max_score: result.max_score };
  const properties = Object.entries(points).map(([name, value]) => `<property${attributes({ name, value })}/>`);
  const cases = result.tests.map((test) => testCase(test, answer));
  const remarks = remarksOf(result).join("\n");
  const output = remarks === "" ? "" : `    <system-out>${xmlText(remarks)}</system-out>\n`;
  const head = `  <testsuite${own}>\n    <properties>${properties.join("")}</properties>\n`;
  return `${head}${cases.join("")}${output}  </testsuite>\n`;
}

function testCase(test: GradeTest, { file, result }: GradedAnswer): string {
  const head = `    <testcase${attributes({ name: test.name, classname: file, time: 0 })}`;
  if (test.status === "passed") return `${head}/>\n`;
  const tag = result.error === null ? "failure" : "error";
  const type = result.error?.code ?? test.diagnosis ?? "wrong";
  const text = xmlText(outputOf(test));
  return `${head}>\n      <${tag}${attributes({ message: test.message, type })}>${text}</${tag}>\n    </testcase>\n`;
}

function countsOf(answers: readonly GradedAnswer[]) {
  const counts = { tests: 0, failures: 0, errors: 0 };
  for (const { result } of answers) {
    counts.tests += result.tests.length;
    if (result.error !== null) counts.errors += result.tests.length;
    else counts.failures += result.tests.filter(({ status }) => status === "failed").length;
  }
  return counts;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join("");
}

/** Text within XML 1.0, which has no way to write most control characters, surrogates, U+FFFE and U+FFFF: they are spelt out. */
function xmlText(text: string): string {
  const writable = text.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, spelled);
  return escapeHtml(writable).replaceAll("&#39;", "&apos;");
}

function spelled(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
