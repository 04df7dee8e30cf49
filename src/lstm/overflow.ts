import { failure } from "../errors.ts";
import type { Matrix } from "../linalg/matrix.ts";

/**
 * Requires that all entries are finite.
 * @param place names entry k as a user would look it up in the result, e.g. `c_t[2]`.
 * @throws {DlstmError} overflow, naming the first entry that is not: a result is never Infinity or NaN.
 */
export function requireFinite(values: Float64Array, place: (k: number) => string): void {
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) {
      throw failure("overflow", "leaves the range of a double, expected a value within ±1.7976931348623157e308", {
        place: place(k),
      });
    }
  }
}

/** The matrix itself, if all its entries are finite; else as {@link requireFinite}, with the entry `quantity[row][column]`. */
export function requireFiniteMatrix(matrix: Matrix, quantity: string): Matrix {
  requireFinite(matrix.data, (k) => `${quantity}[${Math.floor(k / matrix.cols)}][${k % matrix.cols}]`);
  return matrix;
}
