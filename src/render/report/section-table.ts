import { columnFormat } from "../number.ts";
import type { Column, Section } from "../section.ts";
import { numberHtml, symbolHtml } from "./symbol-html.ts";

/** More rows than this are not for reading: evenly chosen ones stand for them. */
const MOST_ROWS = 200;

/** A table of the other formats as one of HTML. */
export function sectionTable(section: Section, digits: number): string {
  const every = Math.ceil(section.rows / MOST_ROWS);
  const rows = Array.from({ length: Math.ceil(section.rows / every) }, (_, k) => k * every);
  const columns = section.columns.map((column) => textsOf(column, rows, digits));
  const head = [section.title, ...section.columns.map(({ label }) => label)];
  const body = rows.map((row, k) => {
    const cells = columns.map((texts) => `<td>${texts[k]}`);
    return `<tr><th scope=row>${symbolHtml(section.rowLabel(row))}${cells.join("")}`;
  });
  const note = every === 1 ? "" : `<p class=axes>Every ${every}th of ${section.rows} rows.</p>`;
  return `<div class=scroll tabindex=0 role=group aria-label="table"><table class=numbers>
<thead><tr>${head.map((label) => `<th scope=col>${symbolHtml(label)}`).join("")}</thead>
<tbody>${body.join("\n")}</tbody></table></div>${note}`;
}

function textsOf(column: Column, rows: readonly number[], digits: number): string[] {
  const values = rows.map((row) => column.at(row));
  const format = columnFormat(values, digits);
  return values.map((value) =>
    value === null ? symbolHtml(column.absent ?? "") : numberHtml(format(value).trimEnd()),
  );
}
