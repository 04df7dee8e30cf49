/** What a whole hand-in comes from: one mistake is named once, and what follows from it is said to follow. */
import { onceBy } from "../once.ts";
import { type AreTwins, type Diagnosis, decided, type Suspicion } from "./diagnose.ts";
import type { FormulaId } from "./misconceptions.ts";

/** One wrong quantity. */
export interface Suspect {
  readonly name: string;
  readonly suspicion: Suspicion;
  readonly areTwins: AreTwins;
  /** What it comes from, looked at by itself. */
  readonly alone: () => FormulaId | null;
}

/** What is said of it. */
export interface Named {
  readonly diagnosis: Diagnosis | null;
  /** The name of the quantity in which the mistake stands from which this one follows. */
  readonly follows: string | null;
  /** Where the numbers do not tell: the mistakes from which they may come. */
  readonly candidates: readonly Diagnosis[];
}

/** By name, for the wrong quantities in their order. */
export function namedTogether(suspects: readonly Suspect[]): ReadonlyMap<string, Named> {
  const found = mistakesOf(suspects.filter(({ suspicion }) => suspicion.form === null));
  const first = new Map<Diagnosis, string>();
  return new Map(
    suspects.map(({ name, suspicion: { form, fits } }): [string, Named] => {
      const diagnosis = form ?? found.get(name) ?? null;
      // one digit is near to nearly everything: what so few numbers fit by chance is no candidate
      const likely = fits.filter(({ bits }) => bits > 0);
      const candidates = diagnosis === null ? [...new Set(likely.map(({ formula }) => formula.id))] : [];
      const before = form === null && diagnosis !== null ? onceBy(first, diagnosis, () => name) : name;
      return [
        name,
        before === name ? { diagnosis, follows: null, candidates } : { diagnosis: null, follows: before, candidates },
      ];
    }),
  );
}

/** The mistakes of the quantities: the one that most of them fit, then that of most of the rest, then each by itself. */
function mistakesOf(suspects: readonly Suspect[]): ReadonlyMap<string, FormulaId> {
  const shared = sharedMistake(suspects);
  if (shared === null) {
    return new Map(
      suspects.flatMap(({ name, alone }): [string, FormulaId][] => {
        const id = alone();
        return id ? [[name, id]] : [];
      }),
    );
  }
  const { id, covered } = shared;
  const rest = suspects.filter((one) => !covered.includes(one));
  return new Map([...covered.map(({ name }) => [name, id] as const), ...mistakesOf(rest)]);
}

/** The mistake, made in one way, that the most of them fit, two at least, and no other that is not the same on every cell. */
function sharedMistake(suspects: readonly Suspect[]): { id: FormulaId; covered: readonly Suspect[] } | null {
  const formulas = new Map(
    suspects.flatMap(({ suspicion }) => suspicion.fits.map(({ formula }) => [formula.way, formula])),
  );
  const fitOf = ({ suspicion }: Suspect, way: string) => suspicion.fits.find(({ formula }) => formula.way === way);
  const covering = [...formulas.values()].map((formula) => ({
    formula,
    covered: suspects.filter((one) => fitOf(one, formula.way)),
  }));
  const most = Math.max(0, ...covering.map(({ covered }) => covered.length));
  const best = covering.filter(({ covered }) => covered.length === most);
  const [{ covered }] = best.length > 0 ? best : [{ covered: [] }];
  const telling = covered.filter(({ suspicion }) => suspicion.isTelling);
  if (covered.length < 2 || telling.length === 0) return null;
  const fits = best.map(({ formula }) => ({
    formula,
    bits: telling.flatMap((one) => fitOf(one, formula.way) ?? []).reduce((sum, { bits }) => sum + Math.max(0, bits), 0),
  }));
  const required = Math.max(...telling.map(({ suspicion }) => suspicion.required));
  const areTwins: AreTwins = (a, b) => covered.every((one) => one.areTwins(a, b));
  const id = decided({ form: null, fits, required, isTelling: true }, areTwins);
  return id && { id, covered };
}
