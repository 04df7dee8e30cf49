/** How students' answers are read, each within limits, and graded. */
import { statSync } from "node:fs";
import { getHeapStatistics } from "node:v8";
import { DlstmError, failure, inFile } from "../../errors.ts";
import type { Grader } from "../../grade/grade.ts";
import type { Key } from "../../grade/key.ts";
import type { GradeResult } from "../../grade/result.ts";
import { type ReadingLimits, readAnswerFile } from "../../input/answer-file.ts";
import { ANSWER_LIMITS, parseAnswerJson } from "../../input/answer-json.ts";
import { AnswerMeter } from "../../input/answer-meter.ts";
import { labelOf } from "../../input/line-label.ts";
import { decodeText } from "../../input/text.ts";
import { jsonLine } from "../../render/json.ts";
import type { Context } from "../context.ts";
import { linesIn } from "../lines.ts";
import { nameOf } from "../load-cell.ts";
import { withSource } from "../source.ts";
import { systemFailure } from "../system-error.ts";

/**
 * The verdict on the answer in a file, or on standard input for "-"; one that cannot be read is that student's zero.
 * It takes time in proportion to its size, which has a limit: nobody's answer can keep the others waiting.
 */
export async function gradeFile(
  path: string,
  grader: Grader,
  limits: ReadingLimits,
  context: Context,
): Promise<GradeResult> {
  let json: unknown;
  try {
    if (path !== "-") requireFile(path);
    json = await withSource(path, limits.length, context, async (source) =>
      inFile(source.file, () => readAnswerFile(source, limits)),
    );
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    return grader.unreadable(error);
  }
  return grader.grade(json);
}

/**
 * An answer a line in, its verdict a line out, with the number of the line and what it is called; a line that is wrong is that answer's zero.
 * The stream is the teacher's own, not a student's file, so that a pipe by name is one to wait for; its end without a line
 * is a class without answers, of whom none is wrong.
 * @param seen is told each verdict
 */
export async function* gradeLines(
  path: string,
  grader: Grader,
  limits: ReadingLimits,
  context: Context,
  seen: (result: GradeResult) => void,
): AsyncGenerator<string> {
  for await (const lines of linesIn(path, limits.length, context)) {
    let text = "";
    for (const { number, bytes } of lines) {
      const { label, result } = gradeLine(bytes, nameOf(path), grader, limits);
      seen(result);
      text += jsonLine({ line: number, ...label, ...result });
    }
    yield text;
  }
}

/** The verdict on the answer in a line, and what the line is called. */
function gradeLine(bytes: () => Uint8Array, file: string, grader: Grader, limits: ReadingLimits) {
  try {
    const text = () => decodeText(bytes());
    const answer = inFile(file, () => {
      new AnswerMeter(limits).add(bytes());
      return parseAnswerJson(text(), null, limits);
    });
    return { label: labelOf(answer, text), result: grader.grade(answer) };
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    return { label: {}, result: grader.unreadable(error) };
  }
}

/** So many times the numbers of an answer that has everything may stand in one, and some more where that is little. */
const TIMES = 8;
const LEAST_ENTRIES = 2 ** 16;

/** How much of an answer is read: no more than the key has a use for, and no more than this run has room for. */
export function answerLimits({ numbers }: Key, maxBytes = ANSWER_LIMITS.length): ReadingLimits {
  return {
    ...ANSWER_LIMITS,
    length: Math.min(maxBytes, ANSWER_LIMITS.length),
    entries: LEAST_ENTRIES + TIMES * numbers,
    // the other half is for the key, the verdicts, and what is not yet collected of the answer before
    memory: getHeapStatistics().heap_size_limit / 2,
  };
}

/** Pipes that the shell has opened, `<(…)`; one by a name of its own might keep us waiting for ever. */
const OPEN_PIPE = /^\/(dev\/(fd\/|stdin)|proc\/self\/fd\/)/;

/** @throws {DlstmError} io or not-found, for what is no file to read to an end. */
function requireFile(path: string): void {
  if (OPEN_PIPE.test(path)) return;
  try {
    const status = statSync(path);
    if (status.isFile() || status.isDirectory()) return;
  } catch (error) {
    throw systemFailure(error, path);
  }
  throw failure("io", "a pipe or a device, expected a file", { file: path });
}
