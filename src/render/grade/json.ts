import { jsonLine } from "../json.ts";
import type { GradeReport } from "./report.ts";

/** The one result; of several answers, or of a batch, {"answers":[{"file",…}]}, with "summary" for the batch. */
export function* renderJson({ answers, summary }: GradeReport): Generator<string> {
  if (answers.length === 1 && summary === null) {
    yield jsonLine(answers[0].result);
    return;
  }
  yield '{"answers":[';
  for (const [k, { file, result }] of answers.entries()) {
    yield (k === 0 ? "" : ",") + jsonLine({ file, ...result }).trimEnd();
  }
  yield summary === null ? "]}\n" : `],"summary":${jsonLine(summary).trimEnd()}}\n`;
}
