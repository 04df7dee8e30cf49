import type { GradeResult } from "../../grade/result.ts";
import { shareOf } from "../../grade/summary.ts";
import { jsonLine } from "../json.ts";
import { outputOf, reasonsOf, remarksOf } from "./details.ts";
import { type GradeRenderer, ofOne } from "./report.ts";

/**
 * The results.json of one student. An answer that cannot be read, or that holds nothing to grade, is not gradable: it
 * costs no attempt, whether quantities are required or not. Every test has its points, since one without would hide those of all.
 * Source: https://docs.prairielearn.com/externalGrading/
 */
export const renderPrairielearn: GradeRenderer = () => ofOne(resultsOf);

function resultsOf(result: GradeResult): string {
  if (!result.gradable) return jsonLine({ gradable: false, format_errors: reasonsOf(result).map(withoutMarkup) });
  return jsonLine({
    gradable: true,
    score: shareOf(result, result.passed),
    message: withoutMarkup(remarksOf(result).join("\n")),
    tests: result.tests.map((test) => ({
      name: test.name,
      points: test.score,
      max_points: test.max_score,
      output: withoutMarkup(outputOf(test)),
    })),
  });
}

/** The page may take text for HTML: what would open a tag or an entity is spelt out. */
function withoutMarkup(text: string): string {
  return text.replace(/[<>&]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
}
