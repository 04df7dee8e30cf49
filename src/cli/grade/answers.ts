import { statSync } from "node:fs";
import { DlstmError, failure } from "../../errors.ts";
import type { Grader } from "../../grade/grade.ts";
import type { GradeResult } from "../../grade/result.ts";
import { ANSWER_LIMITS, parseAnswerJson } from "../../input/answer-json.ts";
import { decodeText } from "../../input/text.ts";
import type { Context } from "../context.ts";
import { withSource } from "../source.ts";
import { systemFailure } from "../system-error.ts";

/**
 * The verdict on the answer in a file, or on standard input for "-"; one that cannot be read is that student's zero.
 * It takes time in proportion to its size, which has a limit: nobody's answer can keep the others waiting.
 */
export async function gradeFile(
  path: string,
  grader: Grader,
  maxBytes: number | undefined,
  context: Context,
): Promise<GradeResult> {
  return zeroIfUnreadable(grader, async () => {
    if (path !== "-") requireFile(path);
    return withSource(path, answerBytes(maxBytes), context, async ({ file, size, read }) =>
      parseAnswerJson(decodeText(read(0, size), file), file),
    );
  });
}

/** How long an answer may be: as long as its text may be, or shorter where --max-bytes says so. */
export function answerBytes(maxBytes: number | undefined): number {
  return Math.min(maxBytes ?? ANSWER_LIMITS.length, ANSWER_LIMITS.length);
}

async function zeroIfUnreadable(grader: Grader, read: () => Promise<unknown>): Promise<GradeResult> {
  let json: unknown;
  try {
    json = await read();
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    return grader.unreadable(error);
  }
  return grader.grade(json);
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
