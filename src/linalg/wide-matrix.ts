import { type Matrix, transpose, zeros } from "./matrix.ts";
import { exponentOf, scaleByPowerOfTwo } from "./scale.ts";

/**
 * A dense real matrix in which every entry has a power of two of its own, row-major: entry k is
 * significand[k] · 2^exponent[k] with 1 ≤ |significand| < 2. A zero is 0 · 2^−∞. Entries may lie any number of powers
 * of two apart, up to 2^53.
 */
export interface WideMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly significand: Float64Array;
  readonly exponent: Float64Array;
}

export function wideZeros(rows: number, cols: number): WideMatrix {
  const exponent = new Float64Array(rows * cols).fill(Number.NEGATIVE_INFINITY);
  return { rows, cols, significand: new Float64Array(rows * cols), exponent };
}

/** matrix · 2^exponent, exactly. */
export function toWide({ rows, cols, data }: Matrix, exponent = 0): WideMatrix {
  const wide = wideZeros(rows, cols);
  for (let k = 0; k < data.length; k++) setEntry(wide, k, data[k], exponent);
  return wide;
}

/** Entry k becomes a · 2^exponent, of which nothing is lost. */
export function setEntry({ significand, exponent }: WideMatrix, k: number, a: number, e: number): void {
  if (a === 0) {
    significand[k] = 0;
    exponent[k] = Number.NEGATIVE_INFINITY;
    return;
  }
  const own = exponentOf(a);
  significand[k] = scaleByPowerOfTwo(a, -own);
  exponent[k] = e + own;
}

/** The matrix as doubles in units of 2^unit: exact where an entry then is a normal double, 0 where it is below them all. */
export function toUnits({ rows, cols, significand, exponent }: WideMatrix, unit: number): Matrix {
  const matrix = zeros(rows, cols);
  for (let k = 0; k < significand.length; k++) {
    if (significand[k] !== 0) matrix.data[k] = scaleByPowerOfTwo(significand[k], exponent[k] - unit);
  }
  return matrix;
}

export function transposeWide({ rows, cols, significand, exponent }: WideMatrix): WideMatrix {
  const turned = (data: Float64Array) => transpose({ rows, cols, data }).data;
  return { rows: cols, cols: rows, significand: turned(significand), exponent: turned(exponent) };
}

/** The exponents of the smallest and the largest entry that is not zero. */
export interface ExponentRange {
  readonly least: number;
  readonly largest: number;
}

/** null where all entries are zero. */
export function exponentRange(exponents: Float64Array): ExponentRange | null {
  let least = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const exponent of exponents) {
    if (exponent > largest) largest = exponent;
    if (exponent < least && exponent !== Number.NEGATIVE_INFINITY) least = exponent;
  }
  return largest === Number.NEGATIVE_INFINITY ? null : { least, largest };
}

/** The same of finite doubles times 2^exponent. */
export function rangeOfDoubles(parts: readonly Float64Array[], exponent = 0): ExponentRange | null {
  let least = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const part of parts) {
    for (let k = 0; k < part.length; k++) {
      const size = Math.abs(part[k]);
      if (size > largest) largest = size;
      if (size < least && size !== 0) least = size;
    }
  }
  return largest === 0 ? null : { least: exponentOf(least) + exponent, largest: exponentOf(largest) + exponent };
}
