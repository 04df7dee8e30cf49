import { type Matrix, zeros } from "./matrix.ts";
import { exponentOf, scaleByPowerOfTwo } from "./scale.ts";
import { toWide, type WideMatrix } from "./wide-matrix.ts";

/** A matrix times a power of two: matrix · 2^exponent. */
export interface ScaledMatrix {
  readonly scaled: Matrix;
  readonly exponent: number;
}

export function isScaled(matrix: ScaledMatrix | WideMatrix): matrix is ScaledMatrix {
  return "scaled" in matrix;
}

/** With an exponent an entry, whichever of the two it is. */
export function wideOf(matrix: ScaledMatrix | WideMatrix): WideMatrix {
  return isScaled(matrix) ? toWide(matrix.scaled, matrix.exponent) : matrix;
}

/** Its doubles in units of 2^unit: exact where an entry then is a normal double, 0 where it is below them all. */
export function inUnitsOf({ scaled, exponent }: ScaledMatrix, unit: number): Matrix {
  if (unit === exponent) return scaled;
  const matrix = zeros(scaled.rows, scaled.cols);
  for (let k = 0; k < matrix.data.length; k++) matrix.data[k] = scaledOnce(scaled.data[k], exponent - unit);
  return matrix;
}

/** Beyond these a power of two is taken in several steps, of which none but the last may round. */
const MOST = 1000;

/** a · 2^k, rounded once */
function scaledOnce(a: number, k: number): number {
  if (Math.abs(k) <= MOST || a === 0) return scaleByPowerOfTwo(a, k);
  const own = exponentOf(a);
  return scaleByPowerOfTwo(scaleByPowerOfTwo(a, -own), own + k);
}
