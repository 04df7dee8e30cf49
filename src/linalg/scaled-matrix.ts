import type { Matrix } from "./matrix.ts";
import { scaleVector } from "./norm.ts";

/** A matrix times a power of two: matrix · 2^exponent. */
export interface ScaledMatrix {
  readonly scaled: Matrix;
  readonly exponent: number;
}

/** The matrix with its largest entry brought near 1. Entries 2^−1022 times as large are lost below it. */
export function scaleMatrix(matrix: Matrix): ScaledMatrix {
  const { scaled: data, exponent } = scaleVector(matrix.data);
  return { scaled: { ...matrix, data }, exponent };
}
