import { inFile, misuse } from "../../errors.ts";
import { Grader } from "../../grade/grade.ts";
import { cellKey, type Key, resultKey } from "../../grade/key.ts";
import type { GradeResult } from "../../grade/result.ts";
import { excerpt } from "../../input/excerpt.ts";
import { FAMILIES } from "../../lstm/quantities.ts";
import { visibleLine } from "../../visible.ts";
import { foreignCompileCache } from "../compile-cache.ts";
import type { Context, Run } from "../context.ts";
import { loadCell, nameOf } from "../load-cell.ts";
import { filesOfFlags, refuseNumbers } from "../number-flags.ts";
import { EXIT } from "../report-error.ts";
import { requireOneInput } from "../stream-flags.ts";
import { isOnTerminal, note } from "../terminal.ts";
import { writeResult } from "../write.ts";
import { answerLimits, gradeFile, gradeLines } from "./answers.ts";
import { gradeClass } from "./class.ts";
import type { GradeFlags } from "./flags.ts";
import { type HandIn, type HandIns, handInsOf, hiddenFiles } from "./folder.ts";
import { gradeOptionsOf } from "./options.ts";

/** Grades the answers by the key, and prints the verdicts in the format asked for. */
export async function runGrade(
  keyPath: string,
  answers: readonly string[],
  flags: GradeFlags,
  { context, endWith }: Run,
): Promise<void> {
  rejectForeignCode(context);
  const handIns = handInsOf(answers);
  rejectContradictions(keyPath, handIns, flags, context);
  const options = await gradeOptionsOf(flags, context);
  const { key, heading } = await loadKey(keyPath, flags, context);
  const grader = new Grader(key, options);
  const limits = answerLimits(key, flags.maxBytes);
  const countIn = ({ passed }: GradeResult) => {
    if (!passed) endWith(EXIT.wrong);
  };
  if (flags.ndjson) {
    const lines = gradeLines(answers[0], grader, limits, context, countIn);
    await writeResult(lines, flags.output, context);
    return rejectFaultyKey(grader, keyPath);
  }
  for (const { path, hidden } of handIns.folders) {
    if (hidden > 0) note(`${hiddenFiles(hidden)} passed over`, flags, context, path);
  }
  const gradeOne = async ({ path, fault }: HandIn) => {
    const result = fault ? grader.unreadable(fault) : await gradeFile(path, grader, limits, context);
    countIn(result);
    return { file: visibleLine(nameOf(path)), result };
  };
  await gradeClass(handIns.all, gradeOne, heading, asClass(flags, handIns), context);
  rejectFaultyKey(grader, keyPath);
}

/** A folder is a class, also of one student. */
function asClass(flags: GradeFlags, { folders }: HandIns): GradeFlags {
  return folders.length > 0 ? { ...flags, batch: true } : flags;
}

/**
 * The key in a file: of a cell its exact answers are computed; a result is taken as it stands.
 * @throws {DlstmError} with all that is wrong with it, or with the flags of a result.
 */
async function loadKey(path: string, flags: GradeFlags, context: Context): Promise<{ key: Key; heading: string }> {
  const loaded = await loadCell(path, "either", flags, context, (json, file) => {
    if (!isResult(json)) return null;
    refuseNumbers(flags, "not with a result as the key, whose numbers stand; expected a cell");
    return { key: resultKey(json, file), heading: file };
  });
  return "key" in loaded ? loaded : { ...loaded, key: inFile(loaded.file, () => cellKey(loaded.cell)) };
}

function isResult(json: unknown): boolean {
  // a cell has none of them
  return typeof json === "object" && json !== null && FAMILIES.some((key) => Object.hasOwn(json, key));
}

/** After all verdicts are out: @throws {DlstmError} overflow, where the key could not tell what an answer holds. */
function rejectFaultyKey({ keyFault }: Grader, keyPath: string): void {
  if (keyFault === null) return;
  inFile(nameOf(keyPath), () => {
    throw keyFault;
  });
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
function rejectContradictions(keyPath: string, { all, folders }: HandIns, flags: GradeFlags, context: Context): void {
  const { format, ndjson, points } = flags;
  requireOneInput([keyPath, ...all.map(({ path }) => path), points, ...filesOfFlags(flags).map(([, path]) => path)]);
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
