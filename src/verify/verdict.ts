/** What is made of one quantity's entries: the worst of them, and whether all are as close as they have to be. */

import { type Ball, difference, exact, largest, product, sum, toDouble } from "./arithmetic.ts";
import { isZero, magnitude, ONE, radiusOf, ZERO } from "./ball.ts";
import { Contenders } from "./contenders.ts";
import type { Estimate, Estimates } from "./estimate.ts";
import type { Place } from "./place.ts";
import { type Expected, isNormal, lastPlaceOf, midpoint, SMALLEST_DOUBLE, shareOf } from "./promise.ts";
import { ratio, sizeOf } from "./size.ts";

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

/** Entries that nothing was computed for, because they leave the double range: no result has them. */
export interface Unjudged {
  readonly of: string;
  readonly wrt: string;
  readonly entries: number;
  readonly first: Place;
}

/** The verdicts on what can be judged, and what cannot. */
export interface Judgement {
  readonly quantities: readonly Quantity[];
  readonly not_judged: readonly Unjudged[];
}

interface Entry {
  /** The more, the later it came. */
  readonly order: number;
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
  readonly #contenders = new Contenders();
  #added = 0;
  #entries = 0;
  #absolute = 0;
  #relative: number | null = 0;
  #ulp = 0;
  #share = -1;
  #worstOrder = 0;
  #worst: WorstEntry = { row: 0, column: null, reference: 0 };
  #beyond = 0;
  #firstBeyond: Place = { row: 0, column: null };

  constructor(of: string, wrt: string, tolerance: Tolerance) {
    this.#of = of;
    this.#wrt = wrt;
    this.#tolerance = tolerance;
  }

  /** Judges an entry; one that is not finite is only counted. */
  add(place: Place, got: number, expected: Expected): void {
    this.#added += 1;
    const entry = { order: this.#added, place, got, expected };
    if (!Number.isFinite(got)) {
      if (this.#beyond === 0) this.#firstBeyond = place;
      this.#beyond += 1;
    } else if (this.#tolerance === null) this.#judge(entry);
    else this.#waiting.push(entry);
  }

  /** Whether estimate k tells that an entry is not the worst: then it is done with. */
  passes(got: number, near: Estimates, k: number): boolean {
    return this.#tolerance === null && this.#contenders.passes(got, near, k);
  }

  /** Whether an entry can wait until it is known to be among the worst: else it is to be judged. */
  waits(place: Place, got: number, near: Estimate, exactly: () => Expected): boolean {
    const contender = { order: this.#added + 1, place, got, exactly };
    const waits = this.#tolerance === null && this.#contenders.takes(contender, near);
    if (waits) this.#added += 1;
    return waits;
  }

  /** Judges those of the entries that wait which may be the worst. */
  settle(): void {
    for (const { exactly, ...entry } of this.#contenders.takeOut()) this.#judge({ ...entry, expected: exactly() });
  }

  #judge({ order, place, got, expected }: Entry): void {
    const { value } = expected;
    this.#entries += 1;
    const error = got === 0 ? magnitude(value) : magnitude(difference(value, exact(got)));
    const isExact = error.m === 0n;
    const share = isExact ? 0 : shareOf(error, got, expected);
    if (!isExact) {
      const [off, whole] = [sizeOf(error), sizeOf(value)];
      this.#absolute = Math.max(this.#absolute, ratio(off, { significand: 1, exponent: 0 }));
      if (whole.significand === 0) this.#relative = null;
      else if (this.#relative !== null) this.#relative = Math.max(this.#relative, ratio(off, whole));
      // from the double nearest to the number to the next one
      const ulp = { significand: 1, exponent: expected.lastPlace ?? lastPlaceOf(value) };
      this.#ulp = Math.max(this.#ulp, ratio(off, ulp));
    }
    if (share < this.#share || (share === this.#share && order > this.#worstOrder)) return;
    this.#share = share;
    this.#worstOrder = order;
    const source = this.#tolerance === null ? "closed_form" : "answer";
    this.#worst = { ...place, [source]: got, reference: toDouble(value) };
  }

  #judgeWaiting(tolerance: number): void {
    const size = ({ expected: { value } }: Entry) => midpoint(magnitude(value));
    // a vector is one row, and the matrices of a sequence's steps are in units of their own
    const matrixOf = ({ place: { t, column } }: Entry) => (column === null ? "" : `${t}`);
    const rowOf = (entry: Entry) => `${matrixOf(entry)}:${entry.place.column === null ? 0 : entry.place.row}`;
    const most = new Map<string, Ball>();
    for (const entry of this.#waiting) {
      for (const key of [matrixOf(entry), rowOf(entry)]) most.set(key, largest(most.get(key) ?? ZERO, size(entry)));
    }
    for (const entry of this.#waiting) {
      const { value } = entry.expected;
      const [ofRow = ZERO, ofMatrix = ZERO] = [most.get(rowOf(entry)), most.get(matrixOf(entry))];
      const scale = !isZero(ofRow) ? ofRow : !isZero(ofMatrix) ? ofMatrix : ONE;
      // below the normal range the right double is off by its rounding
      const rounding = isNormal(value) ? ZERO : SMALLEST_DOUBLE;
      const allowed = sum(product(exact(tolerance), scale), rounding, radiusOf(value));
      this.#judge({ ...entry, expected: { value, allowed } });
    }
  }

  /** null where every entry was judged. */
  unjudged(): Unjudged | null {
    if (this.#beyond === 0) return null;
    return { of: this.#of, wrt: this.#wrt, entries: this.#beyond, first: this.#firstBeyond };
  }

  /** null where no entry could be judged. */
  result(): Quantity | null {
    if (this.#tolerance !== null) this.#judgeWaiting(this.#tolerance);
    const entries = this.#entries + this.#contenders.passed;
    if (entries === 0) return null;
    return {
      of: this.#of,
      wrt: this.#wrt,
      entries,
      max_abs_error: this.#absolute,
      max_rel_error: this.#relative,
      max_ulp: this.#ulp,
      max_share: this.#share,
      worst: this.#worst,
      passed: this.#share <= 1,
    };
  }
}
