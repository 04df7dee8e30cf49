/** Parsed JSON, nested in any way, as named tensors. */

import { failure, ProblemList, toProblem } from "../../../errors.ts";
import { describeValue, excerpt } from "../../excerpt.ts";
import type { Tensor } from "../tensor.ts";
import { type Contents, type Setting, type Weights, weightsIn } from "../weights.ts";
import { activationName } from "./keras/activation-name.ts";

/** How deep keys may nest, how many axes a tensor may have, how many tensors there may be: far above any model's. */
const DEEPEST_KEY = 64;
const MOST_AXES = 8;
const MOST_TENSORS = 2 ** 17;

/** What a layer's configuration may have as an object with a name of its own. */
const ACTIVATION = /(^|\.)(recurrent_?)?activation$/i;

/**
 * The tensors of a JSON value, named by their keys joined by dots. Arrays (of arrays) of numbers are tensors, a bare
 * number is one of shape []. The entries of a list of objects, of a list of matrices that differ in shape, and of a
 * list that is the whole file (Keras' `get_weights()`) are named "0", "1", …. Text, true, false, null and arrays of text are settings.
 * @throws {DlstmError} shape, where rows differ in length; duplicate-key, where two paths join to one name.
 */
export function jsonWeights(json: unknown, file: string | null): Weights {
  return weightsIn(file, () => jsonContents(json));
}

/** The same, not knowing the file. */
export function jsonContents(json: unknown): Contents {
  if (typeof json !== "object" || json === null) {
    throw failure("shape", `${describeValue(json)}, expected a JSON object`);
  }
  const tensors = new Map<string, Tensor>();
  const settings: Setting[] = [];
  const visit = (value: unknown, name: string, depth: number) => {
    if (depth > DEEPEST_KEY) {
      throw failure("too-large", `keys more than ${DEEPEST_KEY} deep`, { place: excerpt(name) });
    }
    const kind = kindOf(value, depth);
    if (kind === "tree" && ACTIVATION.test(name) && !Array.isArray(value)) {
      settings.push({ name, value: activationName(value) });
    } else if (kind === "tree") {
      for (const [key, inner] of Object.entries(value as object)) {
        visit(inner, depth === 0 ? key : `${name}.${key}`, depth + 1);
      }
    } else if (kind === "setting") settings.push({ name, value });
    else if (tensors.has(name)) {
      const message = "two paths join to this name, expected names that differ";
      throw failure("duplicate-key", message, { place: excerpt(name) });
    } else tensors.set(name, jsonTensor(value, name));
    if (tensors.size > MOST_TENSORS) throw failure("too-large", `more than ${MOST_TENSORS} tensors`);
  };
  visit(json, "", 0);
  return { tensors: [...tensors.values()], settings, notes: [] };
}

type Kind = "tree" | "tensor" | "setting";

function kindOf(value: unknown, depth: number): Kind {
  if (typeof value === "number") return "tensor";
  if (typeof value !== "object" || value === null) return "setting";
  if (!Array.isArray(value) || depth === 0) return "tree";
  let first: unknown = value;
  while (Array.isArray(first)) first = first[0];
  if (typeof first === "object" && first !== null) return "tree";
  if (isList(value)) return "tree";
  // null is how some writers put NaN: the message about it comes when the tensor is used
  return typeof first === "string" || typeof first === "boolean" ? "setting" : "tensor";
}

/** Matrices and vectors of several shapes, one after the other: `get_weights()` under a key. */
function isList(value: readonly unknown[]): boolean {
  const first = value[0];
  if (!Array.isArray(first) || !Array.isArray(first[0])) return false;
  return value.some((entry) => {
    return (
      Array.isArray(entry) && (entry.length !== first.length || Array.isArray(entry[0]) !== Array.isArray(first[0]))
    );
  });
}

function jsonTensor(value: unknown, name: string): Tensor {
  const shape: number[] = [];
  for (let part = value; Array.isArray(part); part = part[0]) shape.push(part.length);
  const place = excerpt(name);
  if (shape.length > MOST_AXES) {
    throw failure("shape", `${shape.length} axes, expected at most ${MOST_AXES}`, { place });
  }
  const problems = new ProblemList();
  checkRows(value, shape, 0, place, problems);
  problems.throwIfAny();
  return { name, shape, type: "JSON", values: () => valuesOf(value, shape, place) };
}

/** Every array on an axis is as long as the first one there. */
function checkRows(value: unknown, shape: readonly number[], axis: number, place: string, problems: ProblemList): void {
  if (axis === shape.length) return;
  if (!Array.isArray(value) || value.length !== shape[axis]) {
    problems.add(() => {
      const found = Array.isArray(value)
        ? `${value.length} ${value.length === 1 ? "entry" : "entries"}`
        : describeValue(value);
      return toProblem("shape", `${found}, expected ${shape[axis]}, as many as in the first row`, { place });
    });
  } else if (axis + 1 < shape.length) {
    for (let k = 0; k < value.length; k++) checkRows(value[k], shape, axis + 1, `${place}[${k}]`, problems);
  }
}

function valuesOf(value: unknown, shape: readonly number[], name: string): Float64Array {
  const result = new Float64Array(shape.reduce((product, length) => product * length, 1));
  const problems = new ProblemList();
  let at = 0;
  const fill = (part: unknown, axis: number, place: () => string) => {
    if (axis < shape.length) {
      const row = part as readonly unknown[];
      for (let k = 0; k < row.length; k++) {
        const entry = row[k];
        // the numbers of a row without a call for each
        if (typeof entry === "number" && axis === shape.length - 1 && Number.isFinite(entry)) result[at++] = entry;
        else fill(entry, axis + 1, () => `${place()}[${k}]`);
      }
    } else if (typeof part === "number" && Number.isFinite(part)) result[at++] = part;
    else {
      at++;
      const message = `${describeValue(part)}, expected a finite number`;
      problems.add(() => toProblem("not-a-number", message, { place: place() }));
    }
  };
  fill(value, 0, () => name);
  problems.throwIfAny();
  return result;
}
