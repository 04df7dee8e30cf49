import { type DlstmError, failure, misuse } from "../errors.ts";
import { findQuantity, type Quantity, quantities } from "../lstm/quantities.ts";
import { type Fraction, fractionOf } from "./fraction.ts";
import type { Key } from "./key.ts";
import type { Hints } from "./result.ts";
import { DEFAULT_TOLERANCE, type Tolerance } from "./tolerance.ts";
import { isOfStep, type StepValues } from "./values.ts";

export interface GradeOptions {
  readonly tolerance: Tolerance;
  /** Paths of quantities that must be there; with `points`, those of both. null and no points: what the answer holds. */
  readonly require: readonly string[] | null;
  /** What quantities are worth, by path; others are worth 1. */
  readonly points: ReadonlyMap<string, number> | null;
  /** Credit by entry, or for a whole quantity only. */
  readonly partial: "entries" | "all";
  readonly hints: Hints;
  /** Keeps every expected number out of the result. */
  readonly hideExpected: boolean;
  /** Judges what is wrong once more, by what follows from the student's own earlier quantities. */
  readonly followThrough: boolean;
}

export const DEFAULT_OPTIONS: GradeOptions = {
  tolerance: DEFAULT_TOLERANCE,
  require: null,
  points: null,
  partial: "entries",
  hints: "full",
  hideExpected: false,
  followThrough: false,
};

/** What is to be graded, and for how many points. */
export interface Assignment {
  /** In the order of the tests; null: what the answer holds. */
  readonly required: readonly Quantity[] | null;
  readonly pointsOf: (quantity: Quantity) => Fraction;
  /** From what wrong quantities are followed through; null: they are not. */
  readonly followed: StepValues | null;
}

const ONE = fractionOf(1);
const LEAST_POINTS = 1e-9;
const MOST_POINTS = 1e9;

/**
 * Checks what the teacher asks for against the key.
 * @throws {DlstmError} usage, for a name that is no quantity, points out of range, or follow-through without
 * a cell; missing, for a quantity that the key does not tell.
 */
export function assignmentOf(key: Key, options: GradeOptions): Assignment {
  const { followThrough } = options;
  const followed = followThrough ? key.values : null;
  if (followThrough && !isOfStep(followed)) {
    throw misuse(
      "--follow-through",
      "the key is not a cell of one step, expected one, from which later quantities can be computed",
    );
  }
  const asked = askedFor(options);
  for (const quantity of asked.required ?? []) {
    if (key.expected(quantity) !== null) continue;
    throw failure("missing", "required, but the key does not tell it", { place: quantity.path });
  }
  return { ...asked, followed: isOfStep(followed) ? followed : null };
}

/**
 * What the teacher asks for, whatever the key tells.
 * @throws {DlstmError} usage, for a name that is no quantity, or points out of range.
 */
export function askedFor({ require, points }: GradeOptions): Omit<Assignment, "followed"> {
  const worth = new Map<Quantity, Fraction>();
  for (const [path, value] of points ?? []) {
    const quantity = namedQuantity(path, "--points");
    if (!(value === 0 || (value >= LEAST_POINTS && value <= MOST_POINTS))) {
      throw misuse(`--points ${path}`, `${value}, expected 0 or ${LEAST_POINTS} to ${MOST_POINTS} points`);
    }
    worth.set(quantity, fractionOf(value));
  }
  if (require === null && points?.size === 0) {
    throw misuse("--points", 'empty, expected what quantities are worth, such as {"h_t":2}');
  }
  const named = new Set((require ?? []).map((path) => namedQuantity(path, "--require")));
  const required = quantities().filter((quantity) => named.has(quantity) || worth.has(quantity));
  return {
    required: require === null && points === null ? null : required,
    pointsOf: (quantity) => worth.get(quantity) ?? ONE,
  };
}

/**
 * The quantity that a teacher names.
 * @throws {DlstmError} usage, where there is no such quantity.
 */
function namedQuantity(path: string, place: string): Quantity {
  const quantity = findQuantity(path);
  if (quantity !== undefined) return quantity;
  throw unknownQuantity(path, place);
}

/** @param advice the end of the message */
export function unknownQuantity(path: string, place: string, advice = ""): DlstmError {
  const named = JSON.stringify(path.slice(0, 80));
  return misuse(place, `${named} is no quantity, expected a path such as gates.f, h_t or jacobian.f.h_prev${advice}`);
}
