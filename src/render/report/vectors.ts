/** The inputs of the step, its pre-activations, gates and state. */

import { transpose } from "../../linalg/matrix.ts";
import { c_prev, h_prev, x_t } from "../../lstm/letters.ts";
import { matrixOf, type VectorColumn, vectorColumn, vectorSection } from "../section.ts";
import { gateColumns, preactivationColumns } from "../step-sections.ts";
import { scaleOf } from "../tint.ts";
import type { ReportContent } from "./content.ts";
import { heatTable, legend } from "./heat-table.ts";
import { sectionTable } from "./section-table.ts";
import { symbolHtml } from "./symbol-html.ts";

/** Up to so many units the numbers stand in the picture. */
const ANNOTATED = 6;

export function inputsHtml({ state, forward, digits }: ReportContent): string {
  const zero = new Float64Array(forward.hidden_size);
  const memory = [vectorColumn(h_prev, state.h_prev ?? zero)];
  // without c_t nothing rests on it
  if (state.c_prev || forward.c_t) memory.push(vectorColumn(c_prev, state.c_prev ?? zero));
  const strips = [strip("The state before the step", memory, "unit", digits)];
  if (state.x_t) strips.push(strip("The input", [vectorColumn(x_t, state.x_t)], "component", digits));
  const absent = state.x_t === null ? `<p class=axes>No ${symbolHtml(x_t)}: the term W x vanishes.</p>` : "";
  return sideBySide(strips) + absent;
}

export function gatesHtml({ forward, digits }: ReportContent): string {
  const sums = preactivationColumns(forward);
  const gates = gateColumns(forward);
  const strips = [
    strip("Pre-activations", sums, "unit", digits),
    strip(forward.c_t ? "Gates and state" : "Gates", gates, "unit", digits),
  ];
  const numbers = sectionTable(vectorSection("unit", [...sums, ...gates]), digits);
  return `${sideBySide(strips)}
<details><summary>The numbers by unit</summary>${numbers}</details>`;
}

function sideBySide(pictures: readonly string[]): string {
  return `<div class=two>${pictures.map((html) => `<div>${html}</div>`).join("")}</div>`;
}

/** Vectors as the rows of one picture. */
export function strip(caption: string, columns: readonly VectorColumn[], noun: string, digits: number): string {
  const matrix = transpose(matrixOf(columns, columns[0].length));
  const scale = scaleOf([matrix]);
  const rowNames = columns.map(({ label }) => symbolHtml(label));
  const axes = `columns: ${noun}`;
  return heatTable({ caption, axes, matrix, scale, digits, annotated: ANNOTATED, rowNames }) + legend(scale, "");
}
