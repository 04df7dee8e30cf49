import { shareOf } from "../../grade/summary.ts";
import { jsonLine } from "../json.ts";
import { detailsOf, mapOf, remarksOf } from "./details.ts";
import type { GradeReport } from "./report.ts";

/**
 * The results.json of one student. An answer that cannot be read, or that holds nothing to grade, is not gradable: it
 * costs no attempt. Every test has its points, since one without would hide those of all.
 * Source: https://docs.prairielearn.com/externalGrading/
 */
export function* renderPrairielearn({ answers: [{ result }] }: GradeReport): Generator<string> {
  const remarks = remarksOf(result).map(withoutMarkup);
  if (result.error !== null || result.tests[0].name === "answer") {
    const reasons = result.error === null ? [result.tests[0].message, ...remarks] : remarks;
    yield jsonLine({ gradable: false, format_errors: reasons });
    return;
  }
  yield jsonLine({
    gradable: true,
    score: shareOf(result, result.passed),
    message: remarks.join("\n"),
    tests: result.tests.map((test) => ({
      name: test.name,
      points: test.score,
      max_points: test.max_score,
      output: withoutMarkup([...detailsOf(test), ...mapOf(test)].join("\n")),
    })),
  });
}

/** The page may take text for HTML: what would open a tag or an entity is spelt out. */
function withoutMarkup(text: string): string {
  return text.replace(/[<>&]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
}
