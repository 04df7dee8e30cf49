import { failure } from "../errors.ts";
import type { Matrix } from "../linalg/matrix.ts";

/**
 * The number, vector or matrix itself, if all of it is finite.
 * @param quantity its name as a user would look it up in the result, e.g. `c_t`
 * @throws {DlstmError} overflow, naming the first entry that is not, `c_t[2]`, `jacobian.f.h_prev[0][1]`: a result is never
 * Infinity or NaN.
 */
export function requireFinite<T extends number | Float64Array | Matrix>(value: T, quantity: string): T {
  const entries = typeof value === "number" ? [value] : value instanceof Float64Array ? value : value.data;
  let k = 0;
  while (k < entries.length && Number.isFinite(entries[k])) k++;
  if (k === entries.length) return value;
  const index = typeof value === "number" ? "" : value instanceof Float64Array ? `[${k}]` : inMatrix(value, k);
  const message = "leaves the range of a double, expected a value within ±1.7976931348623157e308";
  throw failure("overflow", message, { place: quantity + index });
}

function inMatrix({ cols }: Matrix, k: number): string {
  return `[${Math.floor(k / cols)}][${k % cols}]`;
}
