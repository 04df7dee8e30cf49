/** The weights of a TensorFlow.js model.json (tfjs-core/src/io/types.ts, weights_loader.ts). */

import { type DlstmError, failure } from "../../../../errors.ts";
import { describeValue, excerpt } from "../../../excerpt.ts";
import { isObject } from "../../../objects.ts";
import { namedType } from "../dtype.ts";
import { entryCount, isCount } from "../shape.ts";

/** One tensor of a group. */
export interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  /** As it stands in the file: that of the quantised numbers where they are. */
  readonly type: string;
  readonly count: number;
  /** null of texts, each of which says its length. */
  readonly bytesPerEntry: number | null;
  /** Its moments and steps are no weights of the model. */
  readonly isOptimiser: boolean;
}

/** Tensors back to back, without padding, in the bytes of several files that are one after the other. */
export interface Group {
  readonly paths: readonly string[];
  readonly entries: readonly Entry[];
}

/** Far above what models have. */
const MOST_PATHS = 4096;
const MOST_ENTRIES = 2 ** 17;

/** @throws {DlstmError} syntax, shape, duplicate-key, too-large. */
export function readManifest(manifest: unknown): Group[] {
  const place = "weightsManifest";
  if (!Array.isArray(manifest)) throw wrong(place, manifest, "an array of groups of weights");
  const groups = manifest.map((group, k) => readGroup(group, `${place}[${k}]`));
  const [paths, entries] = [groups.flatMap((group) => group.paths), groups.flatMap((group) => group.entries)];
  if (paths.length > MOST_PATHS) throw failure("too-large", `more than ${MOST_PATHS} files`, { place });
  if (entries.length > MOST_ENTRIES) throw failure("too-large", `more than ${MOST_ENTRIES} tensors`, { place });
  rejectTwice(paths, "the file is named twice, expected files that differ");
  rejectTwice(
    entries.map(({ name }) => name),
    "the tensor stands twice, expected once",
  );
  return groups;
}

function rejectTwice(names: readonly string[], message: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw failure("duplicate-key", message, { place: excerpt(name) });
    seen.add(name);
  }
}

function readGroup(group: unknown, place: string): Group {
  const { paths, weights } = objectOf(group, place);
  if (!isTexts(paths)) throw wrong(`${place}.paths`, paths, "an array of names of files");
  if (!Array.isArray(weights)) throw wrong(`${place}.weights`, weights, "an array of tensors");
  return { paths, entries: weights.map((entry, k) => readEntry(entry, `${place}.weights[${k}]`)) };
}

function readEntry(entry: unknown, place: string): Entry {
  const { name, shape, dtype, quantization, group } = objectOf(entry, place);
  if (typeof name !== "string") throw wrong(`${place}.name`, name, "text");
  const at = excerpt(name);
  const count = Array.isArray(shape) && shape.every(isCount) ? entryCount(shape) : null;
  if (count === null) {
    const shown = Array.isArray(shape) ? `[${excerpt(String(shape))}]` : describeValue(shape);
    throw failure("shape", `the shape ${shown}, expected lengths that have a product`, { place: at });
  }
  const stored = quantization === undefined ? dtype : objectOf(quantization, at).dtype;
  if (typeof stored !== "string") throw wrong(at, stored, "a dtype");
  const { type, bytesPerEntry } = namedType(stored);
  if (bytesPerEntry === null && stored !== "string") {
    throw failure("unsupported", `the dtype ${excerpt(stored)}, whose size is not known`, { place: at });
  }
  return { name, shape: shape as number[], type, count, bytesPerEntry, isOptimiser: group === "optimizer" };
}

function objectOf(value: unknown, place: string): Record<string, unknown> {
  if (isObject(value)) return value;
  throw wrong(place, value, "an object");
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function wrong(place: string, found: unknown, expected: string): DlstmError {
  return failure("syntax", `${describeValue(found)}, expected ${expected}`, { place });
}
