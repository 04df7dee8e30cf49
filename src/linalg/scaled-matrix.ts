import type { Matrix } from "./matrix.ts";
import { maxNorm } from "./norm.ts";
import { exponentOf, scaleByPowerOfTwo } from "./scale.ts";

/** A matrix times a power of two: matrix · 2^exponent. */
export interface ScaledMatrix {
  readonly scaled: Matrix;
  readonly exponent: number;
}

/** The matrix with its largest entry brought near 1. Entries 2^−1022 times as large are lost below it. */
export function scaleMatrix(matrix: Matrix): ScaledMatrix {
  const largest = maxNorm(matrix.data);
  if (largest === 0) return { scaled: matrix, exponent: 0 };
  const exponent = exponentOf(largest);
  return { scaled: timesPowerOfTwo(matrix, -exponent), exponent };
}

/** matrix · 2^k */
export function timesPowerOfTwo({ rows, cols, data }: Matrix, k: number): Matrix {
  return { rows, cols, data: data.map((entry) => scaleByPowerOfTwo(entry, k)) };
}
