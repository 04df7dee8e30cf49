import { jsonLine } from "../json.ts";
import { type GradeRenderOptions, type GradeReport, ofOne } from "./report.ts";

/** The one result; of several answers, or of a batch, {"answers":[{"file",…}]}, with "summary" for the batch. */
export function renderJson({ count, isBatch }: GradeRenderOptions): GradeReport {
  if (count === 1 && !isBatch) return ofOne(jsonLine);
  let separator = "";
  return {
    start: '{"answers":[',
    answer({ file, result }) {
      const text = separator + jsonLine({ file, ...result }).trimEnd();
      separator = ",";
      return text;
    },
    end: (summary) => (summary === null ? "]}\n" : `],"summary":${jsonLine(summary).trimEnd()}}\n`),
  };
}
