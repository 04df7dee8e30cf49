import { failure } from "../../errors.ts";
import { Grader } from "../../grade/grade.ts";
import type { GradeResult } from "../../grade/result.ts";
import { summaryOf } from "../../grade/summary.ts";
import { excerpt } from "../../input/excerpt.ts";
import { toAscii } from "../../render/ascii.ts";
import { RENDERERS } from "../../render/grade/registry.ts";
import type { GradedAnswer, GradeReport } from "../../render/grade/report.ts";
import { visibleLine } from "../../visible.ts";
import type { GradeFlags } from "../commands/grade.ts";
import { foreignCompileCache } from "../compile-cache.ts";
import type { Context, Run } from "../context.ts";
import { nameOf } from "../load-cell.ts";
import { type ProgressLine, withProgress } from "../progress.ts";
import { EXIT } from "../report-error.ts";
import { lookOf } from "../terminal.ts";
import { writeResult } from "../write.ts";
import { gradeFile } from "./answers.ts";
import { loadKey } from "./key.ts";
import { gradeLines } from "./lines.ts";
import { gradeOptionsOf } from "./options.ts";

/** Grades the answers by the key, and prints the verdicts in the format asked for. */
export async function runGrade(
  keyPath: string,
  answers: readonly string[],
  flags: GradeFlags,
  { context, endWith }: Run,
): Promise<void> {
  rejectForeignCode(context);
  rejectContradictions(keyPath, answers, flags);
  const options = await gradeOptionsOf(flags, context);
  const grader = new Grader(await loadKey(keyPath, flags, context), options);
  const countIn = ({ passed }: GradeResult) => {
    if (!passed) endWith(EXIT.wrong);
  };
  if (flags.ndjson) {
    const lines = gradeLines(answers[0], grader, flags.maxBytes, context, countIn);
    return writeResult(lines, flags.output, context);
  }
  const gradeAll = async (report: ProgressLine["report"] = () => undefined) => {
    const graded: GradedAnswer[] = [];
    for (const path of answers) {
      const result = await gradeFile(path, grader, flags.maxBytes, context);
      countIn(result);
      graded.push({ file: visibleLine(nameOf(path)), result });
      report(graded.length, answers.length);
    }
    return graded;
  };
  const graded = await (flags.batch ? withProgress("answers", flags, context, gradeAll) : gradeAll());
  const summary = flags.batch ? summaryOf(graded.map(({ result }) => result)) : null;
  await print({ answers: graded, summary }, flags, context);
}

async function print(report: GradeReport, flags: GradeFlags, context: Context): Promise<void> {
  const format = flags.json ? "json" : flags.format;
  const look = await lookOf(flags.output, context);
  const isPlain = format === "table" && !look.unicode;
  const chunks = RENDERERS[format](report, look);
  await writeResult(isPlain ? Array.from(chunks, toAscii) : chunks, flags.output, context);
}

/** @throws {DlstmError} usage, where another user may have written code that Node runs in place of ours. */
function rejectForeignCode({ env }: Context): void {
  const folder = foreignCompileCache(env);
  if (folder === null) return;
  const message = `${excerpt(folder)}, a folder that others can write to; expected none to grade with: NODE_DISABLE_COMPILE_CACHE=1`;
  throw failure("usage", message, { place: "NODE_COMPILE_CACHE" });
}

/** @throws {DlstmError} usage. */
function rejectContradictions(keyPath: string, answers: readonly string[], flags: GradeFlags): void {
  const { format, ndjson, points, state } = flags;
  const inputs = [keyPath, ...answers, points, state].filter((path) => path === "-");
  if (inputs.length > 1) {
    throw failure("usage", "standard input, asked for twice; expected files for all but one", { place: "-" });
  }
  if (answers.length > 1 && ndjson) {
    throw failure("usage", `${answers.length} answers, expected one file with an answer a line`, { place: "--ndjson" });
  }
  if (flags.json) return;
  if ((answers.length > 1 || flags.batch) && (format === "gradescope" || format === "prairielearn")) {
    const message = flags.batch ? "with --batch" : `${answers.length} answers`;
    throw failure("usage", `${message}, expected one answer: the results of ${format} are one student's`, {
      place: "--format",
    });
  }
}
