import { jsonLine } from "../json.ts";
import { type GradeRenderOptions, type GradeReport, ofOne } from "./report.ts";

/** The one result; of several answers, or of a batch, {"answers":[{"file",…}]}, with "summary" for the batch. */
export function renderJson({ count, isBatch }: GradeRenderOptions): GradeReport {
  if (count === 1 && !isBatch) return ofOne(jsonLine);
  return {
    start: '{"answers":[',
    answer: ({ file, result }, k) => (k === 0 ? "" : ",") + jsonLine({ file, ...result }).trimEnd(),
    end: (summary) => (summary === null ? "]}\n" : `],"summary":${jsonLine(summary).trimEnd()}}\n`),
  };
}
