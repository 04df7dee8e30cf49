/** Products of the Jacobians of steps, whose entries may lie far outside the doubles and far from each other. */
import { type Matrix, zeros } from "../linalg/matrix.ts";
import { addProduct } from "../linalg/multiply.ts";
import { inUnitsOf, isScaled, type ScaledMatrix, wideOf } from "../linalg/scaled-matrix.ts";
import type { ScaledNumber } from "../linalg/scaled-number.ts";
import { spectralNorm } from "../linalg/spectral-norm.ts";
import { type ExponentRange, exponentRange, rangeOfDoubles, toUnits, type WideMatrix } from "../linalg/wide-matrix.ts";
import { multiplyWide } from "../linalg/wide-multiply.ts";
import { type StateJacobian, stepTimes, timesStep, wholeStep } from "./state-jacobian.ts";
import type { StepJacobian } from "./step-jacobian.ts";

/** [2H × 2H], in doubles times one power of two while these hold every entry exactly, else with a power of two an entry. */
export type StateProduct = (ScaledMatrix | WideMatrix) & {
  /** The Jacobian of a single step as it is printed, where doubles hold it. */
  readonly printed?: Matrix;
};

/** The product of a single step. */
export function ofStep({ doubles, wide }: StepJacobian): StateProduct {
  if (doubles === null) return wide;
  const printed = wholeStep(doubles);
  return { ...(wide ?? { scaled: printed, exponent: 0 }), printed };
}

/** product · step */
export function timesNext(product: StateProduct, step: StepJacobian): StateProduct {
  return inDoubles(product, step, timesStep) ?? multiplyWide(wideOf(product), wideOf(ofStep(step)));
}

/** step · product */
export function nextTimes(step: StepJacobian, product: StateProduct): StateProduct {
  return inDoubles(product, step, stepTimes) ?? multiplyWide(wideOf(ofStep(step)), wideOf(product));
}

/**
 * In plain doubles where {@link unitWithRoom} shows that nothing then over- or underflows, which is a hundred times as fast; else
 * null, and every entry needs an exponent of its own. Both are within (2H + 2)ε of the product of absolute values, entry by entry.
 */
function inDoubles(
  product: StateProduct,
  { doubles, wide }: StepJacobian,
  multiply: typeof timesStep,
): StateProduct | null {
  if (doubles === null || wide !== null) return null;
  const size = 2 * doubles.h_t.c_prev.length;
  const exponent = unitWithRoom(product, rangeOfStep(doubles), size);
  return exponent === null ? null : { scaled: multiply(doubles, inUnits(product, exponent)), exponent };
}

/** left · right of any two such matrices, with the same bound. */
export function times(left: ScaledMatrix | WideMatrix, right: ScaledMatrix | WideMatrix): StateProduct {
  const exponent = isScaled(right) ? unitWithRoom(left, rangeOfDoubles([right.scaled.data]), right.scaled.rows) : null;
  if (exponent === null || !isScaled(right)) return multiplyWide(wideOf(left), wideOf(right));
  const factor = inUnits(left, exponent);
  const scaled = zeros(factor.rows, right.scaled.cols);
  addProduct(scaled, factor, right.scaled);
  return { scaled, exponent: exponent + right.exponent };
}

/** Its upper or its lower half of rows, in units of which its largest entry lies in [1, 2). */
export function halfOf(product: StateProduct, part: 0 | 1): ScaledMatrix {
  const half = (values: Float64Array) => values.subarray((part * values.length) / 2, ((part + 1) * values.length) / 2);
  const own: StateProduct = isScaled(product)
    ? { scaled: halved(product.scaled, half(product.scaled.data)), exponent: product.exponent }
    : { ...product, rows: product.rows / 2, significand: half(product.significand), exponent: half(product.exponent) };
  const unit = rangeOf(own)?.largest ?? 0;
  return { scaled: inUnits(own, unit), exponent: unit };
}

const halved = ({ rows, cols }: Matrix, data: Float64Array): Matrix => ({ rows: rows / 2, cols, data });

/** The product as doubles in units of 2^unit: exact where an entry then is a normal double. */
function inUnits(product: StateProduct, unit: number): Matrix {
  return isScaled(product) ? inUnitsOf(product, unit) : toUnits(product, unit);
}

function rangeOf(product: StateProduct): ExponentRange | null {
  return isScaled(product) ? rangeOfDoubles([product.scaled.data], product.exponent) : exponentRange(product.exponent);
}

function rangeOfStep({ h_t, c_t }: StateJacobian): ExponentRange | null {
  return rangeOfDoubles([h_t.h_prev.data, h_t.c_prev, c_t.h_prev.data, c_t.c_prev]);
}

/** Between these powers of two a double is normal, with some room for the rounding of a product. */
const [LOWEST, HIGHEST] = [-1018, 1018];

/**
 * The power of two in units of which the product can be multiplied by doubles of such a range in sums of `size`, the one that it is in
 * where it can be; null where there is none.
 *
 * With nonzero entries of 2^p … 2^P and of 2^s … 2^S, each product of two lies in 2^(p+s) … 2^(P+S+2), and a sum of n of
 * them below n·2^(P+S+2). Where all this is between 2^−1022 and 2^1023, every product is a normal double or exactly zero.
 * A sum may cancel to something smaller; but sums of doubles are exact as soon as they are below the normal range.
 */
function unitWithRoom(product: StateProduct, right: ExponentRange | null, size: number): number | null {
  const left = rangeOf(product);
  if (left === null || right === null) return 0;
  const lowest = left.largest + Math.max(0, right.largest + Math.ceil(Math.log2(size)) + 2) - HIGHEST;
  const highest = left.least + Math.min(0, right.least) - LOWEST;
  if (lowest > highest) return null;
  const isIn = isScaled(product) && lowest <= product.exponent && product.exponent <= highest;
  return isIn ? product.exponent : Math.floor((lowest + highest) / 2);
}

/**
 * As one matrix of doubles in units of 2^exponent. The exponent is 0 for a single step, and where the entries then are
 * zero or normal doubles. Else it takes the largest entry to [1, 2), or as high as it takes to hold the smallest: only
 * an entry more than 2^2044 times below the largest is less than a normal double, and zero only from 2^2097 on.
 */
export function toScaledMatrix(product: StateProduct): ScaledMatrix {
  if (product.printed) return { scaled: product.printed, exponent: 0 };
  const range = rangeOf(product);
  const exponent = range === null ? 0 : unitOf(range);
  return { scaled: inUnits(product, exponent), exponent };
}

function unitOf({ least, largest }: ExponentRange): number {
  if (least >= -1022 && largest <= 1023) return 0;
  return largest - least <= 1022 ? largest : largest - 1023;
}

/** ‖product‖₂; null where it is not found. What lies 2^1022 below the largest entry has no part in its ten digits. */
export function normOf(product: StateProduct): ScaledNumber | null {
  const unit = rangeOf(product)?.largest ?? 0;
  const norm = spectralNorm(inUnits(product, unit));
  return norm && { value: norm.value, exponent: norm.exponent + unit };
}
