/** Floor 0: what can go wrong, as data. Every error that a user sees is a list of problems. */
import { visibleLine } from "./visible.ts";

/** The codes that src/cli/README.md lists; scripts switch on them, so a name once landed stays. */
export type ErrorCode =
  | "usage"
  | "not-found"
  | "io"
  | "too-large"
  | "encoding"
  | "syntax"
  | "duplicate-key"
  | "unknown-key"
  | "shape"
  | "not-a-number"
  | "missing"
  | "ambiguous"
  | "unsupported"
  | "overflow"
  | "bug";

/** One thing that is wrong: in which file, at which place in it, and what was expected instead. */
export interface Problem {
  readonly code: ErrorCode;
  /** The file as the user named it; null where the problem is in no file (a flag, a library call). */
  readonly file: string | null;
  /** A key path such as `U_f[1]`, `line 3, column 7`, or a flag; null for the whole file. */
  readonly place: string | null;
  readonly message: string;
}

/** How many problems are kept and reported one by one; the rest are counted. */
export const REPORTED_PROBLEMS = 10;

/**
 * An error that is the input's or the caller's, never a bug: at least one problem. What a problem quotes of an input is
 * spelt out where it could not be shown raw, one line a problem: it is safe to print.
 */
export class DlstmError extends Error {
  /** The first problems, at most {@link REPORTED_PROBLEMS}. */
  readonly problems: readonly Problem[];
  /** How many problems there were in all. */
  readonly count: number;

  constructor(problems: readonly Problem[], count: number = problems.length) {
    const reported = problems.slice(0, REPORTED_PROBLEMS).map(visibleProblem);
    super(reported.map(describeProblem).join("\n"));
    this.name = "DlstmError";
    this.problems = reported;
    this.count = count;
  }
}

function visibleProblem({ code, file, place, message }: Problem): Problem {
  return { code, file: file && visibleLine(file), place: place && visibleLine(place), message: visibleLine(message) };
}

/** `FILE: PLACE: message`, the parts that are known. */
export function describeProblem(problem: Problem): string {
  return [problem.file, problem.place, problem.message].filter((part) => part !== null).join(": ");
}

/** Where a problem is; what reads a file need not know its name, which {@link inFile} adds at the door. */
interface Where {
  readonly file?: string | null;
  readonly place?: string | null;
}

export function toProblem(code: ErrorCode, message: string, { file = null, place = null }: Where = {}): Problem {
  return { code, file, place, message };
}

/** An error with a single problem. */
export function failure(code: ErrorCode, message: string, where: Where = {}): DlstmError {
  return new DlstmError([toProblem(code, message, where)]);
}

/** What was asked for cannot be: `place` is the flag or argument that is at fault. */
export function misuse(place: string | null, message: string): DlstmError {
  return failure("usage", message, { place });
}

/** What a computation gives; null where the error is the input's: it leaves the double range, or lacks what it needs. */
export function nullIfRefused<T>(run: () => T, onRefused?: (error: DlstmError) => void): T | null {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    onRefused?.(error);
    return null;
  }
}

/** Runs a computation on what a file held: its problems that name no file get this one. */
export function inFile<T>(file: string | null, run: () => T): T {
  return withProblems(run, (problem) => ({ ...problem, file: problem.file ?? file }));
}

/** The same of a place in it. */
export function atPlace<T>(place: string, run: () => T): T {
  return withProblems(run, (problem) => ({ ...problem, place: problem.place ?? place }));
}

/** Runs a computation on a part of something: the places of its problems get the part's name in front. */
export function inPlace<T>(prefix: string, run: () => T): T {
  return withProblems(run, (problem) => ({ ...problem, place: prefix + (problem.place ?? "") }));
}

/** Runs a computation whose problems say less than its caller can. */
export function withProblems<T>(run: () => T, amend: (problem: Problem) => Problem): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    throw new DlstmError(error.problems.map(amend), error.count);
  }
}

/** Collects problems in bounded memory, so that one run reports them together. */
export class ProblemList {
  readonly #kept: Problem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** A function is called only if its problem is one of those that are reported. */
  add(problem: Problem | (() => Problem)): void {
    this.#count += 1;
    if (this.#kept.length >= REPORTED_PROBLEMS) return;
    this.#kept.push(typeof problem === "function" ? problem() : problem);
  }

  /** @throws {DlstmError} if anything was added. */
  throwIfAny(): void {
    if (this.#count > 0) throw new DlstmError(this.#kept, this.#count);
  }
}
