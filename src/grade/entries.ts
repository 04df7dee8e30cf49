import { type Matrix, transpose } from "../linalg/matrix.ts";
import { counted } from "../words/counted.ts";

/** The numbers of one quantity. A vector is a single row, a scalar a row of one: tolerance goes by rows. */
export interface Entries extends Matrix {
  readonly kind: "scalar" | "vector" | "matrix";
}

export function scalar(value: number): Entries {
  return { kind: "scalar", rows: 1, cols: 1, data: Float64Array.of(value) };
}

export function vector(data: Float64Array): Entries {
  return { kind: "vector", rows: 1, cols: data.length, data };
}

export function matrix({ rows, cols, data }: Matrix): Entries {
  return { kind: "matrix", rows, cols, data };
}

/** The same quantity with other numbers. */
export function mapEntries(entries: Entries, of: (entry: number) => number): Entries {
  return { ...entries, data: entries.data.map(of) };
}

export function transposed(entries: Entries): Entries {
  return matrix(transpose(entries));
}

export function haveSameShape(a: Entries, b: Entries): boolean {
  return a.kind === b.kind && a.rows === b.rows && a.cols === b.cols;
}

/** Row and column of entry k as results name them: a vector has no columns, a scalar neither. */
export function positionOf({ kind, cols }: Entries, k: number): { row: number | null; column: number | null } {
  if (kind === "matrix") return { row: Math.floor(k / cols), column: k % cols };
  return { row: kind === "vector" ? k : null, column: null };
}

/** `a number`, `3 numbers`, `2 rows of 3 numbers` */
export function shapeName({ kind, rows, cols }: Omit<Entries, "data">): string {
  if (kind === "scalar") return "a number";
  const numbers = counted(cols, "number");
  return kind === "vector" ? numbers : `${counted(rows, "row")} of ${numbers}`;
}
