/** The inputs of the step, its pre-activations, gates and state. */

import { transpose } from "../../linalg/matrix.ts";
import { maxNorm } from "../../linalg/norm.ts";
import { c_prev, gate, h_prev, x_t } from "../../lstm/letters.ts";
import { GATES, type Gate } from "../../lstm/names.ts";
import { matrixOf, type VectorColumn, vectorColumn, vectorSection } from "../section.ts";
import { gateColumns, preactivationColumns } from "../step-sections.ts";
import { textOf } from "../symbols.ts";
import type { ReportContent } from "./content.ts";
import { fold } from "./fold.ts";
import { heatTable } from "./heat-table.ts";
import { histogram } from "./histogram.ts";
import { sectionTable } from "./section-table.ts";
import { chartHtml, label } from "./svg.ts";
import { symbolHtml } from "./symbol-html.ts";

/** Up to so many units the numbers stand in the picture. */
export const ANNOTATED = 6;
/** From so many units on their distribution is worth a picture. */
export const MANY = 16;

export function vectorsHtml({ state, forward, digits }: ReportContent): string {
  const zero = new Float64Array(forward.hidden_size);
  const memory = [vectorColumn(h_prev, state.h_prev ?? zero)];
  // without c_t nothing rests on it
  if (state.c_prev || forward.c_t) memory.push(vectorColumn(c_prev, state.c_prev ?? zero));
  const input = state.x_t ? [vectorColumn(x_t, state.x_t)] : [];
  const [sums, gates] = [preactivationColumns(forward), gateColumns(forward)];
  const largest = Math.max(0, ...sums.map((column) => maxNorm(valuesOf(column))));
  const strips = [
    strip("The state before the step", memory.filter(hasNumbers), "unit", digits),
    strip("The input", input.filter(hasNumbers), "component", digits),
    strip("Pre-activations", sums, "unit", digits, () => largest),
    strip(forward.c_t ? "Gates and state" : "Gates", gates, "unit", digits),
  ];
  const numbers = sectionTable(vectorSection("unit", [...sums, ...gates]), digits);
  return `${zeroNotes([...memory, ...input], state.x_t === null)}
<div class="${forward.hidden_size > ANNOTATED ? "two" : "three"}">${strips
    .filter((html) => html !== "")
    .map((html) => `<div>${html}</div>`)
    .join("")}</div>
<p class=legend><span>−</span><i></i><span>+</span> <span class=axes>up to what stands after each row; gates only use the upper half</span></p>
${forward.hidden_size < MANY ? "" : histograms(forward.gates)}
${fold("The numbers by unit", numbers, forward.hidden_size <= MANY)}`;
}

/** Vectors as the rows of one picture, each on a scale of its own unless one is given; empty without any. */
export function strip(
  caption: string,
  columns: readonly VectorColumn[],
  noun: string,
  digits: number,
  scaleOf: (column: VectorColumn) => number = ownScale,
): string {
  if (columns.length === 0) return "";
  const matrix = transpose(matrixOf(columns, columns[0].length));
  return heatTable({
    ...{ caption, axes: `columns: ${noun}`, matrix, digits, annotated: ANNOTATED },
    scale: columns.map(scaleOf),
    ends: columns.map((column) => (OPENINGS.has(column.label) ? "0 … 1" : symbolHtml(`±${label(scaleOf(column))}`))),
    rowNames: columns.map(({ label }) => symbolHtml(label)),
  });
}

/** What opens and shuts, between 0 and 1; u lies between −1 and 1, everything else where it does. */
const OPENINGS = new Set([...(["f", "i", "o"] as const).map((g) => textOf(gate(g))), "at h*"]);

function ownScale(column: VectorColumn): number {
  const isBounded = OPENINGS.has(column.label) || column.label === textOf(gate("u"));
  return isBounded ? 1 : maxNorm(valuesOf(column));
}

function valuesOf({ at, length }: VectorColumn): Float64Array {
  return Float64Array.from({ length }, (_, row) => at(row) ?? 0);
}

function hasNumbers(column: VectorColumn): boolean {
  return maxNorm(valuesOf(column)) > 0;
}

/** A vector of zeros is said, not drawn. */
function zeroNotes(columns: readonly VectorColumn[], isWithoutInput: boolean): string {
  const zero = columns.filter((column) => !hasNumbers(column)).map(({ label }) => symbolHtml(label));
  const is = zero.length === 1 ? "is a vector of zeros" : "are vectors of zeros";
  const notes = [
    ...(zero.length > 0 ? [`${zero.join(" and ")} ${is}.`] : []),
    ...(isWithoutInput ? [`No ${symbolHtml(x_t)}: the term W x vanishes.`] : []),
  ];
  return notes.length === 0 ? "" : `<p>${notes.join(" ")}</p>`;
}

function histograms(gates: Readonly<Partial<Record<Gate, Float64Array>>>): string {
  const charts = GATES.flatMap((g) => {
    const values = gates[g];
    if (values === undefined) return [];
    const range: readonly [number, number] = g === "u" ? [-1, 1] : [0, 1];
    return [chartHtml(histogram({ title: textOf(gate(g)), xLabel: "units by value", values: [...values], range }))];
  });
  return `<div class=small>${charts.join("")}</div>`;
}
