/** Answers that several jobs share: lines, or files. */

import { misuse } from "../../errors.ts";
import type { GradeResult } from "../../grade/result.ts";
import type { Run } from "../context.ts";
import type { Part } from "../jobs/part.ts";
import { blocksIn } from "../lines.ts";
import { filesOfFlags } from "../number-flags.ts";
import { EXIT } from "../report-error.ts";
import type { GradeFlags } from "./flags.ts";
import type { HandIn } from "./folder.ts";
import type { Marking } from "./marking.ts";

/** What each job reads beside the answers. */
function filesBeside(key: string | null, flags: GradeFlags): string[] {
  const named = [key ?? flags.keyPerStudent, flags.points].filter((path) => path !== undefined);
  return [...named, ...filesOfFlags(flags).map(([, path]) => path)];
}

/** Writes the verdicts on answers a line. */
export async function shareLines(
  key: string,
  path: string,
  maxBytes: number,
  flags: GradeFlags,
  run: Run,
): Promise<void> {
  const { jobs = 1, output } = flags;
  const { writeByJobs } = await import("../jobs/run.ts");
  const blocks = blocksIn(path, maxBytes, run.context);
  const code = await writeByJobs({ blocks, jobs, files: filesBeside(key, flags) }, { output }, run);
  if (code === EXIT.wrong || code === EXIT.usage) run.endWith(code);
}

/** Judges the hand-ins that a job is handed. */
export async function judgeShare(all: readonly HandIn[], marking: Marking, { blocks, answer }: Part): Promise<void> {
  for await (const { before } of blocks) answer(await marking.judge(all[before]));
  marking.finish();
}

/** Hand-ins judged by several jobs, in their order. */
export async function judgedByJobs(all: readonly HandIn[], key: string | null, flags: GradeFlags, run: Run) {
  if (all.some(({ path }) => path === "-")) throw misuse("--jobs", "with an answer on standard input, expected files");
  const { doneInOrder, filesToShare } = await import("../jobs/run.ts");
  const shared = { blocks: filesToShare(all.length), jobs: flags.jobs ?? 1, files: filesBeside(key, flags) };
  const done = doneInOrder(shared, () => undefined, run);
  return {
    judge: async (_: HandIn): Promise<GradeResult> => (await done.next()).value.answers[0] as GradeResult,
    /** After all of them: what was wrong with the key. */
    finish: async (): Promise<void> => void (await done.next()),
    /** Ends the jobs, also where not all is judged. */
    stop: () => void done.return(undefined),
  };
}
