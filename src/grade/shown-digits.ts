/** An answer judged at the precision that it shows. */
import { type Grid, gridsOf, type Precision } from "./digits.ts";
import type { Entries } from "./entries.ts";
import type { Held } from "./held-entries.ts";
import { agrees, DEFAULT_TOLERANCE, halfOf, type Judged } from "./tolerance.ts";

/** How far each entry may be off, and what the answer was taken to be rounded to; null where that does not matter. */
export interface Seen {
  readonly right: Judged;
  readonly precision: Precision | null;
}

/**
 * With room for what the answer leaves out: an entry may be off by half of the last digit that the quantity shows, 10^-D or
 * that of S significant digits, of the two the one by which more is right. In rows only where that gives `minDigits` digits
 * at the largest entry of the key: zeros at the end that are dropped cost nothing. Where a row is all zeros as it is shown,
 * zero is no rounded number. Any other comparison stays as it is.
 * @param scales entries of the same shape whose rows tell their largest: the key's, where the entries rest on a student's numbers
 */
export function asShown(right: Judged, held: Held, scales: Entries = right.entries): Seen {
  const { tolerance } = right;
  if (tolerance.compare !== "digits") return { right, precision: null };
  const [, ...grids] = gridsOf(held);
  const readings = grids.map((grid) => ({
    right: withRoom(right, held, { grid, minDigits: tolerance.minDigits, scales }),
    precision: grid.precision,
  }));
  const rightIn = ({ right: own }: Seen) => held.data.reduce((count, a, k) => count + Number(agrees(own, k, a)), 0);
  const none: Seen = { right, precision: { decimals: 0 } };
  return readings.reduce((best, one) => (best === none || rightIn(one) >= rightIn(best) ? one : best), none);
}

/** Of such size are the entries of a unit vector. */
const BELOW_ONE = 0.5;

interface Reading {
  readonly grid: Grid;
  readonly minDigits: number;
  readonly scales: Entries;
}

function withRoom(right: Judged, held: Held, { grid, minDigits, scales }: Reading): Judged {
  const { rows, cols, data } = right.entries;
  const allowances = right.allowances.slice();
  for (let r = 0; r < rows; r++) {
    const [start, end] = [r * cols, (r + 1) * cols];
    const isZero = held.data.subarray(start, end).every((entry) => entry === 0);
    if (isZero || !showsEnough(grid, minDigits, largest(scales.data.subarray(start, end)))) continue;
    for (let k = start; k < end; k++) allowances[k] = Math.max(allowances[k], halfOf(grid.unitAt(data[k])));
  }
  return {
    ...right,
    allowances,
    tolerance: showsEnough(grid, minDigits, BELOW_ONE) ? ofUnitVectors(grid, cols) : right.tolerance,
  };
}

/** Whether the last digit shown is at most the last of so many significant ones. */
function showsEnough(grid: Grid, minDigits: number, size: number): boolean {
  return size > 0 && Math.round(Math.log10(grid.unitAt(size))) <= Math.floor(Math.log10(size)) + 1 - minDigits;
}

/** By which a vector is told to have length 1, and to attain an optimum: its entries add up what each may be off. */
function ofUnitVectors(grid: Grid, entries: number): Judged["tolerance"] {
  return { compare: "relabs", rtol: DEFAULT_TOLERANCE.rtol, atol: entries * halfOf(grid.unitAt(BELOW_ONE)) };
}

function largest(row: Float64Array): number {
  return row.reduce((most, entry) => Math.max(most, Math.abs(entry) || 0), 0);
}
