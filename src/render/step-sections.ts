/** What one step's results show of its vectors and matrices, read by the table of quantities. */
import type { Matrix } from "../linalg/matrix.ts";
import { gate } from "../lstm/letters.ts";
import { type Family, heldIn, quantities, SHOW_FAMILIES } from "../lstm/quantities.ts";
import type { JacobianResult, ShowResult } from "../lstm/results/records.ts";
import { matrixSection, type Section, type VectorColumn, vectorColumn } from "./section.ts";
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
  return quantities().flatMap((quantity): Section[] => {
    if (quantity.family !== "jacobian" && quantity.family !== "terms") return [];
    const matrix = heldIn(result, quantity) as Matrix | undefined;
    if (matrix === undefined) return [];
    const section = matrixSection(quantity.symbol(), matrix);
    if (quantity.family === "terms") {
      return [{ ...section, title: `${section.title} (via ${textOf(gate(quantity.gate))})`, scale }];
    }
    return [terms.length > 0 && matrix === sum ? { ...section, scale } : section];
  });
}
