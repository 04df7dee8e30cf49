/** The shared walk of a result: what a format for people shows, in which order and under which names. */

import { gate, h_prev, OUTPUT_LETTERS, z } from "../lstm/letters.ts";
import { GATES, type Gate, OUTPUTS, type Wrt } from "../lstm/names.ts";
import type { UnitOptimum } from "../lstm/optimum.ts";
import type { Optimum, SigmoidResult } from "../lstm/results/records.ts";
import { product } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { backwardCaptions, backwardSections } from "./backward-sections.ts";
import { reverseCaptions } from "./cell-words.ts";
import { checkCaptions, checkSection } from "./check-sections.ts";
import type { Result } from "./result.ts";
import { column, index, type Section, tableSection, vectorSection } from "./section.ts";
import { sequenceCaptions, sequenceSections } from "./sequence-sections.ts";
import { stateSections } from "./state-sections.ts";
import { gateColumns, jacobianSections, preactivationColumns } from "./step-sections.ts";
import { optimumSymbol, SIGMOID, stateSymbol, textOf } from "./symbols.ts";
import { weightsCaptions, weightsSections } from "./weights-sections.ts";

/** @param steps whether those of a sequence are shown */
export function sectionsOf(result: Result, { steps = false }: { readonly steps?: boolean } = {}): Section[] {
  if ("values" in result) return [sigmoidSection(result)];
  if ("quantities" in result) return [checkSection(result)];
  if ("tensors" in result) return weightsSections(result);
  if ("gradient" in result) return backwardSections(result);
  if ("flow" in result) return [...(steps ? stateSections(result) : []), ...sequenceSections(result)];
  const sections: Section[] = [];
  if ("preactivations" in result) sections.push(vectorSection("pre-activations", preactivationColumns(result)));
  if ("gates" in result) sections.push(vectorSection(result.c_t ? "gates and state" : "gates", gateColumns(result)));
  if ("jacobian" in result) sections.push(...jacobianSections(result));
  if ("optimum" in result && result.optimum) sections.push(...optimumSections(result.optimum, result.hidden_size));
  return sections.filter((section) => section.columns.length > 0);
}

/** What the reader has to know of the whole result: state taken as zero, quantities that could not be computed. */
export function captionsOf(result: Result): string[] {
  if ("values" in result) return [];
  if ("tensors" in result) return weightsCaptions(result);
  const captions = reverseCaptions(result);
  if ("quantities" in result) return [...captions, ...checkCaptions(result)];
  if ("gradient" in result) captions.push(...backwardCaptions(result));
  if ("flow" in result) captions.push(...sequenceCaptions(result));
  if (result.assumed_zero) {
    const isSequence = "flow" in result || ("gradient" in result && "x" in result.gradient);
    const symbols = result.assumed_zero.map((key) => textOf(stateSymbol(key as Wrt, isSequence)));
    captions.push(`${symbols.join(", ")} not given: taken as zero`);
  }
  if (result.assumed_activation) captions.push(activationCaption(result.assumed_activation));
  const missing = OUTPUTS.flatMap((of) => {
    const keys = result.missing?.[of];
    return keys ? [`${textOf(OUTPUT_LETTERS[of])} (${keys.join(", ")})`] : [];
  });
  if (missing.length > 0) captions.push(`missing for want of keys: ${missing.join(", ")}`);
  return captions;
}

/** What is said of gates whose activation nothing told. */
export function activationCaption(activation: string): string {
  return `activation of the gates not told by the file: taken as ${activation}`;
}

function optimumSections({ norm, goal, gates }: Optimum, hiddenSize: number): Section[] {
  return GATES.flatMap((g) => {
    const optima = gates[g];
    return optima ? [optimumSection(optimumSymbol(g, goal, norm), g, optima, hiddenSize)] : [];
  });
}

function optimumSection(title: Formula, g: Gate, optima: readonly UnitOptimum[], hiddenSize: number): Section {
  const components = Array.from({ length: hiddenSize }, (_, k) => ({
    // every unit vector would do
    ...column(index(k), (row) => optima[row].h_prev?.[k] ?? null, "any"),
    labelAlone: textOf(h_prev) + index(k),
  }));
  const first: Formula = { kind: "number", text: index(0) };
  components[0] = { ...components[0], label: components[0].labelAlone, symbol: product(h_prev, first) };
  const columns = [
    column(gate(g), (row) => optima[row].activation),
    column(z(g), (row) => optima[row].preactivation),
    ...components,
  ];
  const rowLabel = (row: number) => index(optima[row].unit) + (optima[row].unique ? "" : "*");
  const captions = optima.every(({ unique }) => unique)
    ? []
    : ["* not the only optimum; any: every unit vector is one"];
  return { ...tableSection(title, optima.length, columns), rowLabel, firstComponent: 2, captions };
}

function sigmoidSection({ values }: SigmoidResult): Section {
  const columns = [
    column(SIGMOID.value, (row) => values[row].sigma),
    column(SIGMOID.slope, (row) => values[row].derivative),
  ];
  return { ...tableSection("z", values.length, columns), rowLabel: (row) => String(values[row].z) };
}
