/** One table of a result, whatever it shows: the building blocks of every section. */
import type { Matrix } from "../linalg/matrix.ts";

export interface Column {
  readonly label: string;
  /** null where there is no number. */
  at(row: number): number | null;
  /** What stands where there is no number. */
  readonly absent?: string;
  /** Of a column of words: what stands in each row. */
  text?(row: number): string;
}

/** One table: a row a unit, a column a quantity or a component. */
export interface Section {
  readonly title: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  rowLabel(row: number): string;
  /** What the rows are, in the plural; units if nothing is said. */
  readonly rowNoun?: string;
  /** Every row is shown, however many there are. */
  readonly allRows?: true;
  /** The columns from this one on are components of one vector or matrix, and may be cut out of the middle. */
  readonly firstComponent: number;
  /** Whether the entries compare with each other, so that a tint says something. */
  readonly comparable: boolean;
  readonly captions: readonly string[];
}

export type VectorColumn = Column & { readonly length: number };

export function vectorColumn(label: string, values: Float64Array): VectorColumn {
  return { label, length: values.length, at: (row) => values[row] };
}

/** How a unit or component is named in a table. */
export const index = (k: number) => `[${k}]`;

/** A row a unit, a column a vector. */
export function vectorSection(title: string, columns: VectorColumn[]): Section {
  const rows = columns[0]?.length ?? 0;
  return { title, rows, columns, rowLabel: index, firstComponent: columns.length, comparable: false, captions: [] };
}

/** A row a unit of the output, a column a component of the input. */
export function matrixSection(title: string, { rows, cols, data }: Matrix): Section {
  const columns = Array.from({ length: cols }, (_, c) => ({ label: index(c), at: (r: number) => data[r * cols + c] }));
  return { title, rows, columns, rowLabel: index, firstComponent: 0, comparable: true, captions: [] };
}
