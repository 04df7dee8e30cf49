/** The product of step Jacobians whose entries lie so far apart that no scale keeps them all in the doubles. */

import type { WideMatrix } from "../linalg/wide-matrix.ts";
import type { BlockRow } from "../lstm/state-jacobian.ts";
import type { StepJacobian } from "../lstm/step-jacobian.ts";
import { type Ball, exact } from "./arithmetic.ts";
import { timesPowerOfTwo } from "./ball.ts";
import { absolute, bitLength, shifted } from "./big-integer.ts";

/** An entry of the product, and of the same product of absolute values. */
export interface ProductEntry {
  readonly value: Ball;
  readonly size: Ball;
}

/** m·2^e */
interface Wide {
  readonly m: bigint;
  readonly e: number;
}

/** A nonzero entry of a step, and the row of the column that it is multiplied with. */
interface Factor extends Wide {
  readonly row: number;
}

/** The rows of a step's Jacobian. */
export type WideStep = readonly (readonly Factor[])[];

/** Digits that an entry is rounded to, and below the largest product of a sum, where it is cut off. */
const BITS = 160;
const KEPT = 320;

/** A step's Jacobian as exact numbers. */
export function wideStep({ doubles, wide }: StepJacobian): WideStep {
  return wide === null ? [...rowsOf(doubles.h_t), ...rowsOf(doubles.c_t)] : rowsOfWide(wide);
}

function rowsOfWide({ rows, cols, significand, exponent }: WideMatrix): WideStep {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: cols }, (_, row) => r * cols + row).flatMap((at, row) => {
      return significand[at] === 0 ? [] : [{ ...timesPowerOfTwo(exact(significand[at]), exponent[at]), row }];
    }),
  );
}

function rowsOf({ h_prev, c_prev }: BlockRow): WideStep {
  const n = c_prev.length;
  return Array.from(c_prev, (own, r) => {
    const entries = [...h_prev.data.subarray(r * n, (r + 1) * n), own];
    return entries.flatMap((entry, k) => (entry === 0 ? [] : [{ ...exact(entry), row: k < n ? k : n + r }]));
  });
}

/** Column k of S_T ⋯ S_1. Each step rounds an entry by less than 2^−150 of its size. */
export function wideProductColumn(steps: readonly WideStep[], k: number): ProductEntry[] {
  const one = { m: 1n, e: 0 };
  let value: Wide[] = steps[0].map((_, r) => (r === k ? one : { m: 0n, e: 0 }));
  let size = value;
  for (const step of steps) {
    value = step.map((row) => dot(row, value, false));
    size = step.map((row) => dot(row, size, true));
  }
  return value.map((entry, r) => ({ value: { ...entry, r: 0n }, size: { ...size[r], r: 0n } }));
}

/** Σ factor·column[factor.row], or of their absolute values. */
function dot(factors: readonly Factor[], column: readonly Wide[], ofSizes: boolean): Wide {
  const products = factors.flatMap(({ m, e, row }) => {
    const other = column[row];
    if (other.m === 0n) return [];
    const product = (ofSizes ? absolute(m) : m) * other.m;
    return [{ m: product, e: e + other.e, top: e + other.e + bitLength(absolute(product)) }];
  });
  const last = products.reduce((most, { top }) => Math.max(most, top), Number.NEGATIVE_INFINITY) - KEPT;
  const lowest = products.reduce((least, { e }) => Math.min(least, e), Number.POSITIVE_INFINITY);
  if (products.length === 0) return { m: 0n, e: 0 };
  const e = Math.max(last, lowest);
  const sum = products.reduce((total, product) => total + shifted(product.m, product.e - e), 0n);
  const excess = bitLength(absolute(sum)) - BITS;
  return excess <= 0 ? { m: sum, e } : { m: shifted(sum, -excess), e: e + excess };
}
