import { kernelsFor } from "../linalg/kernels/choice.ts";
import { type Matrix, rowOf } from "../linalg/matrix.ts";
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
 * A record as one line of JSON, for records that are small.
 * @param label what stands in front of it, under keys that the record has not
 */
export function jsonLine(record: unknown, label: object = {}): string {
  const exact = { is: true };
  const parts = [plainOf(label, exact), plainOf(record, exact)];
  if (!exact.is) return [...jsonChunks(Object.assign({}, label, record))].join("");
  // joined as texts: to copy a record of many keys takes as long as to write it
  const [front, text] = parts.map((part) => JSON.stringify(part));
  return `${visibleJson(front === "{}" ? text : `${front.slice(0, -1)},${text.slice(1)}`)}\n`;
}

/**
 * The record in plain objects and arrays, for one call of JSON.stringify: it writes a number in a quarter of the time that
 * a string of its own takes. `exact` becomes false where it would not write a number as it is: −0, NaN, infinities; and where
 * a kernel writes them in less.
 */
function plainOf(value: unknown, exact: { is: boolean }): unknown {
  if (typeof value === "number") {
    if (!Number.isFinite(value) || Object.is(value, -0)) exact.is = false;
    return value;
  }
  if (value instanceof Float64Array) return plainNumbers(value, 0, value.length, exact);
  if (!isObject(value)) return value;
  if (isMatrix(value)) {
    const { rows, cols, data } = value;
    return Array.from({ length: rows }, (_, r) => plainNumbers(data, r * cols, (r + 1) * cols, exact));
  }
  if (Array.isArray(value)) return value.map((entry) => plainOf(entry, exact));
  const plain: Record<string, unknown> = {};
  for (const key in value) plain[key] = plainOf((value as Record<string, unknown>)[key], exact);
  return plain;
}

function plainNumbers(data: Float64Array, from: number, to: number, exact: { is: boolean }): number[] {
  const numbers: number[] = [];
  if (kernelOf(to - from)) exact.is = false;
  if (!exact.is) return numbers;
  for (let k = from; k < to; k++) {
    const x = data[k];
    // x − x is NaN for what is not finite
    if (x === 0 ? 1 / x < 0 : x - x !== 0) exact.is = false;
    numbers.push(x);
  }
  return numbers;
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

/** The kernels for so many numbers, if they are worth it. */
function kernelOf(length: number) {
  return kernelsFor(PRODUCTS * length);
}

function vector(values: Float64Array): string {
  const spelt = kernelOf(values.length)?.spelt(values);
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
