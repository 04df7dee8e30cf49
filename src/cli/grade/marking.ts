/** By what hand-ins are judged. */
import { type DlstmError, inFile } from "../../errors.ts";
import { Grader } from "../../grade/grade.ts";
import type { GradeOptions } from "../../grade/options.ts";
import type { GradeResult } from "../../grade/result.ts";
import type { Context } from "../context.ts";
import { nameOf } from "../load-cell.ts";
import { answerLimits, gradeFile } from "./answers.ts";
import type { GradeFlags } from "./flags.ts";
import type { HandIn } from "./folder.ts";
import { loadKey } from "./key.ts";

/** All by one key, or each by an own one. */
export interface Marking {
  /** What the class is told it was graded by. */
  readonly heading: string;
  judge(handIn: HandIn): Promise<GradeResult>;
  /** After all verdicts are out: @throws {DlstmError} with what was wrong with a key. */
  finish(): void;
}

/** A key with what it takes to grade by it. */
export interface Marker {
  readonly heading: string;
  readonly grader: Grader;
  /** How much of an answer is read. */
  readonly limits: ReturnType<typeof answerLimits>;
}

/** @throws {DlstmError} for a key that is wrong, or does not tell what is asked for. */
export async function loadMarker(
  path: string,
  options: GradeOptions,
  flags: GradeFlags,
  context: Context,
): Promise<Marker> {
  const { key, heading } = await loadKey(path, flags, context);
  const grader = inFile(flags.keyPerStudent === undefined ? null : path, () => new Grader(key, options));
  return { heading, grader, limits: answerLimits(key, flags.maxBytes) };
}

export function byOneKey(path: string, { heading, grader, limits }: Marker, context: Context): Marking {
  return {
    heading,
    judge: async ({ path, fault }) => (fault ? grader.unreadable(fault) : gradeFile(path, grader, limits, context)),
    finish: () => rejectFaultyKey(grader, path),
  };
}

/** @throws {DlstmError} overflow, where the key could not tell what an answer holds. */
export function rejectFaultyKey({ keyFault }: { readonly keyFault: DlstmError | null }, path: string): void {
  if (keyFault === null) return;
  inFile(nameOf(path), () => {
    throw keyFault;
  });
}
