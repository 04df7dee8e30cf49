/** The shared walk of a result: what a format for people shows, in which order and under which names. */

import { OUTPUT_LETTERS } from "../lstm/letters.ts";
import { OUTPUTS, type Wrt } from "../lstm/names.ts";
import type { SigmoidResult } from "../lstm/results/records.ts";
import { backwardCaptions, backwardSections } from "./backward-sections.ts";
import { reverseCaptions } from "./cell-words.ts";
import { checkCaptions, checkSection, optimaSections, tableCaptions } from "./check-sections.ts";
import { hessianCaptions, hessianSections } from "./hessian-sections.ts";
import { inputSections } from "./input-sections.ts";
import { optimumSections, outputOptimumSections } from "./optimum-sections.ts";
import type { Result } from "./result.ts";
import { column, type Section, tableSection, vectorSection } from "./section.ts";
import { sequenceCaptions, sequenceSections } from "./sequence-sections.ts";
import { stateSections } from "./state-sections.ts";
import { gateColumns, jacobianSections, preactivationColumns } from "./step-sections.ts";
import { SIGMOID, stateSymbol, textOf } from "./symbols.ts";
import { weightsCaptions, weightsSections } from "./weights-sections.ts";

/** @param steps whether those of a sequence are shown */
export function sectionsOf(result: Result, { steps = false }: { readonly steps?: boolean } = {}): Section[] {
  if ("values" in result) return [sigmoidSection(result)];
  if ("quantities" in result) return [checkSection(result), ...optimaSections(result)];
  if ("tensors" in result) return weightsSections(result);
  if ("gradient" in result) return backwardSections(result);
  if ("hessian" in result) return hessianSections(result);
  if ("flow" in result) {
    return [...(steps ? stateSections(result) : []), ...sequenceSections(result), ...inputSections(result, steps)];
  }
  const sections: Section[] = [];
  if ("preactivations" in result) sections.push(vectorSection("pre-activations", preactivationColumns(result)));
  if ("gates" in result) sections.push(vectorSection(result.c_t ? "gates and state" : "gates", gateColumns(result)));
  if ("jacobian" in result) sections.push(...jacobianSections(result));
  if ("optimum" in result && result.optimum && "outputs" in result.optimum) {
    sections.push(...outputOptimumSections(result.optimum, result.hidden_size));
  } else if ("optimum" in result && result.optimum)
    sections.push(...optimumSections(result.optimum, result.hidden_size));
  return sections.filter((section) => section.columns.length > 0);
}

/** What the reader has to know of the whole result: state taken as zero, quantities that could not be computed. */
export function captionsOf(result: Result): string[] {
  if ("values" in result) return [];
  if ("tensors" in result) return weightsCaptions(result);
  const captions = reverseCaptions(result);
  if ("quantities" in result) return [...captions, ...tableCaptions(result), ...checkCaptions(result)];
  if ("gradient" in result) captions.push(...backwardCaptions(result));
  if ("hessian" in result) captions.push(...hessianCaptions(result));
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

function sigmoidSection({ values }: SigmoidResult): Section {
  const columns = [
    column(SIGMOID.value, (row) => values[row].sigma),
    column(SIGMOID.slope, (row) => values[row].derivative),
  ];
  return { ...tableSection("z", values.length, columns), rowLabel: (row) => String(values[row].z) };
}
