import { inFile } from "../../errors.ts";
import type { Grader } from "../../grade/grade.ts";
import type { GradeResult } from "../../grade/result.ts";
import { parseAnswerJson } from "../../input/answer-json.ts";
import { AnswerMeter } from "../../input/answer-meter.ts";
import { decodeText } from "../../input/text.ts";
import type { Context } from "../context.ts";
import { resultLines } from "../lines.ts";
import { nameOf } from "../load-cell.ts";
import type { ReadingLimits } from "./grade-file.ts";

/**
 * An answer a line in, its verdict a line out, with the number of the line; a line that is wrong is that answer's zero.
 * The stream is the teacher's own, not a student's file, so that a pipe by name is one to wait for; its end without a line
 * is a class without answers, of whom none is wrong.
 * @param seen is told each verdict
 */
export function gradeLines(
  path: string,
  grader: Grader,
  limits: ReadingLimits,
  context: Context,
  seen: (result: GradeResult) => void,
): AsyncGenerator<string> {
  const file = nameOf(path);
  const lineOf = (result: GradeResult, line: number) => {
    seen(result);
    return { line, ...result };
  };
  return resultLines(path, limits.length, context, {
    compute: (bytes, line) => {
      new AnswerMeter(limits, file).add(bytes);
      const answer = inFile(file, () => parseAnswerJson(decodeText(bytes), file, limits));
      return lineOf(grader.grade(answer), line);
    },
    refuse: (error, line) => lineOf(grader.unreadable(error), line),
  });
}
