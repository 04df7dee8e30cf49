import type { GradeResult } from "../../grade/result.ts";
import { jsonLine } from "../json.ts";
import { outputOf, remarksOf } from "./details.ts";
import { type GradeRenderer, ofOne } from "./report.ts";

/**
 * The results.json of one student. A test has its status, since 0 of 0 points alone would count as a pass. All output is
 * plain text.
 * Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/
 */
export const renderGradescope: GradeRenderer = () => ofOne(resultsOf);

function resultsOf(result: GradeResult): string {
  return jsonLine({
    score: result.score,
    output: remarksOf(result).join("\n"),
    output_format: "text",
    test_output_format: "text",
    test_name_format: "text",
    tests: result.tests.map((test) => ({
      name: test.name,
      score: test.score,
      max_score: test.max_score,
      status: test.status,
      output: outputOf(test),
    })),
  });
}
