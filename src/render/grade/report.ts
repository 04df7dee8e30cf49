import type { ColorSupportLevel } from "chalk";
import type { GradeResult } from "../../grade/result.ts";
import type { Summary } from "../../grade/summary.ts";

export type GradeFormat = "table" | "json" | "csv" | "gradescope" | "prairielearn" | "junit" | "tap";

export interface GradedAnswer {
  /** The name under which the answer came, control characters made visible. */
  readonly file: string;
  readonly result: GradeResult;
}

/** What `grade` prints. */
export interface GradeReport {
  /** At least one, in the order in which they were given. */
  readonly answers: readonly GradedAnswer[];
  /** Of a batch. */
  readonly summary: Summary | null;
}

export interface GradeRenderOptions {
  /** Characters a line. */
  readonly width: number;
  readonly colorLevel: ColorSupportLevel;
}

/** A report as text, piece by piece, with a final line feed. */
export type GradeRenderer = (report: GradeReport, options: GradeRenderOptions) => Iterable<string>;
