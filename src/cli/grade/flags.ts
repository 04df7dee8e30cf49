import type { GradeOptions } from "../../grade/options.ts";
import type { Tolerance } from "../../grade/tolerance.ts";
import type { FormatOf } from "../formats.ts";
import type { CellOptions, OutputOptions, StreamOptions } from "../options.ts";

/** The flags of `grade`, as commander has read them. */
export interface GradeFlags
  extends CellOptions,
    Pick<OutputOptions, "json" | "output" | "quiet" | "color">,
    Pick<StreamOptions, "ndjson" | "jobs">,
    Pick<GradeOptions, "partial" | "hints">,
    Partial<Pick<GradeOptions, "followThrough" | "hideExpected">> {
  readonly rtol?: number;
  readonly atol?: number;
  readonly atolAbsolute?: true;
  readonly compare?: Tolerance["compare"];
  readonly rounded?: true;
  readonly minDigits?: number;
  readonly ulps?: number;
  readonly digits?: number;
  readonly points?: string;
  readonly require?: readonly string[];
  readonly batch?: true;
  readonly summary?: true;
  readonly keyPerStudent?: string;
  readonly format: FormatOf<"verdicts">;
}
