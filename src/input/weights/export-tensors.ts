import type { Matrix } from "../../linalg/matrix.ts";
import type { WrittenTensor } from "./files/written-tensor.ts";

/**
 * What a cell is as named arrays: nested keys joined by dots, as files of tensors have them. What is no number (a name, a
 * direction) is left out.
 */
export function exportedTensors(exported: object, prefix = ""): WrittenTensor[] {
  return Object.entries(exported).flatMap(([key, value]): WrittenTensor[] => {
    const name = prefix + key;
    const tensor = arrayOf(value);
    if (tensor !== null) return [{ name, ...tensor }];
    return typeof value === "object" && value !== null ? exportedTensors(value, `${name}.`) : [];
  });
}

/** A vector, a matrix, or one of them for each direction. */
function arrayOf(value: unknown): Omit<WrittenTensor, "name"> | null {
  if (value instanceof Float64Array) return { shape: [value.length], values: value };
  if (isMatrix(value)) return { shape: [value.rows, value.cols], values: value.data };
  if (!Array.isArray(value)) return null;
  const parts = value.map(arrayOf);
  const [first] = parts;
  if (!first) return null;
  const values = parts.flatMap((part) => [...(part?.values ?? [])]);
  return { shape: [parts.length, ...first.shape], values: Float64Array.from(values) };
}

function isMatrix(value: unknown): value is Matrix {
  return typeof value === "object" && value !== null && "rows" in value && "cols" in value && "data" in value;
}
