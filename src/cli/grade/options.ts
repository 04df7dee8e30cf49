/** From the flags to the options of the grader. */
import { failure, misuse } from "../../errors.ts";
import type { GradeOptions } from "../../grade/options.ts";
import { DEFAULT_TOLERANCE, type Tolerance } from "../../grade/tolerance.ts";
import { describeValue, excerpt } from "../../input/excerpt.ts";
import { isObject } from "../../input/objects.ts";
import type { Context } from "../context.ts";
import { loadJson } from "../load-cell.ts";
import { refuseFlags } from "../number-flags.ts";
import type { GradeFlags } from "./flags.ts";

/** @throws {DlstmError} usage for flags that contradict each other; all that a file of points may have wrong. */
export async function gradeOptionsOf(flags: GradeFlags, context: Context): Promise<GradeOptions> {
  return {
    tolerance: toleranceOf(flags),
    require: flags.require ?? null,
    points: flags.points === undefined ? null : await readPoints(flags.points, flags.maxBytes, context),
    partial: flags.partial,
    hints: flags.hints,
    hideExpected: flags.hideExpected ?? false,
    followThrough: flags.followThrough ?? false,
  };
}

/** Where nothing else is said. */
const MIN_DIGITS = 3;

function toleranceOf(flags: GradeFlags): Tolerance {
  const { digits, ulps, minDigits, rtol, atol, atolAbsolute } = flags;
  const compare = compareOf(flags);
  const alien = { rtol, atol, atol_absolute: atolAbsolute };
  if (compare === "digits") {
    refuseFlags({ ...alien, digits, ulps }, "not with --rounded or --compare digits, which go by --min-digits alone");
    return { compare, minDigits: minDigits ?? MIN_DIGITS };
  }
  refuseFlags({ min_digits: minDigits }, "only with --rounded: how many significant digits have to be shown");
  if (compare === "ulp") {
    refuseFlags({ ...alien, digits }, "not with --compare ulp, which goes by --ulps alone");
    if (ulps === undefined) throw misuse("--ulps", "missing, expected a number of units in the last place");
    return { compare, ulps };
  }
  refuseFlags({ ulps }, "only with --compare ulp: how many units in the last place an entry may be off");
  if (compare === "sigfig" || compare === "decdig") {
    refuseFlags(alien, `not with --compare ${compare}, which goes by --digits alone`);
    if (digits === undefined) {
      throw misuse("--digits", `missing, expected a number of digits with --compare ${compare}`);
    }
    if (compare === "sigfig" && digits === 0) throw misuse("--digits", "0, expected at least 1");
    return { compare, digits };
  }
  refuseFlags({ digits }, "only with --compare sigfig or decdig: how many digits have to be right");
  const standard = DEFAULT_TOLERANCE;
  return { compare: atolAbsolute ? "relabs" : compare, rtol: rtol ?? standard.rtol, atol: atol ?? standard.atol };
}

function compareOf({ compare, rounded }: GradeFlags): Tolerance["compare"] {
  if (!rounded || compare === undefined) return rounded ? "digits" : (compare ?? "row");
  if (compare === "digits") return compare;
  throw misuse("--rounded", `beside --compare ${compare}, expected one of the two: it is short for --compare digits`);
}

/** {path: points}; which paths there are and how many points are possible, the grader says. */
async function readPoints(path: string, maxBytes: number | undefined, context: Context): Promise<Map<string, number>> {
  const { json, file } = await loadJson(path, maxBytes, context);
  if (!isObject(json)) {
    throw failure("shape", `${describeValue(json)}, expected an object such as {"h_t":2}`, { file });
  }
  return new Map(
    Object.entries(json).map(([quantity, points]) => {
      if (typeof points === "number" && Number.isFinite(points)) return [quantity, points];
      const message = `${describeValue(points)}, expected a number of points`;
      throw failure("not-a-number", message, { file, place: excerpt(quantity) });
    }),
  );
}
