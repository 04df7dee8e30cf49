import type { Problem } from "../errors.ts";
import type { Diagnosis } from "./diagnose.ts";
import type { Precision } from "./digits.ts";

/** The wrong entry that is farthest off. */
export interface Worst {
  /** null for a scalar. */
  readonly row: number | null;
  /** null for vectors and scalars. */
  readonly column: number | null;
  /** null where it is no finite number. */
  readonly answer: number | null;
  /** null where it is not to be shown, and where there is none (a unit without an optimum of its own). */
  readonly expected: number | null;
}

/** The verdict on one quantity. */
export interface GradeTest {
  /** The path of the quantity; `answer` where an answer could not be graded at all. */
  readonly name: string;
  readonly score: number;
  readonly max_score: number;
  readonly status: "passed" | "failed";
  /** One line, without any expected number. Text of the student's in it is quoted; control characters are escaped. */
  readonly message: string;
  readonly diagnosis: Diagnosis | null;
  /** The name of the quantity in which the mistake stands from which this one follows. */
  readonly follows: string | null;
  /** Mistakes that the numbers do not tell apart; only with full hints, where expected numbers may be shown. */
  readonly candidates?: readonly Diagnosis[];
  readonly hint: string | null;
  readonly worst: Worst | null;
  /** Entries that are right, and that count. */
  readonly right: number;
  readonly entries: number;
  /** A character an entry, a line a row: `.` right, `x` wrong. null where all is right, and for what is too large to look at. */
  readonly map: readonly string[] | null;
  /** What the answer was taken to be rounded to; only where it is judged by the digits that it shows. */
  readonly seen?: Precision;
  /** Right by follow-through from these wrong quantities of the student's own. */
  readonly followed: readonly string[];
}

/** The record that `grade` prints for one answer. */
export interface GradeResult {
  readonly version: 1;
  readonly hidden_size: number | null;
  readonly input_size: number | null;
  readonly score: number;
  readonly max_score: number;
  readonly passed: boolean;
  /** Whether the teacher named what is graded, or the answer itself did by what it holds. */
  readonly graded: "required" | "held";
  /** false where the answer could not be read, or holds none of what is to be graded. */
  readonly gradable: boolean;
  /** The first place where the work went astray. */
  readonly first_wrong: string | null;
  readonly notes: readonly string[];
  /** Why an answer could not be read at all. */
  readonly error: Problem | null;
  readonly tests: readonly GradeTest[];
}

/** How much of a diagnosis is told: nothing, its name, or its name with a hint. */
export type Hints = "none" | "id" | "full";
