import type { Quantity } from "../lstm/quantities.ts";
import type { Changed } from "./changed-values.ts";
import type { Entries } from "./entries.ts";

/** One way to make a mistake. */
export interface Change {
  /** Absent: a mistake in the numbers alone, which is known also by a key without a cell. */
  readonly changed?: Changed;
  /** The quantities whose numbers are given for this one, its own where absent. */
  readonly from?: (quantity: Quantity) => readonly Quantity[];
  /** What becomes of the numbers in the end. */
  readonly last?: (entries: Entries) => Entries | null;
}

/** One way to be wrong. */
export interface Misconception {
  /** Several where it can be made in several ways. */
  readonly changes: readonly Change[];
  /** For the student, in a teacher's words: where to look, not what the answer is. */
  readonly hint: string;
}

export function mistake(hint: string, ...changes: Changed[]): Misconception {
  return { hint, changes: changes.map((changed) => ({ changed })) };
}
