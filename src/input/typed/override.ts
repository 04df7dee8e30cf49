/** What a flag gives of a key: numbers as people type them, or a file of them. */

import { failure, nullIfRefused, type ProblemList, withProblems } from "../../errors.ts";
import { type ArrayKey, MATRIX_KEYS, type Sourced } from "../keys.ts";
import type { Override } from "../overrides.ts";
import type { ByteSource } from "../weights/tensor.ts";
import { fileRows } from "./file.ts";
import { type TypedRows, typedRows } from "./rows.ts";

/** A key that a flag gives; that of x_t gives x too. */
export type TypedKey = Exclude<ArrayKey, "x">;

export interface TypedFlag {
  readonly key: TypedKey;
  /** As messages name it. */
  readonly flag: string;
  /** What stands behind it, or the file that it names. */
  readonly value: string | ByteSource;
}

/**
 * The numbers of a flag in the shape of its key; null where there is anything wrong with them, which is added to the problems.
 * @param rowIsSequence whether a single row of x without brackets is a sequence of one step
 */
export function typedOverride(
  { key, flag, value }: TypedFlag,
  rowIsSequence: boolean,
  problems: ProblemList,
): Override | null {
  const where = { file: typeof value === "string" ? null : value.file, place: flag };
  const before = problems.count;
  const reading = isMatrix(key) ? "matrix" : key === "x_t" ? "input" : "vector";
  const shaped = () => {
    const typed =
      typeof value === "string"
        ? typedRows(value, reading, where, problems)
        : fileRows(value, reading, where, problems);
    return inShape(key, typed, rowIsSequence);
  };
  const found = nullIfRefused(
    () => withProblems(shaped, (problem) => ({ ...problem, ...where, place: placeIn(flag, problem.place) })),
    (error) => {
      for (const problem of error.problems) problems.add(problem);
    },
  );
  if (found === null || problems.count > before) return null;
  return { key: found.key, source: { value: found.value, ...where, ...(found.vector && { vector: found.vector }) } };
}

/** A place in the numbers of a flag; what is no index stands apart. */
function placeIn(flag: string, place: string | null): string {
  if (!place) return flag;
  return place.startsWith("[") ? flag + place : `${flag}: ${place}`;
}

function isMatrix(key: TypedKey): boolean {
  return (MATRIX_KEYS as readonly string[]).includes(key);
}

interface Shaped extends Pick<Sourced, "value" | "vector"> {
  readonly key: ArrayKey;
}

/** Rows as the key has them: a vector may be a row or a column, and brackets around x_t mean what they say. */
function inShape(key: TypedKey, { rows, depth }: TypedRows, rowIsSequence: boolean): Shaped {
  if (isMatrix(key)) return { key, value: rows };
  const [first] = rows;
  const isColumn = rows.length > 1 && rows.every((row) => row.length === 1);
  const column = isColumn ? rows.map(([entry]) => entry) : undefined;
  if (key === "x_t") {
    const isSequence = rows.length > 1 || depth > 1 || (depth === 0 && rowIsSequence);
    return isSequence ? { key: "x", value: rows, vector: column } : { key, value: first };
  }
  const vector = rows.length === 1 ? first : column;
  // along a sequence there may be a row a step
  if ((key === "dh_t" || key === "dc_t") && (rows.length > 1 || depth > 1)) return { key, value: rows, vector };
  if (vector) return { key, value: vector };
  throw failure("shape", `${rows.length} rows, expected one row or one column`);
}
