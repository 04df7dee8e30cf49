/** Which formula the numbers of an answer come from, on the digits that it shows. */
import { once } from "../once.ts";
import { type Grid, gridsOf, misfit } from "./digits.ts";
import { type Entries, transposed } from "./entries.ts";
import { type Held, isRightlyNull } from "./held-entries.ts";
import type { FormulaId } from "./misconceptions.ts";
import { agrees, type Judged } from "./tolerance.ts";
import type { Formulas, WrongFormula } from "./wrong-formulas.ts";

/** What can be said of how a wrong answer came to be. */
export type Diagnosis = FormulaId | "too-few-digits" | "wrong-shape" | "not-a-number" | "ambiguous";

/** So many units of the last digit an answer may be off, from 2 on where numbers were rounded on the way. */
const RUNGS = [0.51, 1, 2, 4] as const;
/** What lies within so many times that cannot be told apart. */
const APART = 4;
const FARTHEST = APART * Math.max(...RUNGS);
/** How many bits have to speak against an accident; from two units on. */
const [EVIDENCE, LOOSE_EVIDENCE] = [10, 16] as const;

/** A formula that fits, with the bits that speak against an accident. */
export interface Fit {
  readonly formula: WrongFormula;
  readonly bits: number;
}

/** What a wrong quantity may come from. */
export interface Suspicion {
  /** What is certain without any wrong formula. */
  readonly form: "too-few-digits" | "not-a-number" | null;
  /** All that fit and cannot be told apart by the numbers. */
  readonly fits: readonly Fit[];
  readonly required: number;
  /** Whether the right numbers are far enough off in two entries. */
  readonly isTelling: boolean;
}

const NOTHING: Suspicion = { form: null, fits: [], required: EVIDENCE, isTelling: false };

/** Whether two ways to be wrong give the same numbers for a quantity on every cell. */
export type AreTwins = (a: WrongFormula, b: WrongFormula) => boolean;

/**
 * What fits the numbers of one quantity: on the grid of the doubles or on that of the digits shown, within the fewest units, where
 * the right numbers are farther off in two entries at least.
 */
export function suspect(formulas: Formulas, right: Entries, held: Held): Suspicion {
  if (held.notNumbers > 0) return { ...NOTHING, form: "not-a-number" };
  const [exact, ...rounded] = gridsOf(held);
  const farOn = (grid: Grid) => (entries: Entries) => misfit(entries, held, grid, FARTHEST);
  for (const grids of [[exact], rounded]) {
    const known = grids.map((grid) => ({
      ...{ grid, right: farOn(grid)(right), all: once(() => formulas.all.map((one) => farOn(grid)(one.entries))) },
    }));
    for (const rung of RUNGS) {
      for (const { grid, right: far, all } of known) {
        if (far <= rung) return { ...NOTHING, form: "too-few-digits" };
        if (!all().some((own) => own <= rung)) continue;
        const near = formulas.all.filter((_, k) => all()[k] <= APART * rung);
        return suspicion(formulas, near, { right, held, grid, rung });
      }
    }
  }
  return NOTHING;
}

/** How formulas were found to fit. */
interface Fitting {
  readonly right: Entries;
  readonly held: Held;
  readonly grid: Grid;
  readonly rung: number;
}

function suspicion(
  { all, span }: Formulas,
  near: readonly WrongFormula[],
  { right, held, grid, rung }: Fitting,
): Suspicion {
  const counted = [...held.data.keys()].filter((k) => !held.absent?.[k] && !isRightlyNull(held, right, k));
  const telling = counted.filter((k) => grid.distance(right, held.data[k], k) > APART * rung);
  const isTelling = telling.length >= Math.min(2, counted.length);
  // equal numbers are one accident; zeros and ones are what anybody writes
  const sizes = telling.map((k) => Math.abs(held.data[k]));
  const different = telling.filter((_, j) => sizes[j] !== 0 && sizes[j] !== 1 && sizes.indexOf(sizes[j]) === j);
  const bitsOf = ({ entries }: WrongFormula) =>
    different.reduce((bits, k) => bits + Math.max(0, Math.log2(span[k] / (2 * rung * grid.unit(entries, k)))), 0);
  const fits = near.map((formula) => ({ formula, bits: bitsOf(formula) - Math.log2(all.length + 1) }));
  return { form: null, fits, required: rung < 2 ? EVIDENCE : LOOSE_EVIDENCE, isTelling };
}

/** The mistake that the fits speak for; null where they speak for two, or not enough. */
export function decided({ fits, required, isTelling }: Suspicion, areTwins: AreTwins): FormulaId | null {
  const [first] = fits;
  if (first === undefined || !isTelling) return null;
  const { id } = first.formula;
  const [own, others] = [true, false].map((is) => fits.filter(({ formula }) => (formula.id === id) === is));
  const twins = others.filter(({ formula }) => own.some((one) => areTwins(one.formula, formula)));
  const isTold = others.every(({ formula }) => twins.some((twin) => twin.formula.id === formula.id));
  return isTold && Math.max(...own.map(({ bits }) => bits)) >= required ? id : null;
}

/** Rows and columns exchanged, and otherwise right. */
export function isTransposed(right: Judged, exchanged: Entries): boolean {
  return transposed(exchanged).data.every((entry, k) => agrees(right, k, entry));
}
