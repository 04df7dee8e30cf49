import { kernelsFor } from "../linalg/kernels/choice.ts";
import { type Matrix, rowOf } from "../linalg/matrix.ts";
import { onceBy } from "../once.ts";
import { visibleJson } from "../visible.ts";

/** Small pieces are gathered to this many characters before they are handed on. */
const CHUNK = 65536;

/**
 * A result record as JSON on one line, in pieces, so that a large matrix is never one string.
 * Every double reads back the same, −0 included. Undefined properties are left out.
 * @throws {TypeError} for NaN and Infinity, which no record may hold.
 */
export const jsonChunks = (record: unknown): Iterable<string> => gathered(pieces(record), "\n");

/** Small pieces, and what ends them, as fewer and larger ones. */
export function* gathered(pieces: Iterable<string>, end = ""): Generator<string> {
  let pending = "";
  for (const piece of pieces) {
    pending += piece;
    if (pending.length < CHUNK) continue;
    yield pending;
    pending = "";
  }
  yield pending + end;
}

/**
 * A record as one line of JSON, for records that are small and many: the same text without pieces.
 * @param label what stands in front of it, under keys that the record has not
 * @throws {TypeError} for NaN and Infinity, which no record may hold.
 */
export function jsonLine(record: unknown, label: object = {}): string {
  // joined as texts: to copy a record of many keys takes as long as to write it
  const [front, text] = [whole(label), whole(record)];
  return `${front === "{}" ? text : `${front.slice(0, -1)},${text.slice(1)}`}\n`;
}

function whole(value: unknown): string {
  if (value instanceof Float64Array) return vector(value, FEW);
  if (typeof value === "number") return exactNumber(value);
  if (!isObject(value)) return text(value);
  if (isMatrix(value))
    return `[${Array.from({ length: value.rows }, (_, r) => vector(rowOf(value, r), FEW)).join(",")}]`;
  if (Array.isArray(value)) return `[${value.map(whole).join(",")}]`;
  let written = "";
  for (const key in value) {
    const held = (value as Record<string, unknown>)[key];
    if (held !== undefined)
      written += `${written === "" ? "{" : ","}${keyTexts.get(key) ?? keyText(key)}:${whole(held)}`;
  }
  return written === "" ? "{}" : `${written}}`;
}

/** The keys of records, which are few. */
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
  return onceBy(keyTexts, key, () => text(key));
}

function* pieces(value: unknown): Generator<string> {
  if (value instanceof Float64Array) yield vector(value);
  else if (isMatrix(value)) yield* list(Array.from({ length: value.rows }, (_, r) => rowOf(value, r)));
  else if (Array.isArray(value)) yield* list(value);
  else if (isObject(value)) yield* object(value);
  else if (typeof value === "number") yield exactNumber(value);
  else yield text(value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

export function isMatrix(value: unknown): value is Matrix {
  return isObject(value) && "data" in value && value.data instanceof Float64Array;
}

/**
 * A number that reads back the same, −0 included.
 * @throws {TypeError} for NaN and Infinity.
 */
export function exactNumber(x: number): string {
  if (!Number.isFinite(x)) throw new TypeError(`a result holds ${x}`);
  // JSON.stringify would write −0 as 0
  return Object.is(x, -0) ? "-0" : String(x);
}

/** Products that take as long as it does to write a number. */
const PRODUCTS = 16;

/** Where there are many records, a vector of a few numbers is worth a kernel as one of so many by itself. */
const FEW = 16;

/** @param least for how many numbers at least it counts */
function vector(values: Float64Array, least = 0): string {
  const spelt = kernelsFor(PRODUCTS * Math.max(values.length, least))?.spelt(values);
  if (spelt) return spelt;
  const isPlain = values.every((x) => Number.isFinite(x) && !Object.is(x, -0));
  return isPlain ? JSON.stringify(Array.from(values)) : `[${Array.from(values, exactNumber).join(",")}]`;
}

/** A text, true, false or null; what could not be shown raw on a terminal is escaped. */
function text(value: unknown): string {
  return visibleJson(JSON.stringify(value));
}

function* list(values: readonly unknown[]): Generator<string> {
  yield "[";
  for (const [k, value] of values.entries()) {
    if (k > 0) yield ",";
    yield* pieces(value);
  }
  yield "]";
}

function* object(record: object): Generator<string> {
  let separator = "{";
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) continue;
    yield `${separator}${text(key)}:`;
    yield* pieces(value);
    separator = ",";
  }
  yield separator === "{" ? "{}" : "}";
}
