/** The numbers of a derivation's step: as tables for a terminal, as formulas for everything else. */

import type { ShownNumber } from "../explain/explain.ts";
import type { Value } from "../explain/number-row.ts";
import { rowOf } from "../linalg/matrix.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { corners } from "./column-layout.ts";
import { formulaLine } from "./formula-text.ts";
import { columnFormat } from "./number.ts";
import { index, type Section, tableSection } from "./section.ts";

/** One number, `digits` significant digits. */
export function writeNumber(digits: number): (value: number) => string {
  return (value) => columnFormat([value], digits)(value).trim();
}

/** Vectors that follow each other, which fit one table; a matrix by itself. */
export function groupNumbers(numbers: readonly ShownNumber[]): ShownNumber[][] {
  const groups: ShownNumber[][] = [];
  for (const shown of numbers) {
    const last = groups[groups.length - 1];
    const length = lengthOf(shown.value);
    if (last && length !== null && length === lengthOf(last[0].value)) last.push(shown);
    else groups.push([shown]);
  }
  return groups;
}

/** Of a vector by units or a number of one; null for a matrix, which a row vector of one unit is too. */
function lengthOf(value: Value): number | null {
  if (typeof value === "number") return 1;
  return value instanceof Float64Array ? value.length : null;
}

/** The entries by rows; null for a row without numbers. */
function cellsOf(value: Value): (readonly (number | null)[])[] {
  if (typeof value === "number") return [[value]];
  if (value instanceof Float64Array) return Array.from(value, (entry) => [entry]);
  if ("row" in value) return [value.row === null ? [null] : [...value.row]];
  if (!("data" in value)) return value.map((row) => (row === null ? [null] : [...row]));
  return Array.from({ length: value.rows }, (_, r) => [...rowOf(value, r)]);
}

/** A group as one table. */
export function numbersSection(group: readonly ShownNumber[]): Section {
  const [{ path, symbol, value }] = group;
  const label = (formula: Formula) => formulaLine(formula, String);
  // the unit that a path ends with: jacobian.f.h_prev[1]
  const [unit] = /\[\d+\]$/.exec(path) ?? [];
  const isSteps = /^sequence\.(flow|inputs)\./.test(path);
  const rowLabel = (row: number) => (isSteps ? `t = ${row + 1}` : (unit ?? index(row)));
  const length = lengthOf(value);
  if (length !== null) {
    const columns = group.map(({ symbol, value }) => {
      const cells = cellsOf(value);
      return { label: label(symbol), at: (row: number) => cells[row][0] };
    });
    const isLoss = path === "loss";
    const title = isLoss ? "loss" : isSteps ? "step" : "unit";
    return { ...tableSection(title, length, columns), rowLabel: isLoss ? () => "" : rowLabel };
  }
  const cells = cellsOf(value);
  const width = Math.max(...cells.map((row) => row.length));
  // a single row that may be any vector has no components to name
  const isNameless = width === 1 && (isSteps || cells.every(([entry]) => entry === null));
  const columns = Array.from({ length: width }, (_, k) => ({
    label: isNameless ? "" : index(k),
    at: (row: number) => cells[row][k] ?? null,
    absent: isSteps ? "zero" : "any",
  }));
  return { ...tableSection(label(symbol), cells.length, columns), rowLabel, firstComponent: 0, comparable: true };
}

/** Up to so many rows or columns are shown whole, of more so many at either end: a page holds few. */
const SHOWN = { most: 6, edge: 2 };

/** What is said where {@link numbersFormula} leaves any out. */
export const CUT_CAPTION = `of more than ${SHOWN.most} rows or columns the first and the last ${SHOWN.edge}, --full shows all`;

/** Whether {@link numbersFormula} leaves some out, unless it is to show all. */
export function isCut({ value }: ShownNumber): boolean {
  const cells = cellsOf(value);
  return Math.max(cells.length, ...cells.map((row) => row.length)) > SHOWN.most;
}

/** symbol = number or matrix, of a large one the corners. */
export function numbersFormula({ symbol, value }: ShownNumber, digits: number, full: boolean): Formula {
  const cells = cellsOf(value);
  const width = Math.max(...cells.map((row) => row.length));
  const column = (k: number) => cells.map((row) => row[k] ?? null);
  const formats = Array.from({ length: width }, (_, k) => columnFormat(column(k), digits));
  const columns = corners(width, SHOWN, full);
  const rows = corners(cells.length, SHOWN, full).map((r) =>
    columns.map((k): Formula => {
      if (r === null || k === null) return { kind: "symbol", name: r !== null ? "…" : k === null ? "⋱" : "⋮" };
      const entry = cells[r][k] ?? null;
      if (entry === null) return { kind: "word", text: "any" };
      return { kind: "number", text: formats[k](entry).trim() };
    }),
  );
  const side: Formula = typeof value === "number" ? rows[0][0] : { kind: "matrix", rows };
  return { kind: "chain", first: symbol, links: [{ relation: "=", side }] };
}
