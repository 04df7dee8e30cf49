/** Products of the Jacobians of steps, whose entries may lie far outside the doubles and far from each other. */
import type { Matrix } from "../linalg/matrix.ts";
import { exponentOf } from "../linalg/scale.ts";
import type { ScaledMatrix } from "../linalg/scaled-matrix.ts";
import type { ScaledNumber } from "../linalg/scaled-number.ts";
import { spectralNorm } from "../linalg/spectral-norm.ts";
import { exponentRange, toUnits, toWide, type WideMatrix } from "../linalg/wide-matrix.ts";
import { multiplyWide } from "../linalg/wide-multiply.ts";
import { type StateJacobian, stepTimes, timesStep, wholeStep } from "./state-jacobian.ts";
import type { StepJacobian } from "./step-jacobian.ts";

/** [2H × 2H] */
export interface StateProduct extends WideMatrix {
  /** The Jacobian of a single step as it is printed, where doubles hold it. */
  readonly printed?: Matrix;
}

/** The product of a single step. */
export function ofStep({ doubles, wide }: StepJacobian): StateProduct {
  if (doubles === null) return wide;
  const printed = wholeStep(doubles);
  return { ...(wide ?? toWide(printed)), printed };
}

/** product · step */
export function timesNext(product: StateProduct, step: StepJacobian): StateProduct {
  return inDoubles(product, step, timesStep) ?? multiplyWide(product, ofStep(step));
}

/** step · product */
export function nextTimes(step: StepJacobian, product: StateProduct): StateProduct {
  return inDoubles(product, step, stepTimes) ?? multiplyWide(ofStep(step), product);
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
  const unit = unitWithRoom(product, doubles);
  return unit === null ? null : toWide(multiply(doubles, toUnits(product, unit)), unit);
}

/** Between these powers of two a double is normal, with some room for the rounding of a product. */
const [LOWEST, HIGHEST] = [-1018, 1018];

/**
 * The power of two in units of which the product can be multiplied by a step in doubles; null where there is none.
 *
 * With nonzero entries of 2^p … 2^P and of 2^s … 2^S, each product of two lies in 2^(p+s) … 2^(P+S+2), and a sum of 2H of
 * them below 2H·2^(P+S+2). Where all this is between 2^−1022 and 2^1023, every product is a normal double or exactly zero.
 * A sum may cancel to something smaller; but sums of doubles are exact as soon as they are below the normal range.
 */
function unitWithRoom(product: WideMatrix, step: StateJacobian): number | null {
  const left = exponentRange(product.exponent);
  const right = exponentRange(wholeStep(step).data.map(exponentOf));
  if (left === null || right === null) return 0;
  const lowest = left.largest + Math.max(0, right.largest + Math.ceil(Math.log2(product.cols)) + 2) - HIGHEST;
  const highest = left.least + Math.min(0, right.least) - LOWEST;
  return lowest > highest ? null : Math.floor((lowest + highest) / 2);
}

/**
 * As one matrix of doubles in units of 2^exponent. The exponent is 0 for a single step, and where the entries then are
 * zero or normal doubles. Else it takes the largest entry to [1, 2), or as high as it takes to hold the smallest: only
 * an entry more than 2^2044 times below the largest is less than a normal double, and zero only from 2^2097 on.
 */
export function toScaledMatrix(product: StateProduct): ScaledMatrix {
  if (product.printed) return { scaled: product.printed, exponent: 0 };
  const range = exponentRange(product.exponent);
  const exponent = range === null ? 0 : unitOf(range);
  return { scaled: toUnits(product, exponent), exponent };
}

function unitOf({ least, largest }: { readonly least: number; readonly largest: number }): number {
  if (least >= -1022 && largest <= 1023) return 0;
  return largest - least <= 1022 ? largest : largest - 1023;
}

/** ‖product‖₂; null where it is not found. What lies 2^1022 below the largest entry has no part in its ten digits. */
export function normOf(product: StateProduct): ScaledNumber | null {
  const unit = exponentRange(product.exponent)?.largest ?? 0;
  const norm = spectralNorm(toUnits(product, unit));
  return norm && { value: norm.value, exponent: norm.exponent + unit };
}
