import type { GradeResult } from "../../grade/result.ts";
import { problemRecord } from "../report-error.ts";

/** The result as it may be printed: the names and places in an error are the student's own text. */
export function withVisibleError(result: GradeResult): GradeResult {
  return result.error === null ? result : { ...result, error: problemRecord([result.error], 1).error };
}
