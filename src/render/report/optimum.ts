/** The unit vectors h_{t-1} that open the forget gate widest. */
import { zeros } from "../../linalg/matrix.ts";
import type { UnitOptimum } from "../../lstm/optimum.ts";
import type { ForwardResult, OptimumResult } from "../../lstm/results/records.ts";
import { commonScale } from "../common-scale.ts";
import { type Column, vectorColumn } from "../section.ts";
import { heatTable, legend } from "./heat-table.ts";
import { sectionTable } from "./section-table.ts";
import { symbolHtml } from "./symbol-html.ts";
import { strip } from "./vectors.ts";

/** More rows than this are folded away. */
const OPEN_ROWS = 16;

/** The gate as it is and as it would be, of many units, as a picture. */
function openings(f: Float64Array | undefined, optima: readonly UnitOptimum[], digits: number): string {
  const best = Float64Array.from(optima, ({ activation }) => activation);
  return strip(
    "The forget gate",
    [...(f ? [vectorColumn("f_t", f)] : []), vectorColumn("at h*", best)],
    "unit",
    digits,
  );
}

export function optimumHtml({ optimum }: OptimumResult, { gates, hidden_size }: ForwardResult, digits: number): string {
  const optima = optimum.gates.f ?? [];
  const matrix = zeros(optima.length, hidden_size);
  for (const [row, { h_prev }] of optima.entries()) if (h_prev) matrix.data.set(h_prev, row * hidden_size);
  const scale = commonScale([matrix]);
  const gathers = optima.length > 64;
  const picture = heatTable({
    caption: `<i>h</i>* by unit of ${symbolHtml("f_t")}`,
    axes: `rows: unit of ${symbolHtml("f_t")}, columns: component of ${symbolHtml("h_{t-1}")}`,
    matrix,
    scale,
    digits,
    annotated: 6,
    ...(gathers ? {} : { isAbsent: (row: number) => optima[row].h_prev === null }),
  });
  const columns: Column[] = [
    { label: "f_t now", at: (row) => gates.f?.[row] ?? null },
    { label: "f_t at h*", at: (row) => optima[row].activation },
    { label: "z_f at h*", at: (row) => optima[row].preactivation },
  ];
  const table = sectionTable(
    {
      title: "unit",
      rows: optima.length,
      columns,
      rowLabel: (row) => `[${row}]${optima[row].unique ? "" : "*"}`,
      firstComponent: 3,
      comparable: false,
      captions: [],
    },
    digits,
  );
  const values =
    optima.length > OPEN_ROWS
      ? `${openings(gates.f, optima, digits)}<details><summary>The values by unit</summary>${table}</details>`
      : table;
  const ties = optima.every(({ unique }) => unique)
    ? ""
    : "<p class=note>* not the only optimum; any: every unit vector is one, for the row of U is zero.</p>";
  return `<p>For each unit <i>d</i>, the <i>h</i> of length ‖<i>h</i>‖<sub>2</sub> = 1 at which the forget gate is largest: <i>h</i>* = <i>U</i><sub>f</sub><sup>(d)</sup>/‖<i>U</i><sub>f</sub><sup>(d)</sup>‖<sub>2</sub>, and the gate is then σ(<i>W</i><sub>f</sub><sup>(d)</sup><i>x</i> + <i>b</i><sup>(d)</sup> + ‖<i>U</i><sub>f</sub><sup>(d)</sup>‖<sub>2</sub>).</p>
<div class=two><div>${picture}${legend(scale, "")}</div><div>${values}</div></div>${ties}`;
}
