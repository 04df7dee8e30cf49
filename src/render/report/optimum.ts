/** The unit vectors h_{t-1} that open the forget gate widest. */

import { BEST_VECTOR, LARGEST_GATE } from "../../explain/unit-sphere.ts";
import { zeros } from "../../linalg/matrix.ts";
import { gate, h_prev, z } from "../../lstm/letters.ts";
import type { OptimumResult } from "../../lstm/results/records.ts";
import { formulaMathml } from "../formula-mathml.ts";
import { column, index, tableSection, vectorColumn } from "../section.ts";
import { textOf } from "../symbols.ts";
import { scaleOf } from "../tint.ts";
import type { ReportContent } from "./content.ts";
import { figureHtml } from "./figure-html.ts";
import { circleFigure } from "./figures/circle.ts";
import { fold } from "./fold.ts";
import { gainChart } from "./gain-chart.ts";
import { heatTable, legend, MOST_CELLS } from "./heat-table.ts";
import { outputOptimaHtml } from "./output-optima.ts";
import { sectionTable } from "./section-table.ts";
import { chartHtml } from "./svg.ts";
import { symbolHtml } from "./symbol-html.ts";
import { ANNOTATED, strip } from "./vectors.ts";

const f_t = gate("f");

type Optima = ReportContent & { readonly optimum: OptimumResult };

/** Up to so many units everything stands beside the picture. */
const SMALL = 3;
/** Of so many units h is drawn as a point of the plane. */
const PLANE = 2;
/** More units than this are too close in a chart. */
const MOST_CHARTED = 128;
/** More rows than this are folded away. */
const OPEN_ROWS = 16;

export function optimumHtml(content: Optima): string {
  const { optimum, forward, digits } = content;
  const { hidden_size } = forward;
  const optima = optimum.optimum.gates.f ?? [];
  const matrix = zeros(optima.length, hidden_size);
  for (const [row, { h_prev }] of optima.entries()) if (h_prev) matrix.data.set(h_prev, row * hidden_size);
  const scale = scaleOf([matrix]);
  const isGathered = optima.length > MOST_CELLS;
  const picture = heatTable({
    caption: `<i>h</i>* by unit of ${symbolHtml(f_t)}`,
    axes: `rows: unit of ${symbolHtml(f_t)}, columns: component of ${symbolHtml(h_prev)}`,
    ...{ matrix, scale, digits, annotated: ANNOTATED },
    ...(isGathered ? {} : { isAbsent: (row: number) => optima[row].h_prev === null }),
  });
  const ties = optima.every(({ unique }) => unique)
    ? ""
    : "<p class=note>* not the only optimum; any: every unit vector is one, for the row of U is zero.</p>";
  const formulas = [BEST_VECTOR, LARGEST_GATE].map(
    (formula) => `<div class=formula>${formulaMathml(formula, String, "block")}</div>`,
  );
  const about = `<p>For each unit <i>d</i>, the vector <i>h</i> in place of ${symbolHtml(h_prev)}, of length 1, at which the forget gate is largest, and the gate there:</p>
${formulas.join("\n")}`;
  const isSmall = hidden_size <= SMALL;
  const vectors = `<div class=two><div>${picture}${isSmall ? "" : legend(scale, "")}</div><div>${valuesHtml(optima, content)}</div></div>${ties}`;
  return `<div class=beside><div>${figuresHtml(optima, content)}</div><div>${about}${isSmall ? vectors : ""}</div></div>
${isSmall ? "" : vectors}
${othersHtml(content)}`;
}

type Optimum = NonNullable<OptimumResult["optimum"]["gates"]["f"]>[number];

/** The gate as it is and as it would be. */
function valuesHtml(optima: readonly Optimum[], { forward, digits }: Optima): string {
  const { f } = forward.gates;
  const columns = [
    column(`${textOf(f_t)} now`, (row) => f?.[row] ?? null),
    column(`${textOf(f_t)} at h*`, (row) => optima[row].activation),
    column(`${textOf(z("f"))} at h*`, (row) => optima[row].preactivation),
  ];
  const rowLabel = (row: number) => index(row) + (optima[row].unique ? "" : "*");
  const table = sectionTable({ ...tableSection("unit", optima.length, columns), rowLabel }, digits);
  if (optima.length <= OPEN_ROWS) return table;
  if (optima.length <= MOST_CHARTED) return fold("The values by unit", table);
  const best = Float64Array.from(optima, ({ activation }) => activation);
  const rows = [...(f ? [vectorColumn(f_t, f)] : []), vectorColumn("at h*", best)];
  return strip("The forget gate", rows, "unit", digits) + fold("The values by unit", table);
}

/** One unit along the circle; of a cell of three units and more all of them beside it. */
function figuresHtml(optima: readonly Optimum[], { forward, circles }: Optima): string {
  const circle = figureHtml(circleFigure(circles[0]));
  if (optima.length <= PLANE || optima.length > MOST_CHARTED) return circle;
  const gains = optima.map(({ activation }, unit) => ({ now: forward.gates.f?.[unit] ?? null, best: activation }));
  const title = `${textOf(f_t)} of each unit, and how far it could open`;
  return `<div class=pair><div>${circle}</div>${chartHtml(gainChart(title, gains))}</div>`;
}

function othersHtml({ circles, forward, outputOptima, digits }: Optima): string {
  const others = circles.slice(1).map((circle) => `<div>${figureHtml(circleFigure(circle))}</div>`);
  if (others.length === 0) return "";
  const isWide = forward.hidden_size === PLANE;
  const figures = isWide ? others.join("") : `<div class=small>${others.join("")}</div>`;
  const outputs = outputOptima ? outputOptimaHtml(outputOptima, forward, digits) : "";
  return fold(`The other gates${outputs === "" ? "" : " and the outputs"} of this unit`, figures + outputs);
}
