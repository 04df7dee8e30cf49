import { DlstmError, failure } from "../errors.ts";
import type { MeterLimits } from "./answer-meter.ts";
import { nestedAnswer } from "./answer-tree.ts";
import { excerpt } from "./excerpt.ts";
import { readNpz } from "./weights/files/numpy/npz.ts";
import { readZipDirectory } from "./weights/files/zip/directory.ts";
import type { ByteSource, Tensor } from "./weights/tensor.ts";

/** What systems put beside files when they pack them. */
const BESIDE = /(^|\/)(__MACOSX\/|\._|\.DS_Store)/;

/**
 * The arrays of an .npz, or .npy files in a zip, by their names; of a file in a folder its own name alone.
 * @throws {DlstmError} what the readers of zip and .npy throw; too-large, where there are more entries than the limits allow.
 */
export function arraysAnswer(source: ByteSource, { entries }: Pick<MeterLimits, "entries">): unknown {
  const members = readZipDirectory(source).filter(({ name }) => !BESIDE.test(name));
  const tensors = readNpz(source, members);
  const count = tensors.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);
  if (count >= entries) {
    throw failure("too-large", `${count} numbers, expected fewer than ${entries}: the key has no use for more`);
  }
  return nestedAnswer(tensors.map((tensor) => [nameOf(tensor), listOf(tensor)]));
}

function nameOf({ name }: Tensor): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function listOf({ name, shape, values }: Tensor): unknown {
  if (shape.length > 2) {
    throw failure("shape", `${shape.length} axes, expected at most two`, { place: excerpt(name) });
  }
  const data = finite(values, shape);
  const [rows, cols] = shape;
  if (rows === undefined) return data[0];
  if (cols === undefined) return [...data];
  return Array.from({ length: rows }, (_, r) => [...data.subarray(r * cols, (r + 1) * cols)]);
}

/** An array with what is no number in it has none: that quantity's fault, and of no other. */
function finite(values: () => Float64Array, shape: readonly number[]): Float64Array {
  try {
    return values();
  } catch (error) {
    if (!(error instanceof DlstmError) || error.problems[0].code !== "not-a-number") throw error;
    return new Float64Array(shape.reduce((product, length) => product * length, 1)).fill(Number.NaN);
  }
}
