import { nullIfRefused } from "../errors.ts";
import type { Quantity } from "../lstm/quantities.ts";
import type { Changed, ChangedValues } from "./changed-values.ts";
import { type Entries, haveSameShape } from "./entries.ts";
import { type FormulaId, idsFor, MISCONCEPTIONS } from "./misconceptions.ts";
import type { Change } from "./mistake.ts";

/** A wrong formula's numbers for one quantity. */
export interface WrongFormula {
  readonly id: FormulaId;
  /** Tells the ways of one mistake apart, the same for every quantity. */
  readonly way: string;
  readonly entries: Entries;
}

/** All that somebody may have computed for one quantity. */
export interface Formulas {
  /** Those that are told before others with the same numbers first. */
  readonly all: readonly WrongFormula[];
  /** By entry, between the least and the largest that a formula gives, the right one among them. */
  readonly span: Float64Array;
}

/** What wrong formulas start from. */
export interface Facts {
  /** The right entries, of this and of other quantities. */
  readonly expected: (quantity: Quantity) => Entries | null;
  /** What follows from a change; null where the key is a result. */
  readonly changed: ((changed: Changed) => ChangedValues) | null;
}

/** The wrong formulas that give other numbers than the right one. */
export function wrongFormulas(quantity: Quantity, facts: Facts, right: Entries): Formulas {
  const all = idsFor(quantity).flatMap((id) =>
    MISCONCEPTIONS[id].changes.flatMap((change: Change, k) =>
      (nullIfRefused(() => numbersAfter(change, quantity, facts)) ?? [])
        .filter((entries) => haveSameShape(right, entries) && isOther(entries, right))
        .map((entries) => ({ id, way: `${id} ${k}`, entries })),
    ),
  );
  const span = right.data.map((entry, k) => {
    const numbers = all.map(({ entries }) => entries.data[k]).filter(Number.isFinite);
    return Math.max(entry, ...numbers) - Math.min(entry, ...numbers);
  });
  return { all, span };
}

function numbersAfter(
  { changed, from, last = (entries) => entries }: Change,
  quantity: Quantity,
  facts: Facts,
): Entries[] {
  const values = changed && facts.changed?.(changed);
  return (from?.(quantity) ?? [quantity]).flatMap((source) => {
    const entries = changed ? values?.of(source) : facts.expected(source);
    return (entries && last(entries)) ?? [];
  });
}

/** Zeros are what anybody writes who has nothing. A unit without an optimum of its own has none in any formula. */
function isOther({ data }: Entries, right: Entries): boolean {
  const scale = right.data.reduce((most, entry) => Math.max(most, Math.abs(entry) || 0), 0);
  return (
    data.every((entry, k) => Number.isFinite(entry) || Number.isNaN(right.data[k])) &&
    data.some((entry) => entry !== 0) &&
    data.some((entry, k) => Math.abs(entry - right.data[k]) > 1e-12 * scale)
  );
}
