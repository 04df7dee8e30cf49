import { DlstmError } from "../../../errors.ts";

/** Runs a computation on a part of a file: the places of its problems, null where they name none, become these. */
export function placed<T>(rename: (place: string | null) => string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    const problems = error.problems.map((problem) => ({ ...problem, place: rename(problem.place) }));
    throw new DlstmError(problems, error.count);
  }
}
