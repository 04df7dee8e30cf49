/** The unit vectors h_{t-1} that make the outputs of one unit largest, with what no unit vector exceeds. */
import { zeros } from "../../linalg/matrix.ts";
import { h_prev, OUTPUT_LETTERS } from "../../lstm/letters.ts";
import type { ForwardResult, OutputOptima } from "../../lstm/results/records.ts";
import { uniquenessMark } from "../optimum-sections.ts";
import { column, tableSection } from "../section.ts";
import { textOf } from "../symbols.ts";
import { scaleOf } from "../tint.ts";
import { heatTable } from "./heat-table.ts";
import { sectionTable } from "./section-table.ts";
import { symbolHtml } from "./symbol-html.ts";

/** tanh(c_t) has the optimum of c_t. */
const OUTPUTS = ["c_t", "h_t"] as const;

/** Of one unit. */
export function outputOptimaHtml({ outputs }: OutputOptima, forward: ForwardResult, digits: number): string {
  const told = OUTPUTS.flatMap((of) => (outputs[of] ?? []).map((best) => ({ of, ...best })));
  const columns = [
    column("now", (row) => forward[told[row].of]?.[told[row].unit] ?? null),
    column("at h*", (row) => told[row].value),
    column("never above", (row) => told[row].bound),
    column("gap", (row) => told[row].gap),
  ];
  const name = (row: number) => textOf(OUTPUT_LETTERS[told[row].of]);
  const unit = `unit ${told[0]?.unit}`;
  const rowLabel = (row: number) => name(row) + uniquenessMark(told[row].unique);
  const table = sectionTable({ ...tableSection(unit, told.length, columns), rowLabel }, digits);
  const vectors = zeros(told.length, forward.hidden_size);
  for (const [row, best] of told.entries()) if (best.h_prev) vectors.data.set(best.h_prev, row * vectors.cols);
  const picture = heatTable({
    caption: "<i>h</i>* by output",
    axes: `columns: component of ${symbolHtml(h_prev)}`,
    ...{ matrix: vectors, scale: scaleOf([vectors]), digits, annotated: 6 },
    rowNames: told.map((_, row) => symbolHtml(name(row))),
    isAbsent: (row) => told[row].h_prev === null,
  });
  const notes = [
    ...(told.some(({ unique }) => unique === false) ? ["<p class=note>* not the only optimum.</p>"] : []),
    ...(told.some(({ unique }) => unique === null) ? ["<p class=note>? not proved to be the only optimum.</p>"] : []),
  ];
  return `<p>These see ${symbolHtml(h_prev)} through several gates at once, so no formula gives <i>h</i>*: a search does, and proves what no vector of length 1 exceeds; the gap lies between the two. ${symbolHtml(OUTPUT_LETTERS.tanh_c_t)} has the <i>h</i>* of ${symbolHtml(OUTPUT_LETTERS.c_t)}.</p>
<div class=two><div>${picture}</div><div>${table}${notes.join("")}</div></div>`;
}
