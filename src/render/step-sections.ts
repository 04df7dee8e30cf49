/** What one step's results show of its vectors and matrices, read by the table of quantities. */
import type { Matrix } from "../linalg/matrix.ts";
import { PARAMETER_DERIVATIVES } from "../lstm/derivatives.ts";
import { gate, OUTPUT_LETTERS } from "../lstm/letters.ts";
import { OUTPUTS } from "../lstm/names.ts";
import { type Family, heldIn, quantities, SHOW_FAMILIES } from "../lstm/quantities.ts";
import type { JacobianResult, ShowResult } from "../lstm/results/records.ts";
import { matrixSection, type Section, type VectorColumn, vectorColumn, vectorSection } from "./section.ts";
import { textOf } from "./symbols.ts";
import { scaleOf } from "./tint.ts";

/** z_f … z_u, as far as the result has them. */
export function preactivationColumns(result: object): VectorColumn[] {
  return vectorColumns(result, ["preactivations"]);
}

/** The gates with c_t and h_t. */
export function gateColumns(result: object): VectorColumn[] {
  return vectorColumns(result, SHOW_FAMILIES);
}

function vectorColumns(result: object, families: readonly Family[]): VectorColumn[] {
  return quantities().flatMap((quantity) => {
    const values = families.includes(quantity.family) ? heldIn(result, quantity) : undefined;
    return values instanceof Float64Array ? [vectorColumn(quantity.symbol(), values)] : [];
  });
}

/** The Jacobians that were asked for, and the four paths: these and their sum are pictured on one scale. */
export function jacobianSections(result: ShowResult | JacobianResult): Section[] {
  const terms = "terms" in result && result.terms ? Object.values(result.terms) : [];
  const sum = result.jacobian.h_t?.h_prev;
  const scale = scaleOf(sum ? [...terms, sum] : terms);
  const byInputs = quantities().flatMap((quantity): Section[] => {
    if (quantity.family !== "jacobian" && quantity.family !== "terms") return [];
    const matrix = heldIn(result, quantity) as Matrix | undefined;
    if (matrix === undefined) return [];
    const section = matrixSection(quantity.symbol(), matrix);
    if (quantity.family === "terms") {
      return [{ ...section, title: `${section.title} (via ${textOf(gate(quantity.gate))})`, scale }];
    }
    return [terms.length > 0 && matrix === sum ? { ...section, scale } : section];
  });
  return [...byInputs, ...parameterSections(result)];
}

/** Those by parameters, of the shapes of these; the biases' side by side. */
function parameterSections(result: ShowResult | JacobianResult): Section[] {
  return OUTPUTS.flatMap((of): Section[] => {
    const letter = textOf(OUTPUT_LETTERS[of]);
    const biases: VectorColumn[] = [];
    const sections: Section[] = [];
    for (const row of PARAMETER_DERIVATIVES) {
      const found = row.of === of ? (heldIn(result, row) as Matrix | Float64Array | undefined) : undefined;
      if (found === undefined) continue;
      if (found instanceof Float64Array) biases.push(vectorColumn(row.symbol(), found));
      else {
        const captions = [`entry [d][j]: ∂${letter}[d]/∂${row.wrt}[d][j]`];
        sections.push({ ...matrixSection(row.symbol(), found), captions });
      }
    }
    return biases.length === 0 ? sections : [...sections, vectorSection(`${letter}[d] by b[d]`, biases)];
  });
}
