import { summaryOf } from "../../grade/summary.ts";
import { toAscii } from "../../render/ascii.ts";
import type { GradedAnswer, GradeReport } from "../../render/grade/report.ts";
import type { Context } from "../context.ts";
import { FORMATS } from "../formats.ts";
import { withProgress } from "../progress.ts";
import { isOnTerminal, lookOf } from "../terminal.ts";
import { writeResult } from "../write.ts";
import type { GradeFlags } from "./flags.ts";

/** Grades one answer after another, and writes each verdict as soon as it is known: what happens later takes none of them back. */
export async function gradeClass<Answer>(
  answers: readonly Answer[],
  gradeOne: (answer: Answer) => Promise<GradedAnswer>,
  heading: string,
  flags: GradeFlags,
  context: Context,
): Promise<void> {
  const { report, isOfClass } = await reportOf(answers.length, heading, flags, context);
  const graded: GradedAnswer[] = [];
  await withProgress("answers", isOfClass ? flags : { quiet: true }, context, async (tell, clear) => {
    const makeRoom = isOnTerminal(flags.output, context) ? clear : () => undefined;
    async function* verdicts(): AsyncGenerator<string> {
      yield report.start;
      for (const [k, answer] of answers.entries()) {
        const one = await gradeOne(answer);
        graded.push(one);
        const text = report.answer(one, k);
        makeRoom();
        yield text;
        tell(graded.length, answers.length);
      }
      makeRoom();
      yield report.end(isOfClass ? summaryOf(graded.map(({ result }) => result)) : null);
    }
    await writeResult(verdicts(), flags.output, context, true);
  });
}

/** The report in the format asked for, as its reader can show it, and whether it speaks of the class as a whole. */
async function reportOf(count: number, heading: string, flags: GradeFlags, context: Context) {
  const format = flags.json ? "json" : flags.format;
  const isSummary = flags.summary ?? format === "html";
  const isBatch = flags.batch ?? false;
  const look = await lookOf(flags.output, context, flags.color);
  const render = await FORMATS.verdicts[format]();
  const report = render({ ...look, count, isBatch, isSummary, heading });
  return { report: format !== "table" || look.unicode ? report : inAscii(report), isOfClass: isBatch || isSummary };
}

function inAscii(report: GradeReport): GradeReport {
  return {
    start: toAscii(report.start),
    answer: (graded, k) => toAscii(report.answer(graded, k)),
    end: (summary) => toAscii(report.end(summary)),
  };
}
