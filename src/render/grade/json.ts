import { jsonLine } from "../json.ts";
import { type GradeRenderOptions, type GradeReport, ofClass, ofOne } from "./report.ts";

/** The one result; of several answers, or of a batch, {"answers":[{"file",…}]}, with "summary" for the batch, or that alone. */
export function renderJson({ count, isBatch, isSummary }: GradeRenderOptions): GradeReport {
  if (isSummary) return ofClass((summary) => jsonLine({ summary }));
  if (count === 1 && !isBatch) return ofOne(jsonLine);
  return {
    start: '{"answers":[',
    answer: ({ file, result }, k) => (k === 0 ? "" : ",") + jsonLine({ file, ...result }).trimEnd(),
    end: (summary) => (summary === null ? "]}\n" : `],"summary":${jsonLine(summary).trimEnd()}}\n`),
  };
}
