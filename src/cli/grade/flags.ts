import type { GradeOptions } from "../../grade/options.ts";
import type { Hints } from "../../grade/result.ts";
import type { Tolerance } from "../../grade/tolerance.ts";
import type { FormatOf } from "../formats.ts";
import type { CellOptions, OutputOptions } from "../options.ts";

/** The flags of `grade`, as commander has read them. */
export interface GradeFlags extends CellOptions, Pick<OutputOptions, "ndjson" | "json" | "output" | "quiet"> {
  readonly rtol?: number;
  readonly atol?: number;
  readonly atolAbsolute?: true;
  readonly compare: Tolerance["compare"];
  readonly digits?: number;
  readonly partial: GradeOptions["partial"];
  readonly points?: string;
  readonly require?: readonly string[];
  readonly followThrough?: true;
  readonly hints: Hints;
  readonly hideExpected?: true;
  readonly batch?: true;
  readonly format: FormatOf<"verdicts">;
}
