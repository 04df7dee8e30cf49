/** Products of the Jacobians of steps, whose entries may lie far outside the doubles and far from each other. */
import { type Matrix, transpose } from "../linalg/matrix.ts";
import { maxNorm } from "../linalg/norm.ts";
import { exponentOf } from "../linalg/scale.ts";
import { type ScaledMatrix, timesPowerOfTwo } from "../linalg/scaled-matrix.ts";
import type { ScaledNumber } from "../linalg/scaled-number.ts";
import { spectralNorm } from "../linalg/spectral-norm.ts";
import { exponentRange, toUnits, toWide, transposeWide, type WideMatrix } from "../linalg/wide-matrix.ts";
import { multiplyWide } from "../linalg/wide-multiply.ts";
import { apart, beside, type StateColumns, stepColumns, timesStep, timesTransposedStep } from "./state-jacobian.ts";
import type { Step } from "./step-jacobian.ts";

/** [2H × 2H], where one power of two serves all entries (columns · 2^exponent), and where each needs its own. */
export type StateProduct = ScaledColumns | WideProduct;

interface WideProduct {
  readonly wide: WideMatrix;
  /** The Jacobian of one step as it is printed, where doubles hold it but for what underflowed. */
  readonly printed?: Matrix;
}

interface ScaledColumns {
  readonly columns: StateColumns;
  readonly exponent: number;
  /** The Jacobian of one step, which is printed as it is. */
  readonly isStep?: true;
}

/** The product of a single step. */
export function ofStep(step: Step): StateProduct {
  const { doubles, wide } = step;
  if (doubles === null) return { wide };
  const columns = stepColumns(doubles);
  return wide === null ? { columns, exponent: 0, isStep: true } : { wide, printed: beside(columns) };
}

/** product · step */
export function timesNext(product: StateProduct, step: Step): StateProduct {
  return times(product, step, timesStep, (wide) => wide);
}

/** product · stepᵀ */
export function timesNextTransposed(product: StateProduct, step: Step): StateProduct {
  return times(product, step, timesTransposedStep, transposeWide);
}

/**
 * In plain doubles where {@link withRoom} shows that nothing then over- or underflows; else every entry with an exponent
 * of its own. Both are within (2H + 2)ε of the product of absolute values, entry by entry.
 */
function times(
  product: StateProduct,
  step: Step,
  multiply: typeof timesStep,
  oriented: (wide: WideMatrix) => WideMatrix,
): StateProduct {
  if (step.wide === null && "columns" in product) {
    const { h_t, c_t } = step.doubles;
    const scaled = withRoom(product, [h_t.h_prev.data, h_t.c_prev, c_t.h_prev.data, c_t.c_prev]);
    if (scaled) return { columns: multiply(scaled.columns, step.doubles), exponent: scaled.exponent };
  }
  const factor = step.wide ?? toWide(beside(stepColumns(step.doubles)));
  return narrowed(multiplyWide(wideOf(product), oriented(factor)));
}

/** Between these powers of two a double is normal, with some room for the rounding of logarithms and of a product. */
const [LOWEST, HIGHEST] = [-1018, 1018];

/**
 * The product at a scale at which it can be multiplied by a step in doubles; null where there is none.
 *
 * With nonzero entries of 2^p … 2^P and of 2^s … 2^S, each product of two lies in 2^(p+s) … 2^(P+S), and a sum of 2H of
 * them below 2H·2^(P+S). Where all this is between 2^−1022 and 2^1023, every product is a normal double or exactly zero.
 * A sum may cancel to something smaller; but sums of doubles are exact as soon as they are below the normal range.
 */
function withRoom({ columns, exponent }: ScaledColumns, factors: readonly Float64Array[]): ScaledColumns | null {
  const left = rangeOf([columns.h.data, columns.c.data]);
  const right = rangeOf(factors);
  if (left === null || right === null) return { columns, exponent };
  const growth = Math.max(0, right.largest + Math.ceil(Math.log2(2 * columns.h.cols)) + 1);
  const lowest = LOWEST - left.least - Math.min(0, right.least);
  const highest = HIGHEST - left.largest - growth;
  if (lowest > highest) return null;
  if (lowest <= 0 && highest >= 0) return { columns, exponent };
  const k = Math.floor((lowest + highest) / 2);
  const { h, c } = columns;
  return { columns: { h: timesPowerOfTwo(h, k), c: timesPowerOfTwo(c, k) }, exponent: exponent - k };
}

/** The exponents of the smallest and the largest entry that is not zero, to within one; null where all are. */
function rangeOf(vectors: readonly Float64Array[]): { readonly least: number; readonly largest: number } | null {
  const largest = Math.max(...vectors.map(maxNorm));
  if (largest === 0) return null;
  return { least: exponentOf(Math.min(...vectors.map(smallest))), largest: exponentOf(largest) };
}

/** The smallest |v_k| that is not zero. */
function smallest(v: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < v.length; k++) {
    const size = Math.abs(v[k]);
    if (size < least && size > 0) least = size;
  }
  return least;
}

/** Entries no further apart than this are taken back to one power of two, which is a hundred times as fast. */
const NARROW = 1000;

function narrowed(wide: WideMatrix): StateProduct {
  const range = exponentRange(wide);
  if (range !== null && range.largest - range.least > NARROW) return { wide };
  const exponent = range?.largest ?? 0;
  return { columns: apart(toUnits(wide, exponent)), exponent };
}

function wideOf(product: StateProduct): WideMatrix {
  return "wide" in product ? product.wide : toWide(beside(product.columns), product.exponent);
}

/** productᵀ */
export function transposed(product: StateProduct): StateProduct {
  if ("wide" in product) {
    const { wide, printed } = product;
    return printed ? { wide: transposeWide(wide), printed: transpose(printed) } : { wide: transposeWide(wide) };
  }
  return { ...product, columns: apart(transpose(beside(product.columns))) };
}

/**
 * As one matrix of doubles in units of 2^exponent. The exponent is 0 for a single step, and where the entries then are
 * zero or normal doubles. Else it takes the largest entry to [1, 2), or as high as it takes to hold the smallest: only
 * an entry more than 2^2044 times below the largest is less than a normal double, and zero only from 2^2097 on.
 */
export function toScaledMatrix(product: StateProduct): ScaledMatrix {
  if ("columns" in product && product.isStep) return { scaled: beside(product.columns), exponent: 0 };
  if ("printed" in product && product.printed) return { scaled: product.printed, exponent: 0 };
  const wide = wideOf(product);
  const range = exponentRange(wide);
  const exponent = range === null ? 0 : unitOf(range);
  return { scaled: toUnits(wide, exponent), exponent };
}

function unitOf({ least, largest }: { readonly least: number; readonly largest: number }): number {
  if (least >= -1022 && largest <= 1023) return 0;
  return largest - least <= 1022 ? largest : largest - 1023;
}

/** ‖product‖₂; null where it is not found. What lies 2^1022 below the largest entry has no part in its ten digits. */
export function normOf(product: StateProduct): ScaledNumber | null {
  const wide = wideOf(product);
  const unit = exponentRange(wide)?.largest ?? 0;
  const norm = spectralNorm(toUnits(wide, unit));
  return norm && { value: norm.value, exponent: norm.exponent + unit };
}
