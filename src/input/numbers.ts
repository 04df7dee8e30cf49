import type { ProblemList } from "../errors.ts";
import type { Matrix } from "../linalg/matrix.ts";
import { counted } from "../words/counted.ts";
import { describeValue } from "./excerpt.ts";
import type { Sourced } from "./keys.ts";
import { pooledZeros } from "./pool.ts";

/** A length that the other keys agree on, with its name: `2 (the hidden size)`. null: nothing tells it. */
export interface Size {
  readonly length: number;
  readonly name: string;
}

/** What is read under a key; null where it is not given. */
export function ifGiven<T>(entries: ReadonlyMap<string, Sourced>, key: string, read: (source: Sourced) => T): T | null {
  const source = entries.get(key);
  return source === undefined ? null : read(source);
}

/** A JSON array of numbers as a vector; what is wrong with it is added to the problems. */
export function readVector(source: Sourced, size: Size | null, problems: ProblemList): Float64Array {
  const result = new Float64Array(fits(source.value, size) ? source.value.length : 0);
  fillRow(result, 0, source.value, source, "", size, problems);
  return result;
}

/** A JSON array of rows as a matrix [rows × cols]; rows null: as many as there are. */
export function readMatrix(source: Sourced, rows: Size | null, cols: Size | null, problems: ProblemList): Matrix {
  const value = source.value as readonly unknown[];
  const { file, place } = source;
  if (value.length === 0 || (rows !== null && value.length !== rows.length)) {
    const expected = rows === null ? "at least 1" : `${rows.length} (${rows.name})`;
    problems.add({ code: "shape", file, place, message: `${counted(value.length, "row")}, expected ${expected}` });
  }
  // room for the numbers only once the shape is right: a wrong one may ask for more than there is
  const isRight = cols !== null && value.every((row) => fits(row, cols));
  const result = isRight ? pooledZeros(value.length, cols.length) : pooledZeros(0, 0);
  for (let r = 0; r < value.length; r++) {
    fillRow(result.data, isRight ? r * cols.length : 0, value[r], source, `[${r}]`, cols, problems);
  }
  return result;
}

function fits(row: unknown, size: Size | null): row is readonly unknown[] {
  return Array.isArray(row) && row.length === size?.length;
}

/** The row's numbers into `out` from `start` on, as many as there is room for. */
function fillRow(
  out: Float64Array,
  start: number,
  row: unknown,
  { file, place }: Sourced,
  index: string,
  size: Size | null,
  problems: ProblemList,
): void {
  if (!Array.isArray(row)) {
    const message = `${describeValue(row)}, expected a row of ${size ? counted(size.length, "number") : "numbers"}`;
    problems.add({ code: "shape", file, place: place + index, message });
    return;
  }
  if (row.length !== size?.length) {
    const expected = size ? `${size.length} (${size.name})` : "at least 1";
    const message = `${counted(row.length, "number")}, expected ${expected}`;
    problems.add({ code: "shape", file, place: place + index, message });
  }
  for (let k = 0; k < row.length; k++) {
    const entry: unknown = row[k];
    if (typeof entry === "number" && Number.isFinite(entry)) {
      if (start + k < out.length) out[start + k] = entry;
    } else {
      problems.add(() => {
        const message = `${describeValue(entry)}, expected a finite number`;
        return { code: "not-a-number", file, place: `${place}${index}[${k}]`, message };
      });
    }
  }
}
