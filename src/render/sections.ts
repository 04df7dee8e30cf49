/** The shared walk of a result: what a format for people shows, in which order and under which names. */
import { product } from "../explain/formula.ts";
import type { Formula } from "../explain/formula-tree.ts";
import { c_t, gate, h_prev, h_t, OUTPUT_LETTERS, z } from "../explain/letters.ts";
import type { Matrix } from "../linalg/matrix.ts";
import { GATES, type Gate, OUTPUTS, PATHS, WRTS, type Wrt } from "../lstm/names.ts";
import type { UnitOptimum } from "../lstm/optimum.ts";
import type { ForwardResult, JacobianResult, Optimum, ShowResult, SigmoidResult } from "../lstm/results/records.ts";
import { backwardCaptions, backwardSections } from "./backward-sections.ts";
import { checkCaptions, checkSection } from "./check-sections.ts";
import { commonScale } from "./common-scale.ts";
import type { Result } from "./result.ts";
import { reverseCaptions } from "./reverse-captions.ts";
import {
  column,
  index,
  matrixSection,
  type Section,
  tableSection,
  type VectorColumn,
  vectorColumn,
  vectorSection,
} from "./section.ts";
import { sequenceCaptions, sequenceSections } from "./sequence-sections.ts";
import { derivativeSymbol, optimumSymbol, pathSymbol, SIGMOID, stateSymbol, textOf } from "./symbols.ts";
import { weightsCaptions, weightsSections } from "./weights-sections.ts";

export function sectionsOf(result: Result): Section[] {
  if ("values" in result) return [sigmoidSection(result)];
  if ("quantities" in result) return [checkSection(result)];
  if ("tensors" in result) return weightsSections(result);
  if ("gradient" in result) return backwardSections(result);
  if ("flow" in result) return sequenceSections(result);
  const sections: Section[] = [];
  if ("preactivations" in result)
    sections.push(vectorSection("pre-activations", gateColumns(result.preactivations, z)));
  if ("gates" in result) sections.push(stepSection(result));
  if ("jacobian" in result) {
    for (const of of OUTPUTS) {
      for (const wrt of WRTS) {
        const matrix = result.jacobian[of]?.[wrt];
        if (!matrix) continue;
        const section = matrixSection(derivativeSymbol(of, wrt), matrix);
        const isSum = of === "h_t" && wrt === "h_prev" && "terms" in result;
        sections.push(isSum ? { ...section, scale: pathScale(result) } : section);
      }
    }
  }
  if ("terms" in result && result.terms) {
    const scale = pathScale(result);
    for (const g of PATHS) sections.push({ ...pathSection(g, result.terms[g]), scale });
  }
  if ("optimum" in result && result.optimum) sections.push(...optimumSections(result.optimum, result.hidden_size));
  return sections.filter((section) => section.columns.length > 0);
}

/** The end of the scale on which the pictures of the four paths and of their sum compare. */
function pathScale({ terms, jacobian }: JacobianResult): number {
  return commonScale([...Object.values(terms ?? {}), ...(jacobian.h_t?.h_prev ? [jacobian.h_t.h_prev] : [])]);
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

function stepSection(result: ForwardResult | ShowResult): Section {
  const columns = gateColumns(result.gates, gate);
  if (result.c_t) columns.push(vectorColumn(c_t, result.c_t));
  if (result.h_t) columns.push(vectorColumn(h_t, result.h_t));
  return vectorSection(result.c_t ? "gates and state" : "gates", columns);
}

function gateColumns(vectors: Partial<Record<Gate, Float64Array>>, symbol: (g: Gate) => Formula): VectorColumn[] {
  return GATES.flatMap((g) => (vectors[g] ? [vectorColumn(symbol(g), vectors[g])] : []));
}

/** One of the four paths of ∂h_t/∂h_{t-1}. */
function pathSection(g: Gate, matrix: Matrix): Section {
  const section = matrixSection(pathSymbol(g), matrix);
  return { ...section, title: `${section.title} (via ${textOf(gate(g))})` };
}

function optimumSections({ norm, goal, gates }: Optimum, hiddenSize: number): Section[] {
  return GATES.flatMap((g) => {
    const optima = gates[g];
    return optima ? [optimumSection(optimumSymbol(g, goal, norm), g, optima, hiddenSize)] : [];
  });
}

function optimumSection(title: Formula, g: Gate, optima: readonly UnitOptimum[], hiddenSize: number): Section {
  const components = Array.from({ length: hiddenSize }, (_, k) =>
    // every unit vector would do
    column(index(k), (row) => optima[row].h_prev?.[k] ?? null, "any"),
  );
  const first: Formula = { kind: "number", text: index(0) };
  components[0] = { ...components[0], label: textOf(h_prev) + index(0), symbol: product(h_prev, first) };
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
