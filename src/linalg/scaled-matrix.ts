import type { Matrix } from "./matrix.ts";

/** A matrix times a power of two: matrix · 2^exponent. */
export interface ScaledMatrix {
  readonly scaled: Matrix;
  readonly exponent: number;
}
