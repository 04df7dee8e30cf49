import type { Cell } from "./cell.ts";
import type { FullTrace } from "./forward.ts";

/** The steps of a run, as often as they are asked for. */
export interface Run {
  readonly cell: Cell;
  readonly steps: number;
  traces(): Iterable<FullTrace>;
}

/** Values as far as they are known, descending, and whether those that are null are −∞. */
export interface Proved {
  readonly values: (number | null)[];
  readonly isComplete: boolean;
}

/** Two ways to the same values: the one proves them by balls of so many bits, the other estimates what rounding does to doubles. */
export interface Ways {
  readonly inBalls: (run: Run, bits: number) => Proved;
  readonly inDoubles: (run: Run) => Proved;
}

/** How much work (see {@link workOf}) is done before doubles are tried, and how much after they have failed. */
export const [CHEAP, AFFORDABLE] = [2e7, 2e8];

/** The bits to start with. */
export const FIRST_BITS = 256;

/** By balls as far as that is cheap, else by doubles; where these do not tell all, by balls as far as they can be afforded. */
export function provedSpectrum(run: Run, { inBalls, inDoubles }: Ways): (number | null)[] {
  let proved: Proved = { values: [], isComplete: false };
  let bits = FIRST_BITS;
  for (; !proved.isComplete && workOf(run, bits) <= CHEAP; bits *= 2) proved = inBalls(run, bits);
  if (proved.isComplete) return proved.values;
  const doubles = inDoubles(run);
  if (doubles.isComplete) return doubles.values;
  for (; !proved.isComplete && workOf(run, bits) <= AFFORDABLE; bits *= 2) proved = inBalls(run, bits);
  return knownOf(proved.values) >= knownOf(doubles.values) ? proved.values : doubles.values;
}

/** How many values are known. */
export function knownOf(values: readonly (number | null)[]): number {
  return values.filter((value) => value !== null).length;
}

/** The operations of a run in balls, each counted by what it costs in so many bits; a unit is a few nanoseconds. */
export function workOf({ cell, steps }: Pick<Run, "cell" | "steps">, bits: number): number {
  const n = cell.hiddenSize;
  const products = steps * (8 * n * n * n + 16 * n * n) + 16 * n * n * n;
  const exponentials = 5 * n * steps * 2 * Math.sqrt(bits);
  return (products + exponentials) * (200 + (bits / 64) ** 1.6);
}
