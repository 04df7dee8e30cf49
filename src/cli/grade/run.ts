import { misuse } from "../../errors.ts";
import type { GradeOptions } from "../../grade/options.ts";
import type { GradeResult } from "../../grade/result.ts";
import { excerpt } from "../../input/excerpt.ts";
import { visibleLine } from "../../visible.ts";
import { foreignCompileCache } from "../compile-cache.ts";
import type { Context, Run } from "../context.ts";
import { nameOf } from "../load-cell.ts";
import { filesOfFlags } from "../number-flags.ts";
import { EXIT } from "../report-error.ts";
import { requireOneInput } from "../stream-flags.ts";
import { isOnTerminal, note } from "../terminal.ts";
import { writeResult } from "../write.ts";
import { gradeLines } from "./answers.ts";
import { gradeClass } from "./class.ts";
import type { GradeFlags } from "./flags.ts";
import { type HandIn, type HandIns, handInsOf, hiddenFiles } from "./folder.ts";
import { judgedByJobs, judgeShare, shareLines } from "./jobs.ts";
import { byOneKey, loadMarker, type Marking, rejectFaultyKey } from "./marking.ts";
import { onePerStudent } from "./one-per-student.ts";
import { gradeOptionsOf } from "./options.ts";

/**
 * Grades the answers by the key, and prints the verdicts in the format asked for.
 * @param keyPath null: each student has an own one
 */
export async function runGrade(
  keyPath: string | null,
  answers: readonly string[],
  flags: GradeFlags,
  run: Run,
): Promise<void> {
  const { context, endWith } = run;
  rejectForeignCode(context);
  const handIns = handInsOf(answers);
  rejectContradictions([keyPath ?? flags.keyPerStudent, flags.points], handIns, flags, context);
  const options = await gradeOptionsOf(flags, context);
  const countIn = ({ passed }: GradeResult) => {
    if (!passed) endWith(EXIT.wrong);
  };
  if (flags.ndjson && keyPath !== null) {
    const { grader, limits } = await loadMarker(keyPath, options, flags, context);
    if ((flags.jobs ?? 1) > 1 && !context.part) {
      return shareLines(keyPath, answers[0], limits.length, flags, run);
    }
    const lines = gradeLines(answers[0], grader, limits, context, countIn);
    await writeResult(lines, flags.output, context, true);
    return rejectFaultyKey(grader, keyPath);
  }
  const marking = await markingOf(keyPath, options, flags, context);
  for (const { path, hidden } of handIns.folders) {
    if (hidden > 0) note(`${hiddenFiles(hidden)} passed over`, flags, context, path);
  }
  const all = keyPath === null ? onePerStudent(handIns.all) : handIns.all;
  if (context.part) return judgeShare(all, marking, context.part);
  const shared = (flags.jobs ?? 1) > 1 ? await judgedByJobs(all, keyPath, flags, run) : null;
  const judge = shared?.judge ?? marking.judge;
  const gradeOne = async (handIn: HandIn) => {
    const result = await judge(handIn);
    countIn(result);
    return { file: visibleLine(nameOf(handIn.path)), result };
  };
  try {
    await gradeClass(all, gradeOne, marking.heading, asClass(flags, handIns), context);
    if (shared) await shared.finish();
    else marking.finish();
  } finally {
    shared?.stop();
  }
}

async function markingOf(
  path: string | null,
  options: GradeOptions,
  flags: GradeFlags,
  context: Context,
): Promise<Marking> {
  if (path !== null) return byOneKey(path, await loadMarker(path, options, flags, context), context);
  const { byStudentKeys } = await import("./student-keys.ts");
  return byStudentKeys(flags.keyPerStudent ?? "", options, flags, context);
}

/** A folder is a class, also of one student. */
function asClass(flags: GradeFlags, { folders }: HandIns): GradeFlags {
  return folders.length > 0 ? { ...flags, batch: true } : flags;
}

/** @throws {DlstmError} usage, where another user may have written code that Node runs in place of ours. */
function rejectForeignCode({ env }: Context): void {
  const folder = foreignCompileCache(env);
  if (folder === null) return;
  throw misuse(
    "NODE_COMPILE_CACHE",
    `${excerpt(folder)}, a folder that others can write to; expected none to grade with: NODE_DISABLE_COMPILE_CACHE=1`,
  );
}

/** @throws {DlstmError} usage. */
function rejectContradictions(
  teachers: readonly (string | undefined)[],
  { all, folders }: HandIns,
  flags: GradeFlags,
  context: Context,
): void {
  const { format, ndjson, keyPerStudent } = flags;
  const paths = all.map(({ path }) => path);
  requireOneInput([...teachers, ...paths, ...filesOfFlags(flags).map(([, path]) => path)]);
  if (keyPerStudent !== undefined && paths.includes("-")) {
    throw misuse("-", "standard input, which tells no student's name; expected files or a folder");
  }
  const [folder] = folders;
  if (ndjson && (folder || all.length > 1)) {
    const found = folder ? "a folder" : `${all.length} answers`;
    throw misuse("--ndjson", `${found}, expected one file with an answer a line`);
  }
  if (flags.json) return;
  if (flags.summary && format !== "table" && format !== "html") {
    throw misuse("--summary", `with --format ${format}, expected table, json or html`);
  }
  if (format === "html" && isOnTerminal(flags.output, context)) {
    throw misuse("--output", "a page of HTML is not for a terminal, expected -o class.html");
  }
  if ((folder || all.length > 1 || flags.batch) && (format === "gradescope" || format === "prairielearn")) {
    const message = folder ? "a folder" : flags.batch ? "with --batch" : `${all.length} answers`;
    throw misuse("--format", `${message}, expected one answer: the results of ${format} are one student's`);
  }
}
