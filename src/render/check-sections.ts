import type { CheckResult } from "../verify/result.ts";
import type { Quantity } from "../verify/verdict.ts";
import type { Column, Section } from "./section.ts";
import { quantitySymbol } from "./symbols.ts";

/** A row a quantity: how many entries, how far the worst of them is off, and where it stands. */
export function checkSection({ quantities, tolerance }: CheckResult): Section {
  const isSequence = isOfSequence(quantities);
  const hasSteps = quantities.some(({ worst }) => worst.t !== undefined);
  const column = (label: string, of: (quantity: Quantity) => number | null | undefined): Column => ({
    label,
    at: (row) => of(quantities[row]) ?? null,
    absent: "-",
  });
  const columns = [
    column("entries", ({ entries }) => entries),
    column("worst ulp", ({ max_ulp }) => max_ulp),
    column("relative", ({ max_rel_error }) => max_rel_error),
    column(tolerance === undefined ? "of promise" : "of tolerance", ({ max_share }) => max_share),
    ...(hasSteps ? [column("t", ({ worst }) => worst.t)] : []),
    column("row", ({ worst }) => worst.row),
    column("column", ({ worst }) => worst.column),
  ];
  return {
    title: "derivative",
    rows: quantities.length,
    allRows: true,
    columns,
    rowLabel: (row) => {
      const { passed, of, wrt } = quantities[row];
      return (passed ? "" : "! ") + quantitySymbol(of, wrt, isSequence);
    },
    firstComponent: columns.length,
    comparable: false,
    captions: [],
  };
}

/** Only a sequence has these; an answer may hold ∂L/∂h_0 alone, which then reads like that of a step. */
function isOfSequence(quantities: readonly Quantity[]): boolean {
  return quantities.some(({ wrt }) => wrt === "x" || wrt === "h_0" || wrt === "c_0");
}

const count = (columns: number) => (columns === 1 ? "1 column" : `${columns} columns`);

/** The verdict, and each failure with its worst entry. */
export function checkCaptions({ passed, quantities, sampled_columns, tolerance }: CheckResult): string[] {
  const entries = quantities.reduce((sum, quantity) => sum + quantity.entries, 0);
  const mark = tolerance === undefined ? "the numerical promise" : `${tolerance} of the row's largest entry`;
  const sample = sampled_columns === undefined ? "" : `, ${count(sampled_columns)} sampled of each matrix`;
  if (passed) return [`passed: ${entries} entries within ${mark}${sample}`];
  const failed = quantities.filter((quantity) => !quantity.passed);
  const isSequence = isOfSequence(quantities);
  return [
    ...failed.map(({ of, wrt, worst }) => {
      const step = worst.t === undefined ? "" : ` at t = ${worst.t}`;
      const place = `[${worst.row}]${worst.column === null ? "" : `[${worst.column}]`}`;
      const got = worst.closed_form ?? worst.answer;
      return `failed: ${quantitySymbol(of, wrt, isSequence)}${place}${step} is ${got}, expected ${worst.reference}`;
    }),
    `${failed.length} of ${quantities.length} derivatives failed, by ${mark}${sample}`,
  ];
}
