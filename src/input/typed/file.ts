/** Numbers in a file of their own: an array of numpy's, told by its first bytes, or text as people type it. */

import { failure, type ProblemList, withProblems } from "../../errors.ts";
import { decodeText } from "../text.ts";
import { readNpyNumbers } from "../weights/files/numpy/npy.ts";
import type { ByteSource } from "../weights/tensor.ts";
import { type Reading, type TypedRows, typedRows, type Where } from "./rows.ts";

const NPY = "\x93NUMPY";

/**
 * The rows in a file.
 * @throws {DlstmError} what {@link typedRows} and the reader of .npy throw, their places within the array.
 */
export function fileRows(source: ByteSource, reading: Reading, where: Where, problems: ProblemList): TypedRows {
  const first = Buffer.from(source.read(0, Math.min(NPY.length, source.size))).toString("latin1");
  if (first === NPY) return npyRows(source);
  const text = withProblems(
    () => decodeText(source.read(0, source.size)),
    (problem) => ({ ...problem, message: `${problem.message}; expected CSV, numbers and spaces, JSON or .npy` }),
  );
  return typedRows(text, reading, where, problems);
}

function npyRows(source: ByteSource): TypedRows {
  // without a name: its problems have the entry alone for their place
  const array = readNpyNumbers({ ...source, file: "" });
  const { shape } = array;
  if (shape.length > 2) throw failure("shape", `an array of ${shape.length} axes, expected at most two`);
  const values = array.values();
  if (values.length === 0) throw failure("shape", `an array of ${shape.join(" × ")}, expected numbers in it`);
  const cols = shape.at(-1) ?? 1;
  const rows = Array.from({ length: values.length / cols }, (_, r) => [...values.subarray(r * cols, (r + 1) * cols)]);
  return { rows, depth: shape.length };
}
