/** From a comparison to the record of a test: the one place where hints and expected numbers are let out or kept back. */
import { counted } from "../words/counted.ts";
import type { Comparison } from "./compare.ts";
import type { Diagnosis } from "./diagnose.ts";
import type { Precision } from "./digits.ts";
import { type Entries, positionOf } from "./entries.ts";
import { add, type Fraction, share, toNumber, ZERO } from "./fraction.ts";
import type { Named } from "./hand-in.ts";
import type { Held } from "./held-entries.ts";
import { type FormulaId, MISCONCEPTIONS } from "./misconceptions.ts";
import type { GradeOptions } from "./options.ts";
import type { GradeTest, Worst } from "./result.ts";

/** A test with its exact score. */
export interface Scored {
  readonly test: GradeTest;
  readonly score: Fraction;
  readonly points: Fraction;
}

/** What is known of a quantity before options have their say. */
export type Finding = Omit<GradeTest, "score" | "max_score" | "status" | "hint" | "candidates" | "seen"> &
  Named & { readonly points: Fraction; readonly seen?: Precision | null };

/** What is wrong with the form of an answer, whatever formula its numbers come from. */
type FormDiagnosis = Exclude<Diagnosis, FormulaId>;

/** Hints for what has no formula. */
const FORM_HINTS: Readonly<Record<FormDiagnosis, string>> = {
  "too-few-digits": "This is right, but rounded too much. Give more digits.",
  "wrong-shape": "Check the shape: how many rows and columns does this quantity have?",
  "not-a-number": "Some entries are not numbers. Is there text, a division by zero, or a number that is too large?",
  ambiguous: "Two answers to one question. Keep the one that you mean.",
};

export function hintOf(diagnosis: Diagnosis): string {
  return diagnosis in FORM_HINTS ? FORM_HINTS[diagnosis as FormDiagnosis] : MISCONCEPTIONS[diagnosis as FormulaId].hint;
}

export function scored(finding: Finding, { partial, hints, hideExpected }: GradeOptions): Scored {
  const { name, points, right, entries, message, worst, map, followed } = finding;
  const isRight = right === entries && entries > 0;
  const earned = isRight || partial === "entries" ? right : 0;
  const score = entries === 0 ? ZERO : share(points, earned, entries);
  const diagnosis = hints === "none" ? null : finding.diagnosis;
  const test: GradeTest = {
    ...{ name, score: toNumber(score), max_score: toNumber(points), status: isRight ? "passed" : "failed" },
    message,
    diagnosis,
    follows: hints === "none" ? null : finding.follows,
    ...(hints === "full" && !hideExpected && finding.candidates.length > 0 ? { candidates: finding.candidates } : {}),
    hint: diagnosis !== null && hints === "full" ? hintOf(diagnosis) : null,
    worst: worst && (hideExpected ? { ...worst, expected: null } : worst),
    ...{ right, entries, map, followed },
    ...(finding.seen ? { seen: finding.seen } : {}),
  };
  return { test, score, points };
}

/** Sums that are rounded once. */
export function totals(tests: readonly Scored[]): { score: number; max_score: number } {
  return {
    score: toNumber(tests.reduce((sum, { score }) => add(sum, score), ZERO)),
    max_score: toNumber(tests.reduce((sum, { points }) => add(sum, points), ZERO)),
  };
}

export function worstOf(expected: Entries, data: Float64Array, { worst }: Comparison): Worst | null {
  if (worst < 0) return null;
  return { ...positionOf(expected, worst), answer: finite(data[worst]), expected: finite(expected.data[worst]) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Beyond this many rows and columns a map is no help. */
const MAP_ROWS = 32;
const MAP_COLUMNS = 64;

export function mapOf({ rows, cols }: Entries, { right, entries, wrong }: Comparison): string[] | null {
  if (right === entries || rows > MAP_ROWS || cols > MAP_COLUMNS) return null;
  return Array.from({ length: rows }, (_, r) => {
    return Array.from(wrong.subarray(r * cols, (r + 1) * cols), (isWrong) => (isWrong ? "x" : ".")).join("");
  });
}

/** `all 4 entries are right`, `2 of 4 entries are wrong, 1 of them no number; unit 1 is not in the answer` */
export function messageOf(
  comparison: Comparison,
  held: Held,
  followed: readonly string[],
  seen: Precision | null,
): string {
  const twice = ofUnits(held.twiceUnits, "stands twice", "stand twice");
  const absent = ofUnits(held.absentUnits, "is not in the answer", "are not in the answer");
  const asVector = held.readAs === null ? "" : `, read as ${held.readAs}`;
  const digits = seen === null ? "" : `, seen to ${precisionName(seen)}`;
  const more =
    (followed.length > 0 ? `, given your own ${followed.join(", ")}` : "") + digits + asVector + twice + absent;
  const { right, entries } = comparison;
  if (right === entries) return `${entries === 1 ? "right" : `all ${entries} entries are right`}${more}`;
  const { notNumbers } = held;
  const none = notNumbers > 0 ? `, ${notNumbers} of them no ${notNumbers === 1 ? "number" : "numbers"}` : "";
  return wrongEntries(comparison) + none + costOf(comparison) + more;
}

/** Of those that count; where others are wrong, of all. */
function wrongEntries({ right, entries, missed, wrong }: Comparison): string {
  const [off, of] = missed > 0 ? [wrongIn(wrong), wrong.length] : [entries - right, entries];
  return `${off} of ${of} ${of === 1 ? "entry" : "entries"} ${off === 1 ? "is" : "are"} wrong`;
}

/** What is right beside wrong entries that are zero by the equations, which it does not tell, and is not paid for them. */
function costOf({ right, entries, missed, wrong }: Comparison): string {
  const cost = missed === 0 ? 0 : entries - (wrongIn(wrong) - missed) - right;
  return cost === 0 ? "" : `, which takes the points of ${cost} right ${cost === 1 ? "one" : "ones"}`;
}

const wrongIn = (wrong: Uint8Array) => wrong.reduce((sum, one) => sum + one, 0);

/** `3 decimals`, `1 significant digit` */
function precisionName(seen: Precision): string {
  return "digits" in seen ? counted(seen.digits, "significant digit") : counted(seen.decimals, "decimal");
}

/** As many units are named. */
const NAMED_UNITS = 5;

/** `; units 0, 2 and 7 more are not in the answer` */
function ofUnits(units: readonly number[], is: string, are: string): string {
  if (units.length === 0) return "";
  const rest = units.length - NAMED_UNITS;
  const named = units.slice(0, NAMED_UNITS).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
  return units.length === 1 ? `; unit ${named} ${is}` : `; units ${named} ${are}`;
}
