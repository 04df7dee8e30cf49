/** What is made of one quantity's entries: the worst of them, and whether all are as close as they have to be. */
import { exponentOf } from "../linalg/scale.ts";
import { arithmetic, type Decimal, exact, toDouble } from "./arithmetic.ts";
import { SMALLEST_NORMAL } from "./promise.ts";
import type { Expected } from "./step-reference.ts";

const P = arithmetic(60);
const SMALLEST_DOUBLE = 2 ** -1074;

/** The entry that uses most of what is allowed. */
export interface WorstEntry {
  /** Of a sequence's steps, the one that it belongs to. */
  readonly t?: number;
  /** The row of x that this step reads, from 0; of a reverse cell only. */
  readonly x_row?: number;
  readonly row: number;
  /** null for a vector. */
  readonly column: number | null;
  /** What was computed in doubles, or stands in the answer. */
  readonly closed_form?: number;
  readonly answer?: number;
  readonly reference: number;
}

/** The verdict on ∂of/∂wrt. */
export interface Quantity {
  readonly of: string;
  readonly wrt: string;
  readonly entries: number;
  readonly max_abs_error: number;
  /** |error|/|reference|; null where an exact zero was missed. */
  readonly max_rel_error: number | null;
  /** In units in the last place of the reference as a double. */
  readonly max_ulp: number;
  /** The largest error as a share of what is allowed: up to 1 it passes. */
  readonly max_share: number;
  readonly worst: WorstEntry;
  readonly passed: boolean;
}

/** Where an entry stands. */
export interface Place {
  readonly t?: number;
  readonly row: number;
  readonly column: number | null;
}

interface Entry {
  readonly place: Place;
  readonly got: number;
  readonly expected: Expected;
}

/** An answer's mark: its entries may be off by this much, relative to the largest of their row. Ours keep the promise. */
export type Tolerance = number | null;

export class Verdict {
  readonly #of: string;
  readonly #wrt: string;
  readonly #tolerance: Tolerance;
  /** An answer's entries, which can be judged only when their row is known. */
  readonly #waiting: Entry[] = [];
  #entries = 0;
  #absolute = 0;
  #relative: number | null = 0;
  #ulp = 0;
  #share = -1;
  #worst: WorstEntry = { row: 0, column: null, reference: 0 };

  constructor(of: string, wrt: string, tolerance: Tolerance) {
    this.#of = of;
    this.#wrt = wrt;
    this.#tolerance = tolerance;
  }

  add(place: Place, got: number, expected: Expected): void {
    if (this.#tolerance === null) this.#judge({ place, got, expected });
    else this.#waiting.push({ place, got, expected });
  }

  #judge({ place, got, expected: { value, allowed } }: Entry): void {
    const error = P.sub(exact(got), value).abs();
    const share = error.isZero() ? 0 : shareOf(error, allowed);
    this.#entries += 1;
    this.#absolute = Math.max(this.#absolute, toDouble(error));
    if (this.#relative !== null && !error.isZero()) {
      this.#relative = value.isZero() ? null : Math.max(this.#relative, toDouble(P.div(error, value.abs())));
    }
    this.#ulp = Math.max(this.#ulp, toDouble(P.div(error, exact(ulpOf(toDouble(value))))));
    if (share <= this.#share) return;
    this.#share = share;
    const source = this.#tolerance === null ? "closed_form" : "answer";
    this.#worst = { ...place, [source]: got, reference: toDouble(value) };
  }

  #judgeWaiting(tolerance: number): void {
    // what is not zero counts as something, even below the doubles
    const size = ({ expected: { value } }: Entry) =>
      value.isZero() ? 0 : Math.max(SMALLEST_DOUBLE, Math.abs(toDouble(value)));
    // a vector is one row
    const rowOf = ({ place }: Entry) => (place.column === null ? 0 : place.row);
    const rows = new Map<number, number>();
    let largest = 0;
    for (const entry of this.#waiting) {
      largest = Math.max(largest, size(entry));
      rows.set(rowOf(entry), Math.max(rows.get(rowOf(entry)) ?? 0, size(entry)));
    }
    for (const entry of this.#waiting) {
      const scale = rows.get(rowOf(entry)) || largest || 1;
      // below the normal range the right double is off by its rounding
      const rounding = size(entry) < SMALLEST_NORMAL ? SMALLEST_DOUBLE : 0;
      this.#judge({ ...entry, expected: { ...entry.expected, allowed: tolerance * scale + rounding } });
    }
  }

  result(): Quantity {
    if (this.#tolerance !== null) this.#judgeWaiting(this.#tolerance);
    return {
      of: this.#of,
      wrt: this.#wrt,
      entries: this.#entries,
      max_abs_error: this.#absolute,
      max_rel_error: this.#relative,
      max_ulp: this.#ulp,
      max_share: this.#share,
      worst: this.#worst,
      passed: this.#share <= 1,
    };
  }
}

function shareOf(error: Decimal, allowed: number): number {
  return allowed === 0 ? Number.MAX_VALUE : toDouble(P.div(error, exact(allowed)));
}

/** The distance from a double to the next one. */
function ulpOf(double: number): number {
  const size = Math.abs(double);
  if (size < SMALLEST_NORMAL) return SMALLEST_DOUBLE;
  const exponent = exponentOf(size);
  // exponentOf is right to within one
  return 2 ** ((size < 2 ** exponent ? exponent - 1 : exponent) - 52);
}
