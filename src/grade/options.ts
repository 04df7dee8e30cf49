import { failure, misuse } from "../errors.ts";
import { type Quantity, quantities } from "../lstm/quantities.ts";
import { nearestIs } from "../words/nearest.ts";
import { familiesOfPaths, quantitiesNamed } from "./families.ts";
import { type Fraction, fractionOf, share } from "./fraction.ts";
import type { Key } from "./key.ts";
import type { Hints } from "./result.ts";
import { DEFAULT_TOLERANCE, type Tolerance } from "./tolerance.ts";
import { isOfStep, type StepValues } from "./values.ts";

export interface GradeOptions {
  readonly tolerance: Tolerance;
  /**
   * Paths of quantities that must be there, or of families: what begins with it and the key tells. With `points`, those of
   * both. null and no points: what the answer holds.
   */
  readonly require: readonly string[] | null;
  /** What quantities are worth, by path; a family's is shared equally by its quantities. Others are worth 1. */
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
  const asked = askedFor(options, key);
  for (const quantity of asked.required ?? []) {
    if (key.expected(quantity) !== null) continue;
    throw failure("missing", "required, but the key does not tell it", { place: quantity.path });
  }
  return { ...asked, followed: isOfStep(followed) ? followed : null };
}

/**
 * What the teacher asks for.
 * @param key of families, what it tells; null: all of them
 * @throws {DlstmError} usage, for a name that is no quantity, or points out of range; missing, for a family of which the key
 * tells nothing.
 */
export function askedFor({ require, points }: GradeOptions, key: Key | null): Omit<Assignment, "followed"> {
  const named = (path: string, place: string) => namedQuantities(key, path, place);
  const worth = new Map<Quantity, Fraction>();
  for (const [path, value] of points ?? []) {
    const own = named(path, "--points");
    if (!(value === 0 || (value >= LEAST_POINTS && value <= MOST_POINTS))) {
      throw misuse(`--points ${path}`, `${value}, expected 0 or ${LEAST_POINTS} to ${MOST_POINTS} points`);
    }
    for (const quantity of own) {
      const twice = `${quantity.path} is worth something of its own too, expected one of the two`;
      if (worth.has(quantity)) throw misuse(`--points ${path}`, twice);
      worth.set(quantity, share(fractionOf(value), 1, own.length));
    }
  }
  if (require === null && points?.size === 0) {
    throw misuse("--points", 'empty, expected what quantities are worth, such as {"h_t":2}');
  }
  const asked = new Set((require ?? []).flatMap((path) => named(path, "--require")));
  const required = quantities().filter((quantity) => asked.has(quantity) || worth.has(quantity));
  return {
    required: require === null && points === null ? null : required,
    pointsOf: (quantity) => worth.get(quantity) ?? ONE,
  };
}

/**
 * The quantities that a teacher names: one, or those of a family that the key tells.
 * @throws {DlstmError} usage, where there is none of that name; missing, where the key tells none of the family.
 */
function namedQuantities(key: Key | null, path: string, place: string): readonly Quantity[] {
  const named = quantitiesNamed(path);
  if (named.length === 0) {
    const known = [...familiesOfPaths(), ...quantities().map((one) => one.path)];
    const expected = "expected a path such as gates.f, h_t or jacobian.f.h_prev";
    throw misuse(place, `${JSON.stringify(path.slice(0, 80))} is no quantity, ${expected}${nearestIs(path, known)}`);
  }
  if (named.length === 1 || key === null) return named;
  const told = named.filter((quantity) => key.expected(quantity) !== null);
  if (told.length === 0) throw failure("missing", "required, but the key tells none of it", { place: path });
  return told;
}
