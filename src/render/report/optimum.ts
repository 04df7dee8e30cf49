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
import { circleFigure } from "./figures/circle.ts";
import { fold } from "./fold.ts";
import { heatTable, legend, MOST_CELLS } from "./heat-table.ts";
import { outputOptimaHtml } from "./output-optima.ts";
import { sectionTable } from "./section-table.ts";
import { figureHtml } from "./svg.ts";
import { symbolHtml } from "./symbol-html.ts";
import { strip } from "./vectors.ts";

const f_t = gate("f");

type Optima = ReportContent & { readonly optimum: OptimumResult };

/** Up to so many units everything stands beside the picture. */
const SMALL = 3;
/** More rows than this are folded away. */
const OPEN_ROWS = 16;

export function optimumHtml({ optimum, outputOptima, forward, circles, digits }: Optima): string {
  const { gates, hidden_size } = forward;
  const optima = optimum.optimum.gates.f ?? [];
  const matrix = zeros(optima.length, hidden_size);
  for (const [row, { h_prev }] of optima.entries()) if (h_prev) matrix.data.set(h_prev, row * hidden_size);
  const scale = scaleOf([matrix]);
  const isGathered = optima.length > MOST_CELLS;
  const picture = heatTable({
    caption: `<i>h</i>* by unit of ${symbolHtml(f_t)}`,
    axes: `rows: unit of ${symbolHtml(f_t)}, columns: component of ${symbolHtml(h_prev)}`,
    ...{ matrix, scale, digits, annotated: 6 },
    ...(isGathered ? {} : { isAbsent: (row: number) => optima[row].h_prev === null }),
  });
  const columns = [
    column(`${textOf(f_t)} now`, (row) => gates.f?.[row] ?? null),
    column(`${textOf(f_t)} at h*`, (row) => optima[row].activation),
    column(`${textOf(z("f"))} at h*`, (row) => optima[row].preactivation),
  ];
  const rowLabel = (row: number) => index(row) + (optima[row].unique ? "" : "*");
  const table = sectionTable({ ...tableSection("unit", optima.length, columns), rowLabel }, digits);
  // the gate as it is and as it would be, of many units as a picture
  const now = gates.f ? [vectorColumn(f_t, gates.f)] : [];
  const best = vectorColumn(
    "at h*",
    Float64Array.from(optima, ({ activation }) => activation),
  );
  const values =
    optima.length > OPEN_ROWS
      ? strip("The forget gate", [...now, best], "unit", digits) + fold("The values by unit", table)
      : table;
  const ties = optima.every(({ unique }) => unique)
    ? ""
    : "<p class=note>* not the only optimum; any: every unit vector is one, for the row of U is zero.</p>";
  const others = circles
    .slice(1)
    .map((circle) => figureHtml(circleFigure(circle)))
    .join("");
  const outputs = outputOptima ? outputOptimaHtml(outputOptima, forward, digits) : "";
  const formulas = [BEST_VECTOR, LARGEST_GATE].map(
    (formula) => `<div class=formula>${formulaMathml(formula, String, "block")}</div>`,
  );
  const about = `<p>For each unit <i>d</i>, the vector <i>h</i> in place of ${symbolHtml(h_prev)}, of length 1, at which the forget gate is largest, and the gate there:</p>
${formulas.join("\n")}`;
  const vectors = `<div class=two><div>${picture}${hidden_size <= SMALL ? "" : legend(scale, "")}</div><div>${values}</div></div>${ties}`;
  const isSmall = hidden_size <= SMALL;
  return `<div class=beside>${figureHtml(circleFigure(circles[0]))}<div>${about}${isSmall ? vectors : ""}</div></div>
${isSmall ? "" : vectors}
${others === "" ? "" : fold(`The other gates${outputOptima ? " and the outputs" : ""} of this unit`, others + outputs)}`;
}
