/** The unit vectors h_{t-1} at which gates or outputs are largest or smallest, a row a unit. */
import { gate, h_prev, OUTPUT_LETTERS, z } from "../lstm/letters.ts";
import { GATES, STATE_OUTPUTS } from "../lstm/names.ts";
import type { Optimum, OutputOptima } from "../lstm/results/records.ts";
import { product } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { type Column, column, index, type Section, tableSection } from "./section.ts";
import { optimumSymbol, textOf } from "./symbols.ts";

export function optimumSections({ norm, goal, gates }: Optimum, hiddenSize: number): Section[] {
  return GATES.flatMap((g) => {
    const optima = gates[g];
    if (optima === undefined) return [];
    const columns = [
      column(gate(g), (row) => optima[row].activation),
      column(z(g), (row) => optima[row].preactivation),
    ];
    return [optimumSection(optimumSymbol(gate(g), goal, norm), optima, columns, hiddenSize)];
  });
}

/** With the certificate: what no unit vector exceeds, and how far that is from the value. */
export function outputOptimumSections({ norm, goal, outputs }: OutputOptima, hiddenSize: number): Section[] {
  return STATE_OUTPUTS.flatMap((of) => {
    const optima = outputs[of];
    if (optima === undefined) return [];
    const columns = [
      column(OUTPUT_LETTERS[of], (row) => optima[row].value),
      column("bound", (row) => optima[row].bound),
      column("gap", (row) => optima[row].gap),
    ];
    return [optimumSection(optimumSymbol(OUTPUT_LETTERS[of], goal, norm), optima, columns, hiddenSize)];
  });
}

/** What the optima of gates and of outputs have in common. */
interface Optimal {
  readonly unit: number;
  readonly h_prev: Float64Array | null;
  readonly unique: boolean | null;
}

function optimumSection(title: Formula, optima: readonly Optimal[], values: readonly Column[], size: number): Section {
  const components = Array.from({ length: size }, (_, k) => ({
    // every unit vector would do
    ...column(index(k), (row) => optima[row].h_prev?.[k] ?? null, "any"),
    labelAlone: textOf(h_prev) + index(k),
  }));
  const first: Formula = { kind: "number", text: index(0) };
  components[0] = { ...components[0], label: components[0].labelAlone, symbol: product(h_prev, first) };
  const rowLabel = (row: number) => index(optima[row].unit) + uniquenessMark(optima[row].unique);
  const captions = [
    ...(optima.some(({ unique }) => unique === false) ? ["* not the only optimum; any: every unit vector is one"] : []),
    ...(optima.some(({ unique }) => unique === null) ? ["? not proved to be the only optimum"] : []),
  ];
  const section = tableSection(title, optima.length, [...values, ...components]);
  return { ...section, rowLabel, firstComponent: values.length, captions };
}

/** Behind a unit: whether its optimum is not the only one, or was not proved to be. */
export function uniquenessMark(unique: boolean | null): string {
  if (unique === null) return "?";
  return unique ? "" : "*";
}
