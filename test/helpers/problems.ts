import { DlstmError, describeProblem } from "../../src/errors.ts";

/** What a computation is refused for, as `CODE FILE: PLACE: message`; empty if it is not. Anything but a DlstmError is thrown on. */
export function problemsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    return error.problems.map((problem) => `${problem.code} ${describeProblem(problem)}`);
  }
  return [];
}
