import type { ProblemList } from "../errors.ts";
import { type Matrix, zeros } from "../linalg/matrix.ts";
import { counted, describeValue } from "./excerpt.ts";
import type { Sourced } from "./keys.ts";

/** A length that the other keys agree on, with its name: `2 (the hidden size)`. null: nothing tells it. */
export interface Size {
  readonly length: number;
  readonly name: string;
}

/** A JSON array of numbers as a vector; what is wrong with it is added to the problems. */
export function readVector(source: Sourced, size: Size, problems: ProblemList): Float64Array {
  const result = new Float64Array(size.length);
  fillRow(result, source.value, source, "", size, problems);
  return result;
}

/** A JSON array of rows as a matrix [rows × cols]; rows null: as many as there are. */
export function readMatrix(source: Sourced, rows: Size | null, cols: Size, problems: ProblemList): Matrix {
  const value = source.value as readonly unknown[];
  const { file, place } = source;
  if (rows !== null && value.length !== rows.length) {
    const message = `${counted(value.length, "row")}, expected ${rows.length} (${rows.name})`;
    problems.add({ code: "shape", file, place, message });
  }
  const result = zeros(value.length, cols.length);
  for (let r = 0; r < value.length; r++) {
    const row = result.data.subarray(r * cols.length, (r + 1) * cols.length);
    fillRow(row, value[r], source, `[${r}]`, cols, problems);
  }
  return result;
}

function fillRow(
  out: Float64Array,
  row: unknown,
  { file, place }: Sourced,
  index: string,
  size: Size,
  problems: ProblemList,
): void {
  if (!Array.isArray(row)) {
    const message = `${describeValue(row)}, expected a row of ${counted(size.length, "number")}`;
    problems.add({ code: "shape", file, place: place + index, message });
    return;
  }
  if (row.length !== size.length) {
    const message = `${counted(row.length, "number")}, expected ${size.length} (${size.name})`;
    problems.add({ code: "shape", file, place: place + index, message });
  }
  for (let k = 0; k < row.length; k++) {
    const entry: unknown = row[k];
    if (typeof entry === "number" && Number.isFinite(entry)) {
      if (k < out.length) out[k] = entry;
    } else {
      const message = `${describeValue(entry)}, expected a finite number`.replace(",, ", ", ");
      problems.add({ code: "not-a-number", file, place: `${place}${index}[${k}]`, message });
    }
  }
}
