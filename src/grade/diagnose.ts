import { nullIfRefused } from "../errors.ts";
import type { Quantity } from "../lstm/quantities.ts";
import type { ChangedStep, ChangedValues } from "./changed-values.ts";
import { isRoundedRight } from "./digits.ts";
import { type Entries, haveSameShape, transposed } from "./entries.ts";
import { type Held, isRightlyNull } from "./held-entries.ts";
import { type Change, type FormulaId, MISCONCEPTIONS } from "./misconceptions.ts";
import { agrees, type Judged, judged } from "./tolerance.ts";

/** What can be said of how a wrong answer came to be. */
export type Diagnosis = FormulaId | "too-few-digits" | "wrong-shape" | "not-a-number";

/** A wrong formula's numbers for one quantity. */
export interface WrongFormula {
  readonly id: FormulaId;
  readonly numbers: Judged;
}

/** What wrong formulas start from. */
export interface Facts {
  /** The right entries, of this and of other quantities. */
  readonly expected: (quantity: Quantity) => Entries | null;
  /** What follows from a changed step; null where the key is a result or the cell a sequence. */
  readonly changed: ((step: ChangedStep) => ChangedValues) | null;
}

/** In so many entries a wrong formula must differ from the right one: fewer may be an accident of the cell. */
const TELLING = 3;

const IDS = Object.keys(MISCONCEPTIONS) as FormulaId[];

/**
 * The wrong formulas that tell something of a quantity on this cell: those that differ from the right one, beyond
 * tolerance, in at least three entries, or in all that they could differ in, if those are fewer.
 */
export function wrongFormulas(quantity: Quantity, facts: Facts, right: Judged): WrongFormula[] {
  const toldBy = (id: FormulaId) =>
    MISCONCEPTIONS[id].changes.flatMap((change: Change) => changed(change, quantity, facts));
  return IDS.flatMap((id) =>
    (nullIfRefused(() => toldBy(id)) ?? [])
      .filter((wrong) => haveSameShape(right.entries, wrong) && !isZero(wrong) && isTelling(id, right, wrong, null))
      .map((wrong) => ({ id, numbers: judged(wrong, right.tolerance) })),
  );
}

/** The numbers of a quantity after a change: none where the mistake says nothing of it. */
function changed({ step, from, last = (entries) => entries }: Change, quantity: Quantity, facts: Facts): Entries[] {
  const values = step && facts.changed?.(step);
  return (from?.(quantity) ?? [quantity]).flatMap((source) => {
    const entries = step ? values?.of(source) : facts.expected(source);
    return (entries && last(entries)) ?? [];
  });
}

/** Zeros are what anybody writes who has nothing: with c_{t-1} = 0 they are also another gate's gradient. */
function isZero({ data }: Entries): boolean {
  return data.every((entry) => entry === 0);
}

function isTelling(id: FormulaId, right: Judged, wrong: Entries, absent: Uint8Array | null): boolean {
  let [possible, differing] = [0, 0];
  for (let k = 0; k < wrong.data.length && differing < TELLING; k++) {
    // neither a transpose nor scaled columns ever change what stands on the diagonal
    const isFixed = (id === "transposed" || id === "columns-scaled") && k % (wrong.cols + 1) === 0;
    // nor is there anything to tell of a unit that has no optimum of its own
    if (isFixed || absent?.[k] || Number.isNaN(right.entries.data[k])) continue;
    possible += 1;
    if (!agrees(right, k, wrong.data[k])) differing += 1;
  }
  return differing > 0 && differing >= Math.min(TELLING, possible);
}

/**
 * The one wrong formula that the whole answer fits. null where it fits none, and where it fits two of different names:
 * which of them it was, the numbers do not tell (with a symmetric U, the transpose is U with its columns scaled).
 */
export function diagnose(formulas: readonly WrongFormula[], right: Judged, held: Held): Diagnosis | null {
  if (held.notNumbers > 0) return "not-a-number";
  const found = new Set<Diagnosis>();
  for (const { id, numbers } of formulas) {
    // with some units only, the formula has to tell something of these
    if (fits(numbers, right, held) && (!held.absent || isTelling(id, right, numbers.entries, held.absent)))
      found.add(id);
  }
  if (isRoundedRight(right.entries, held)) found.add("too-few-digits");
  return found.size === 1 ? [...found][0] : null;
}

/** Rows and columns exchanged, and otherwise right. */
export function isTransposed(right: Judged, exchanged: Entries): boolean {
  return transposed(exchanged).data.every((entry, k) => agrees(right, k, entry));
}

function fits(numbers: Judged, right: Judged, held: Held): boolean {
  return held.data.every(
    (entry, k) => held.absent?.[k] || agrees(numbers, k, entry) || isRightlyNull(held, right.entries, k),
  );
}
