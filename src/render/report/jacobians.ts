/** ∂f_t/∂h_{t-1}, ∂h_t/∂h_{t-1} and its four paths, on one scale. */

import { termEquation } from "../../explain/term-equations.ts";
import type { Matrix } from "../../linalg/matrix.ts";
import { h_prev, OUTPUT_LETTERS, stepDerivative, T } from "../../lstm/letters.ts";
import { type Gate, PATHS } from "../../lstm/names.ts";
import type { JacobianResult } from "../../lstm/results/records.ts";
import type { TermWeights } from "../../lstm/results/term-weights.ts";
import { columnFormat } from "../number.ts";
import { scaleOf } from "../tint.ts";
import { heatTable, legend } from "./heat-table.ts";
import { symbolHtml } from "./symbol-html.ts";

export function jacobiansHtml({ jacobian, terms }: JacobianResult, digits: number): string {
  const wholes = (["f", "h_t"] as const).flatMap((of) => {
    const matrix = jacobian[of]?.h_prev;
    return matrix ? [{ of, matrix }] : [];
  });
  const scale = scaleOf([...wholes.map(({ matrix }) => matrix), ...Object.values(terms ?? {})]);
  const large = wholes.map(({ of, matrix }) => {
    const caption = symbolHtml(stepDerivative(of, "h_prev"));
    const axes = `rows: unit of ${symbolHtml(OUTPUT_LETTERS[of])}, columns: component of ${symbolHtml(h_prev)}`;
    return heatTable({ caption, axes, matrix, scale, digits, annotated: 6 });
  });
  const small = (path: Gate, matrix: Matrix) => {
    const caption = `${symbolHtml(T(path))} <small>via ${symbolHtml(OUTPUT_LETTERS[path])}</small>`;
    return heatTable({ caption, matrix, scale, digits, annotated: 3 });
  };
  const paths = terms
    ? `<h3>The four paths that add up to ${symbolHtml(stepDerivative("h_t", "h_prev"))}</h3>
<div class=four>${PATHS.map((g) => small(g, terms[g])).join("\n")}</div>`
    : "";
  return `${legend(scale, "one scale for all pictures of this section")}
<div class=two>${large.join("\n")}</div>${paths}`;
}

/** How much each path carries, as a table with bars. */
export function pathsHtml({ paths, norm }: TermWeights, digits: number): string {
  const norms = PATHS.flatMap((g) => paths.filter(({ gate }) => gate === g));
  const format = columnFormat([...norms.map((path) => path.norm), norm], digits);
  const written = (value: number | null) => (value === null ? "-" : format(value).trim());
  const widest = norms.reduce((most, { share }) => Math.max(most, Math.abs(share ?? 0)), 1);
  const rows = norms.map(
    (path) =>
      `<tr><th scope=row>${symbolHtml(termEquation(path.gate))}<td>${written(path.norm)}<td>${percent(path.share)}<td class=bar aria-hidden=true>${bar(path.share, widest)}`,
  );
  return `<h3>What each path carries</h3>
<div class=scroll><table class="numbers paths">
<thead><tr><th scope=col>path<th scope=col>‖<i>T</i>‖<sub>2</sub><th scope=col>share of the sum<th scope=col></thead>
<tbody>${rows.join("\n")}
<tr><th scope=row><i>J</i> = ${symbolHtml(stepDerivative("h_t", "h_prev"))}<td>${written(norm)}<td>${norm === 0 ? "-" : "100.0 %"}<td></tbody></table></div>
<p class=axes>‖·‖<sub>2</sub>: the spectral norm. The share of a path is ⟨<i>T</i>, <i>J</i>⟩/⟨<i>J</i>, <i>J</i>⟩ over all entries: the four add up to 100 %, and a negative one works against the rest.</p>`;
}

function percent(share: number | null): string {
  return share === null ? "-" : `${(100 * share).toFixed(1)} %`;
}

function bar(share: number | null, widest: number): string {
  const width = (50 * Math.abs(share ?? 0)) / widest;
  const left = (share ?? 0) < 0 ? 50 - width : 50;
  return `<i${(share ?? 0) < 0 ? " class=minus" : ""} style="left:${left.toFixed(1)}%;width:${width.toFixed(1)}%"></i>`;
}
