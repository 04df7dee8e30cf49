import type { Matrix } from "../linalg/matrix.ts";

/** Small pieces are gathered to this many characters before they are handed on. */
const CHUNK = 65536;

/**
 * A result record as JSON on one line, in pieces, so that a large matrix is never one string.
 * Every double reads back the same, −0 included. Undefined properties are left out.
 * @throws {TypeError} for NaN and Infinity, which no record may hold.
 */
export function* jsonChunks(record: unknown): Generator<string> {
  let pending = "";
  for (const piece of pieces(record)) {
    pending += piece;
    if (pending.length >= CHUNK) {
      yield pending;
      pending = "";
    }
  }
  yield `${pending}\n`;
}

function* pieces(value: unknown): Generator<string> {
  if (value instanceof Float64Array) yield vector(value);
  else if (Array.isArray(value)) yield* list(value);
  else if (isMatrix(value)) yield* matrix(value);
  else if (typeof value === "object" && value !== null) yield* object(value);
  else if (typeof value === "number") yield vector(Float64Array.of(value)).slice(1, -1);
  else yield JSON.stringify(value);
}

function isMatrix(value: unknown): value is Matrix {
  return typeof value === "object" && value !== null && "data" in value && value.data instanceof Float64Array;
}

function vector(values: Float64Array): string {
  let special = false;
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) throw new TypeError(`a result holds ${values[k]}`);
    if (Object.is(values[k], -0)) special = true;
  }
  const numbers = Array.from(values);
  // JSON.stringify would write −0 as 0
  return special ? `[${numbers.map((x) => (Object.is(x, -0) ? "-0" : String(x))).join(",")}]` : JSON.stringify(numbers);
}

function* matrix({ rows, cols, data }: Matrix): Generator<string> {
  yield "[";
  for (let r = 0; r < rows; r++) yield (r === 0 ? "" : ",") + vector(data.subarray(r * cols, (r + 1) * cols));
  yield "]";
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
    yield `${separator}${JSON.stringify(key)}:`;
    yield* pieces(value);
    separator = ",";
  }
  yield separator === "{" ? "{}" : "}";
}
