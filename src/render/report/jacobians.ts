/** ∂f_t/∂h_{t-1}, ∂h_t/∂h_{t-1} and its four paths. */

import type { Matrix } from "../../linalg/matrix.ts";
import { maxNorm } from "../../linalg/norm.ts";
import { h_prev, OUTPUT_LETTERS, stepDerivative, T } from "../../lstm/letters.ts";
import { type Gate, PATHS } from "../../lstm/names.ts";
import type { JacobianResult } from "../../lstm/results/records.ts";
import type { TermWeights } from "../../lstm/results/term-weights.ts";
import { columnFormat } from "../number.ts";
import { textOf } from "../symbols.ts";
import { scaleOf } from "../tint.ts";
import { figureHtml } from "./figure-html.ts";
import { logarithmicFigure } from "./figures/logarithmic.ts";
import { type PathsContent, pathsFigure } from "./figures/paths.ts";
import { fold } from "./fold.ts";
import { heatTable, legend } from "./heat-table.ts";
import { histogram } from "./histogram.ts";
import { readingOf } from "./reading.ts";
import { chartHtml, label, percent } from "./svg.ts";
import { numberHtml, symbolHtml } from "./symbol-html.ts";
import { ANNOTATED, MANY } from "./vectors.ts";

/** @param more what stands beside the entries of the paths, by what it is */
export function jacobiansHtml(
  { jacobian }: JacobianResult,
  paths: PathsContent | null,
  more: Readonly<Record<string, string>>,
  digits: number,
): string {
  const wholes = (["f", "h_t"] as const).flatMap((of) => {
    const matrix = jacobian[of]?.h_prev;
    return matrix ? [{ of, matrix }] : [];
  });
  const scale = scaleOf(wholes.map(({ matrix }) => matrix));
  const large = wholes.map(({ of, matrix }) => {
    const caption = symbolHtml(stepDerivative(of, "h_prev"));
    const axes = `rows: unit of ${symbolHtml(OUTPUT_LETTERS[of])}, columns: component of ${symbolHtml(h_prev)}`;
    const reading =
      matrix.cols <= ANNOTATED
        ? null
        : readingOf(matrix, { row: `${textOf(OUTPUT_LETTERS[of])} of unit`, column: "component", of: textOf(h_prev) });
    const table = { caption, axes, matrix, scale, digits, annotated: ANNOTATED, framed: reading?.row };
    return `<div>${heatTable(table)}${reading?.html ?? ""}</div>`;
  });
  const charts = wholes.flatMap(({ of, matrix }) => [
    chartHtml(logarithmicFigure(textOf(stepDerivative(of, "h_prev")), matrix)),
    matrix.rows < MANY ? "" : chartHtml(magnitudes(textOf(stepDerivative(of, "h_prev")), matrix)),
  ]);
  return `${legend(scale, "one scale for both")}
<div class=two>${large.join("\n")}</div>
<div class=small>${charts.join("")}</div>
${paths ? pathsHtml(paths, more, digits) : ""}`;
}

/** How many entries lie in which power of ten. */
function magnitudes(symbol: string, { data }: Matrix) {
  const values = Array.from(data, (entry) => Math.log10(Math.abs(entry)));
  const zeros = data.reduce((count, entry) => count + Number(entry === 0), 0);
  const note = zeros === 0 ? "" : `; ${zeros} are zero`;
  return histogram({ title: `|${symbol}|`, xLabel: `entries by magnitude${note}`, values, isPower: true });
}

function pathsHtml(paths: PathsContent, more: Readonly<Record<string, string>>, digits: number): string {
  const told = Object.entries(more).filter(([, html]) => html !== "");
  const entries = PATHS.map((g) => entriesOf(g, paths.terms[g], digits));
  return `<h3>The four paths that add up to ${symbolHtml(stepDerivative("h_t", "h_prev"))}</h3>
<div class=beside>${figureHtml(pathsFigure(paths))}<div>${weightsTable(paths.weights, digits)}</div></div>
${fold(["The entries of the four paths", ...told.map(([name]) => name)].join("; "), `<div class=four>${entries.join("\n")}</div>${told.map(([, html]) => html).join("\n")}`)}`;
}

/** One path on a scale of its own. */
function entriesOf(path: Gate, matrix: Matrix, digits: number): string {
  const caption = `${symbolHtml(T(path))} <small>via ${symbolHtml(OUTPUT_LETTERS[path])}</small>`;
  const scale = maxNorm(matrix.data);
  return `<div>${heatTable({ caption, matrix, scale, digits, annotated: 3 })}<p class=axes>${symbolHtml(`±${label(scale)}`)}</p></div>`;
}

/** How much each path carries, as a table with bars. */
function weightsTable({ paths, norm }: TermWeights, digits: number): string {
  const norms = PATHS.flatMap((g) => paths.filter(({ gate }) => gate === g));
  const format = columnFormat([...norms.map((path) => path.norm), norm], digits);
  const written = (value: number | null) => (value === null ? "–" : numberHtml(format(value).trim()));
  const shares = norms.map(({ share }) => share ?? 0);
  const [least, most] = [Math.min(0, ...shares), Math.max(1, ...shares)];
  const widest = norms.reduce((one, other) => ((other.share ?? 0) > (one.share ?? 0) ? other : one));
  const mainly =
    norm === 0 ? "" : ` Most goes through ${symbolHtml(OUTPUT_LETTERS[widest.gate])}: ${percent(widest.share)}.`;
  const rows = norms.map(
    (path) =>
      `<tr><th scope=row>${symbolHtml(T(path.gate))} via ${symbolHtml(OUTPUT_LETTERS[path.gate])}<td>${written(path.norm)}<td>${percent(path.share)}<td class=bar aria-hidden=true>${bar(path.share ?? 0, least, most)}`,
  );
  return `<div class=scroll tabindex=0 role=group aria-label="table"><table class="numbers paths">
<thead><tr><th scope=col>path<th scope=col>‖<i>T</i>‖<sub>2</sub><th scope=col>share<td></thead>
<tbody>${rows.join("\n")}
<tr><th scope=row><i>J</i> = ${symbolHtml(stepDerivative("h_t", "h_prev"))}<td>${written(norm)}<td>${percent(norm === 0 ? null : 1)}<td></tbody></table></div>
<p class=axes>‖·‖<sub>2</sub>: the spectral norm. The share of a path is ⟨<i>T</i>, <i>J</i>⟩/⟨<i>J</i>, <i>J</i>⟩ over all entries: the four add up to 100 %, and a negative one works against the rest.${mainly}</p>`;
}

/** From zero to the share, on the scale from the least to the most of all: without a negative one zero is the left edge. */
function bar(share: number, least: number, most: number): string {
  const place = (value: number) => (100 * (value - least)) / (most - least);
  const [left, right] = [place(Math.min(0, share)), place(Math.max(0, share))];
  return `<i${share < 0 ? " class=minus" : ""} style="left:${left.toFixed(1)}%;width:${(right - left).toFixed(1)}%"></i>`;
}
