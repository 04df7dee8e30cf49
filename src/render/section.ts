/** One table of a result, whatever it shows: the building blocks of every section. */

import { type Matrix, zeros } from "../linalg/matrix.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { type Name, textOf } from "./symbols.ts";

export interface Column {
  readonly label: string;
  /** Its label where it comes first, and no column before it tells what it is a component of. */
  readonly labelAlone?: string | undefined;
  /** What the label says, for a format that sets mathematics. */
  readonly symbol?: Formula | undefined;
  /** null where there is no number. */
  at(row: number): number | null;
  /** What stands where there is no number. */
  readonly absent?: string | undefined;
  /** Of a column of words: what stands in each row. */
  text?(row: number): string;
}

/** One table: a row a unit, a column a quantity or a component. */
export interface Section {
  readonly title: string;
  /** What the title says, for a format that sets mathematics. */
  readonly symbol?: Formula | undefined;
  /** Its columns are vectors of the units, or it is one number, or its rows are steps; else a matrix where its entries compare. */
  readonly shape?: "vectors" | "number" | "steps";
  readonly rows: number;
  readonly columns: readonly Column[];
  rowLabel(row: number): string;
  /** What the row's label says but for its marks. */
  rowSymbol?(row: number): Formula;
  /** What a row is; a unit if nothing is said. */
  readonly rowNoun?: string;
  /** Every row is shown, however many there are. */
  readonly allRows?: true;
  /** The columns from this one on are components of one vector or matrix, and may be cut out of the middle. */
  readonly firstComponent: number;
  /** Whether the entries compare with each other, so that a tint says something. */
  readonly comparable: boolean;
  /** What the end of a heatmap's scale stands for, where several share one; else its own largest entry. */
  readonly scale?: number;
  readonly captions: readonly string[];
}

export type VectorColumn = Column & { readonly length: number };

export function column(name: Name, at: Column["at"], absent?: string): Column {
  return { label: textOf(name), symbol: symbolIn(name), at, absent };
}

const symbolIn = (name: Name) => (typeof name === "string" ? undefined : name);

export function vectorColumn(name: Name, values: Float64Array): VectorColumn {
  return { label: textOf(name), symbol: symbolIn(name), at: (row) => values[row], length: values.length };
}

/** How a unit or component is named in a table. */
export const index = (k: number) => `[${k}]`;

/** A row a unit, a column a vector. */
export function vectorSection(title: string, columns: VectorColumn[]): Section {
  return { ...tableSection(title, columns[0]?.length ?? 0, columns), shape: "vectors" };
}

/** A row a unit, or whatever `rowLabel` says, and a quantity a column. */
export function tableSection(name: Name, rows: number, columns: readonly Column[]): Section {
  return {
    title: textOf(name),
    symbol: symbolIn(name),
    rows,
    columns,
    rowLabel: index,
    firstComponent: columns.length,
    comparable: false,
    captions: [],
  };
}

/** The entries of columns as a matrix; 0 where there is no number. */
export function matrixOf(columns: readonly Column[], rows: number): Matrix {
  const matrix = zeros(rows, columns.length);
  for (const [c, column] of columns.entries()) {
    for (let r = 0; r < rows; r++) matrix.data[r * matrix.cols + c] = column.at(r) ?? 0;
  }
  return matrix;
}

/** A row a unit of the output, a column a component of the input. */
export function matrixSection(name: Name, { rows, cols, data }: Matrix): Section {
  const columns = Array.from({ length: cols }, (_, c) => column(index(c), (r: number) => data[r * cols + c]));
  return { ...tableSection(name, rows, columns), firstComponent: 0, comparable: true };
}
