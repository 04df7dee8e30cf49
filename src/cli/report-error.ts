import { DlstmError, describeProblem, type Problem } from "../errors.ts";
import { visibleLine } from "../render/visible.ts";
import type { Context } from "./context.ts";

/** Exit codes of contract §5. */
export const EXIT = { done: 0, wrong: 1, usage: 2, bug: 3 } as const;

/** Says on stderr what went wrong: a line a problem, or one JSON object. Returns the exit code. */
export function reportError(error: unknown, json: boolean, { stderr }: Context): number {
  stderr.on("error", () => undefined);
  const known = error instanceof DlstmError;
  const problems = known ? error.problems : [bug(error)];
  const count = known ? error.count : 1;
  if (json) stderr.write(`${jsonReport(problems, count)}\n`);
  else {
    for (const problem of problems) stderr.write(`dlstm: ${visibleLine(describeProblem(problem))}\n`);
    if (count > problems.length) stderr.write(`dlstm: and ${count - problems.length} more problems\n`);
    if (!known && error instanceof Error) stderr.write(`${visibleLine(error.stack ?? "").replaceAll("\\x0a", "\n")}\n`);
  }
  return known ? EXIT.usage : EXIT.bug;
}

function bug(error: unknown): Problem {
  const message = `a bug in dlstm, please report it: ${error instanceof Error ? error.message : String(error)}`;
  return { code: "bug", file: null, place: null, message };
}

function jsonReport(problems: readonly Problem[], count: number): string {
  const [error, ...more] = problems.map(({ code, file, place, message }) => ({
    code,
    file: file && visibleLine(file),
    place: place && visibleLine(place),
    message: visibleLine(message),
  }));
  return JSON.stringify({ error, more, count });
}
