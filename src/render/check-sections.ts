import { derivativeNamed, PARAMETER_DERIVATIVES } from "../lstm/derivatives.ts";
import { OUTPUT_LETTERS } from "../lstm/letters.ts";
import { product } from "../notation/formula.ts";
import type { Place } from "../verify/place.ts";
import type { CheckResult } from "../verify/result.ts";
import type { Quantity } from "../verify/verdict.ts";
import { column, type Section, tableSection } from "./section.ts";
import { textOf } from "./symbols.ts";

/** A row a quantity: how many entries, how far the worst of them is off, and where it stands. */
export function checkSection({ quantities: all, tolerance }: CheckResult): Section {
  const quantities = all.filter((quantity) => !isZeroAsItHasToBe(quantity));
  const hasSteps = quantities.some(({ worst }) => worst.t !== undefined);
  const figure = (label: string, of: (quantity: Quantity) => number | null | undefined) =>
    column(label, (row) => of(quantities[row]) ?? null, "-");
  const columns = [
    figure("entries", ({ entries }) => entries),
    figure("worst ulp", ({ max_ulp }) => max_ulp),
    figure("relative", ({ max_rel_error }) => max_rel_error),
    figure(tolerance === undefined ? "of promise" : "of tolerance", ({ max_share }) => max_share),
    ...(hasSteps ? [figure("t", ({ worst }) => worst.t)] : []),
    figure("row", ({ worst }) => worst.row),
    figure("column", ({ worst }) => worst.column),
  ];
  const isSequence = isOfSequence(quantities);
  const rowSymbol = (row: number) => derivativeNamed(quantities[row].of, quantities[row].wrt).symbol(isSequence);
  const rowLabel = (row: number) => (quantities[row].passed ? "" : "! ") + textOf(rowSymbol(row));
  return { ...tableSection("derivative", quantities.length, columns), allRows: true, rowLabel, rowSymbol };
}

const UNSEEN = PARAMETER_DERIVATIVES.filter(({ isSeen }) => !isSeen);

/** Of a parameter that the output does not see, and zero: 42 rows of a cell that say the same. */
function isZeroAsItHasToBe({ of, wrt, passed, max_abs_error }: Quantity): boolean {
  return passed && max_abs_error === 0 && UNSEEN.some((zero) => zero.of === of && zero.wrt === wrt);
}

/** A row an output and a goal: the largest gap, and at the worst unit the bound with what comes nearest to it. */
export function optimaSections({ optima = [] }: CheckResult): Section[] {
  if (optima.length === 0) return [];
  const columns = [
    column("units", (row) => optima[row].units),
    column("largest gap", (row) => optima[row].max_gap),
    column("unit", (row) => optima[row].worst.unit),
    column("value", (row) => optima[row].worst.value),
    column("bound", (row) => optima[row].worst.bound),
    column("best found", (row) => optima[row].worst.reference),
  ];
  const symbol = (row: number) => product(optima[row].goal, OUTPUT_LETTERS[optima[row].of]);
  const rowLabel = (row: number) => (optima[row].passed ? "" : "! ") + textOf(symbol(row));
  return [{ ...tableSection("optimum", optima.length, columns), allRows: true, rowLabel, rowSymbol: symbol }];
}

/** Only a sequence has these; an answer may hold ∂L/∂h_0 alone, which then reads like that of a step. */
function isOfSequence(quantities: readonly Pick<Quantity, "wrt">[]): boolean {
  return quantities.some(({ wrt }) => wrt === "x" || wrt === "h_0" || wrt === "c_0");
}

const count = (columns: number) => (columns === 1 ? "1 column" : `${columns} columns`);

function placeOf({ t, row, column }: Place): string {
  return `[${row}]${column === null ? "" : `[${column}]`}${t === undefined ? "" : ` at t = ${t}`}`;
}

/** What of a table of derivatives is folded, and what is in it beside letters of the cell. */
export function tableCaptions({ quantities }: CheckResult): string[] {
  const zeros = quantities.filter(isZeroAsItHasToBe).length;
  const folded = `zero, as they have to be: ${zeros} derivatives by weights of a gate that the output does not see`;
  const hasProduct = quantities.some(({ of }) => of === "product");
  const along = "∂v: along the vector v that the Hessian is multiplied with";
  return [...(hasProduct ? [along] : []), ...(zeros === 0 ? [] : [folded])];
}

/** What could not be judged, the verdict, and each failure with its worst entry. */
export function checkCaptions(result: CheckResult): string[] {
  const { passed, quantities, optima = [], sampled_columns, tolerance, not_judged = [] } = result;
  const entries = quantities.reduce((sum, quantity) => sum + quantity.entries, 0);
  const mark = tolerance === undefined ? "the numerical promise" : `${tolerance} of the row's largest entry`;
  const sample = sampled_columns === undefined ? "" : `, ${count(sampled_columns)} sampled of each matrix`;
  const isSequence = isOfSequence([...quantities, ...not_judged]);
  const left = not_judged.map(({ of, wrt, entries: beyond, first }) => {
    const leave = beyond === 1 ? "1 entry leaves" : `${beyond} entries leave`;
    const symbol = textOf(derivativeNamed(of, wrt).symbol(isSequence));
    return `not judged: ${symbol}, ${leave} the range of a double, the first at ${placeOf(first)}`;
  });
  const units = optima.reduce((sum, verdict) => sum + verdict.units, 0);
  const unbeaten = optima.length === 0 ? "" : `; ${units} optima right, their bounds unbeaten`;
  if (passed) return [...left, `passed: ${entries} entries within ${mark}${sample}${unbeaten}`];
  const failed = quantities.filter((quantity) => !quantity.passed);
  const wrong = optima.filter((verdict) => !verdict.passed);
  return [
    ...left,
    ...failed.map(({ of, wrt, worst }) => {
      const got = worst.closed_form ?? worst.answer;
      return `failed: ${textOf(derivativeNamed(of, wrt).symbol(isSequence))}${placeOf(worst)} is ${got}, expected ${worst.reference}`;
    }),
    ...wrong.map(({ of, goal, worst: { unit, value, bound, reference } }) => {
      const what = `${goal} ${textOf(OUTPUT_LETTERS[of])}[${unit}]`;
      return `failed: ${what} is ${value} with the bound ${bound}, but ${reference} was found`;
    }),
    ...(wrong.length > 0 ? [`${wrong.length} of ${optima.length} optima failed`] : []),
    `${failed.length} of ${quantities.length} derivatives failed, by ${mark}${sample}`,
  ];
}
