import type { Grader } from "../../grade/grade.ts";
import type { GradeResult } from "../../grade/result.ts";
import { parseAnswerJson } from "../../input/answer-json.ts";
import { decodeText } from "../../input/text.ts";
import type { Context } from "../context.ts";
import { resultLines } from "../lines.ts";
import { nameOf } from "../load-cell.ts";
import { answerBytes } from "./answers.ts";

/** An answer a line in, its verdict a line out, with the number of the line; a line that is wrong is that answer's zero. */
export function gradeLines(
  path: string,
  grader: Grader,
  maxBytes: number | undefined,
  context: Context,
  told: (result: GradeResult) => GradeResult,
): AsyncGenerator<string> {
  const file = nameOf(path);
  return resultLines(path, answerBytes(maxBytes), context, {
    compute: (bytes, line) => ({ line, ...told(grader.grade(parseAnswerJson(decodeText(bytes, file), file))) }),
    refuse: (error, line) => ({ line, ...told(grader.unreadable(error)) }),
  });
}
