import type { Hints } from "../../grade/result.ts";
import type { FormatOf } from "../formats.ts";
import type { CellOptions } from "../options.ts";

/** The flags of `grade`, as commander has read them. */
export interface GradeFlags extends CellOptions {
  readonly rtol?: number;
  readonly atol?: number;
  readonly atolAbsolute?: true;
  readonly compare: "row" | "relabs" | "sigfig" | "decdig";
  readonly digits?: number;
  readonly partial: "entries" | "all";
  readonly points?: string;
  readonly require?: readonly string[];
  readonly followThrough?: true;
  readonly hints: Hints;
  readonly hideExpected?: true;
  readonly batch?: true;
  readonly ndjson?: true;
  readonly format: FormatOf<"verdicts">;
  readonly json?: true;
  readonly output?: string;
  readonly quiet?: true;
}
