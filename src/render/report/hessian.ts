/** The second derivatives of L by h_{t-1}, with the eigenvalues that tell how it bends. */
import { lossHessian } from "../../lstm/letters.ts";
import type { HessianResult } from "../../lstm/results/records.ts";
import { LAMBDA } from "../hessian-sections.ts";
import { vectorColumn } from "../section.ts";
import { scaleOf } from "../tint.ts";
import { heatTable, legend } from "./heat-table.ts";
import { symbolHtml } from "./symbol-html.ts";
import { ANNOTATED, strip } from "./vectors.ts";

/** Empty where nothing is told of it. */
export function hessianHtml(result: HessianResult | null, digits: number): string {
  if (result === null) return "";
  const { hessian, eigenvalues, assumed_one } = result;
  const matrix = hessian.h_prev.h_prev;
  const scale = scaleOf([matrix]);
  const caption = symbolHtml(lossHessian("h_prev", "h_prev"));
  const axes = `rows and columns: components of ${symbolHtml("h_{t-1}")}`;
  const picture = heatTable({ caption, axes, matrix, scale, digits, annotated: ANNOTATED });
  const ones = assumed_one ? `, with the upstream gradient ${symbolHtml(assumed_one.join(", "))} taken as ones` : "";
  const about = `<p>How ${symbolHtml("L = Σ dh_t·h_t + dc_t·c_t")} bends${ones}: along an eigenvector upwards where its eigenvalue λ is positive, downwards where it is negative.</p>`;
  const values = strip("Eigenvalues, descending", [vectorColumn(LAMBDA, eigenvalues)], "eigenvalue", digits);
  return `${about}<div class=two><div>${picture}${legend(scale, "")}</div><div>${values}</div></div>`;
}
