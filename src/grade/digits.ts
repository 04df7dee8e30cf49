import { onceBy } from "../once.ts";
import type { Entries } from "./entries.ts";
import { type Held, isRightlyNull } from "./held-entries.ts";
import { lastDigitOf } from "./tolerance.ts";

/** To what numbers were rounded: so many digits behind the point, or so many significant ones. */
export type Precision = { readonly decimals: number } | { readonly digits: number };

/** The numbers that an answer was rounded to. */
export class Grid {
  /** How far apart they are at an entry of a quantity whose largest is `scale`. */
  readonly unitAt: (entry: number, scale?: number) => number;
  /** null: as many digits as a double has. */
  readonly precision: Precision | null;

  constructor(unitAt: (entry: number, scale: number) => number, precision: Precision | null = null) {
    this.unitAt = (entry, scale = Math.abs(entry)) => unitAt(entry, scale);
    this.precision = precision;
  }

  /** How far apart they are at entry k. */
  unit({ data }: Entries, k: number, scale = scaleOf(data)): number {
    return this.unitAt(data[k], scale);
  }

  /** How many units a number is from entry k; Infinity where one is no number. */
  distance(entries: Entries, number: number, k: number, scale?: number): number {
    const distance = Math.abs(number - entries.data[k]);
    if (distance === 0) return 0;
    return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance / this.unit(entries, k, scale);
  }
}

/** The largest of a formula's numbers, which each answer of a class is compared with. */
const scaleOf = (data: Float64Array) =>
  onceBy(scales, data, () => data.reduce((most, entry) => Math.max(most, Math.abs(entry) || 0), 0));
const scales = new WeakMap<Float64Array, number>();

/** How far numbers that were not rounded may be off, as a share of the largest: in doubles, and in single precision. */
const DOUBLES = 1e-9;
const SINGLES = 2e-6;
/** So many digits are more than people round to. */
const MANY_DIGITS = 12;

/**
 * The grids that an answer may lie on, the finest first: that of the doubles, 10^-D with the most decimals that an entry shows, and S
 * significant digits, likewise. The most that one shows, since zeros at the end are not seen.
 */
export function gridsOf(held: Held): readonly [exact: Grid, ...rounded: Grid[]] {
  let [decimals, digits, isSingle] = [0, 0, true];
  for (let k = 0; k < held.data.length; k++) {
    const entry = held.data[k];
    if (held.absent?.[k] || !Number.isFinite(entry)) continue;
    const shown = digitsOf(entry);
    decimals = Math.max(decimals, shown.decimals);
    digits = Math.max(digits, shown.digits);
    isSingle = isSingle && Math.fround(entry) === entry;
  }
  const rounded: Grid[] = [];
  // whole numbers are near to everything
  if (decimals >= 1) rounded.push(new Grid(() => 10 ** -decimals, { decimals }));
  if (digits >= 2) rounded.push(new Grid((entry) => lastDigitOf(entry, digits), { digits }));
  const share = isSingle && digits >= MANY_DIGITS ? SINGLES : DOUBLES;
  return [new Grid((_, scale) => share * scale), ...rounded];
}

/** The largest distance of the answer from these entries, in units of the grid; Infinity where it is more than `most`. */
export function misfit(entries: Entries, held: Held, grid: Grid, most: number): number {
  const scale = scaleOf(entries.data);
  let far = 0;
  for (let k = 0; k < held.data.length; k++) {
    if (held.absent?.[k] || isRightlyNull(held, entries, k)) continue;
    far = Math.max(far, grid.distance(entries, held.data[k], k, scale));
    if (far > most) return Number.POSITIVE_INFINITY;
  }
  return far;
}

/** How a double is written at the shortest: digits behind the point, and significant ones. */
function digitsOf(a: number): { decimals: number; digits: number } {
  const [mantissa, exponent = "0"] = String(Math.abs(a)).split("e");
  const [whole, behind = ""] = mantissa.split(".");
  const significant = (whole + behind).replace(/^0+/, "").replace(/0+$/, "");
  return { decimals: Math.max(0, behind.length - Number(exponent)), digits: significant.length };
}
