/** The derivatives that are judged, whoever computed them, and the verdicts on them. */
import { misuse } from "../errors.ts";
import type { Matrix } from "../linalg/matrix.ts";
import { derivativeAt } from "../lstm/derivatives.ts";
import type { Derivatives } from "../lstm/results/derivatives.ts";
import type { Estimates } from "./estimate.ts";
import type { Place, Places } from "./place.ts";
import type { Expected } from "./promise.ts";
import { type Judgement, type Tolerance, Verdict } from "./verdict.ts";

/** Our own derivatives, or those of an answer. */
export type Claims = Derivatives;

/** A matrix, or a vector. */
export type Claim = Matrix | Float64Array;

export interface CheckOptions {
  /** How many columns of each matrix to look at, evenly spread; null: all. */
  readonly columns: number | null;
  readonly tolerance: Tolerance;
  /** Called as the work goes on. */
  readonly progress: (done: number, total: number) => void;
}

/**
 * Refuses choices by which nothing would be looked at, or everything accepted.
 * @throws {DlstmError} usage
 */
export function requireChoices({ columns, tolerance }: CheckOptions): void {
  if (columns !== null && !(Number.isInteger(columns) && columns >= 1)) {
    throw misuse("columns", `${columns}, expected a whole number at least 1, or null for all`);
  }
  if (tolerance !== null && !(tolerance >= 0 && tolerance < 1)) {
    throw misuse("tolerance", `${tolerance}, expected a number from 0 up to 1, or null for the promise`);
  }
}

/** Collects the verdicts on quantities whose entries come up in any order. */
export class Verdicts {
  readonly #paths: readonly string[];
  readonly #tolerance: Tolerance;
  readonly #verdicts = new Map<string, Verdict>();
  #isVague = false;

  /** @param paths of the claims, in whose order the quantities are reported */
  constructor(paths: Iterable<string>, tolerance: Tolerance) {
    this.#paths = [...new Set(paths)];
    this.#tolerance = tolerance;
  }

  /** Judges one entry of a claim. */
  add(path: string, claim: Claim, place: Place, expected: Expected): void {
    if (expected.isVague) this.#isVague = true;
    this.#of(path).add(place, entryOf(claim, place.t, place.row, place.column), expected);
  }

  /** Judges entries; in high precision only those of which estimates leave open whether they are the worst. */
  addEstimated(path: string, claim: Claim, places: Places, near: Estimates, exactly: (place: Place) => Expected): void {
    const verdict = this.#of(path);
    const { t, rows, column: columns } = places;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k];
      const column = columns === null || typeof columns === "number" ? columns : columns[k];
      const got = entryOf(claim, t, row, column);
      if (verdict.passes(got, near, k)) continue;
      const place = t === undefined ? { row, column } : { t, row, column };
      const waits = verdict.waits(place, got, near.at(k), () => exactly(place));
      if (!waits) this.add(path, claim, place, exactly(place));
    }
  }

  #of(path: string): Verdict {
    let verdict = this.#verdicts.get(path);
    if (verdict === undefined) {
      const { of, wrt } = derivativeAt(path);
      verdict = new Verdict(of, wrt, this.#tolerance);
      this.#verdicts.set(path, verdict);
    }
    return verdict;
  }

  /** Judges what waits to be known as one of the worst: with the bits that the rest was judged with. */
  settle(): void {
    for (const verdict of this.#verdicts.values()) verdict.settle();
  }

  /** Whether a reference was not known well enough. */
  get isVague(): boolean {
    return this.#isVague;
  }

  judgement(): Judgement {
    const verdicts = this.#paths.flatMap((path) => this.#verdicts.get(path) ?? []);
    return {
      quantities: verdicts.flatMap((verdict) => verdict.result() ?? []),
      not_judged: verdicts.flatMap((verdict) => verdict.unjudged() ?? []),
    };
  }
}

/** Of a matrix with a row a step, `row` is the unit and t the step. */
function entryOf(claim: Claim, t: number | undefined, row: number, column: number | null): number {
  if (claim instanceof Float64Array) return claim[row];
  return column === null ? claim.data[((t ?? 1) - 1) * claim.cols + row] : claim.data[row * claim.cols + column];
}

/** The columns to look at of so many: all, or a sample spread evenly over them. */
export function sampled(count: number, columns: number | null): number[] {
  const wanted = columns === null ? count : Math.min(count, columns);
  return Array.from({ length: wanted }, (_, j) => Math.floor(((j + 0.5) * count) / wanted));
}

export function everyRow(count: number): readonly number[] {
  return Array.from({ length: count }, (_, row) => row);
}
