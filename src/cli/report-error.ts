import { DlstmError, describeProblem, type Problem } from "../errors.ts";
import { visible, visibleLine } from "../visible.ts";
import type { Context } from "./context.ts";
import { say } from "./terminal.ts";

/** Exit codes, as the README lists them. */
export const EXIT = { done: 0, wrong: 1, usage: 2, bug: 3 } as const;

/** Says on stderr what went wrong: a line a problem, or one JSON object. Returns the exit code. */
export function reportError(error: unknown, json: boolean, context: Context): number {
  const known = error instanceof DlstmError;
  const problems = known ? error.problems : [bug(error)];
  const count = known ? error.count : 1;
  const text = json ? `${JSON.stringify(problemRecord(problems, count))}\n` : plainReport(problems, count);
  const stack = known || json || !(error instanceof Error) ? "" : `${visible(error.stack ?? "")}\n`;
  say(text + stack, context);
  return known ? EXIT.usage : EXIT.bug;
}

/** A line a problem, and how many more there were. */
export function plainReport(problems: readonly Problem[], count: number): string {
  const lines = problems.map((problem) => `dlstm: ${describeProblem(problem)}\n`);
  const more = count - problems.length;
  if (more > 0) lines.push(`dlstm: and ${more} more ${more === 1 ? "problem" : "problems"}\n`);
  return lines.join("");
}

function bug(error: unknown): Problem {
  const said = visibleLine(error instanceof Error ? error.message : String(error));
  return { code: "bug", file: null, place: null, message: `a bug in dlstm, please report it: ${said}` };
}

/** Problems as one object: the first, the others that are reported, and how many there are. */
export function problemRecord(problems: readonly Problem[], count: number) {
  const [error, ...more] = problems;
  return { error, more, count };
}
