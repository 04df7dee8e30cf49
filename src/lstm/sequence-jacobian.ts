import { failure, inPlace } from "../errors.ts";
import type { Matrix } from "../linalg/matrix.ts";
import { maxNorm } from "../linalg/norm.ts";
import { exponentOf } from "../linalg/scale.ts";
import { type ScaledMatrix, timesPowerOfTwo } from "../linalg/scaled-matrix.ts";
import {
  beside,
  partsOf,
  type StateColumns,
  type StateJacobian,
  stateJacobian,
  stepColumns,
  timesStep,
} from "./state-jacobian.ts";
import { placeOf, traceAt, type Unrolled } from "./unroll.ts";

/** The steps from + 1 … to of a sequence; 0 is the state before the first step. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Refuses what is no part of a sequence of so many steps.
 * @param places the names of its ends, for messages
 * @throws {DlstmError} usage, where the sequence has no such steps, or the span has none.
 */
export function requireSpan({ from, to }: Span, steps: number, places = { from: "from", to: "to" }): void {
  const isWhole = (t: number, low: number, high: number) => Number.isInteger(t) && low <= t && t <= high;
  if (!isWhole(to, 1, steps))
    throw failure("usage", `${to}, expected 1 … ${steps}, the steps of x`, { place: places.to });
  if (!isWhole(from, 0, to - 1)) {
    throw failure("usage", `${from}, expected less than ${to}, the step to end with`, { place: places.from });
  }
}

/** columns · 2^exponent: a product of many steps may lie far outside the doubles. */
export interface ScaledColumns {
  readonly columns: StateColumns;
  readonly exponent: number;
}

/** What is known at step t on the way back: the Jacobian of step t + 1, and that of the end by the state at t. */
export interface ToEnd {
  readonly t: number;
  /** ∂s_{t+1}/∂s_t */
  readonly step: StateJacobian;
  /** ∂s_to/∂s_t */
  readonly product: ScaledColumns;
}

/**
 * ∂s_to/∂s_t with s = (h, c) for t = to − 1 … from, each from the next one: ∂s_to/∂s_t = ∂s_to/∂s_{t+1} · ∂s_{t+1}/∂s_t.
 * Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks" (2013), with the
 * whole state of the cell for its h.
 */
export function* productsToEnd(unrolled: Unrolled, { from, to }: Span): Generator<ToEnd> {
  let product: ScaledColumns | null = null;
  for (let t = to - 1; t >= from; t--) {
    const step = stepAt(unrolled, t + 1);
    product = product === null ? ofStep(step) : timesScaled(product, step);
    yield { t, step, product };
  }
}

/** The product of a single step. */
export function ofStep(step: StateJacobian): ScaledColumns {
  return rescale({ columns: stepColumns(step), exponent: 0 });
}

/** The Jacobian of step t of a sequence; what is wrong with it names the step. */
export function stepAt(unrolled: Unrolled, t: number): StateJacobian {
  return inPlace(placeOf(unrolled.cell, t), () => stateJacobian(traceAt(unrolled, t)));
}

/**
 * ∂s_to/∂s_from [2H × 2H], s = (h, c): the product of the steps' Jacobians at the states rounded to doubles, plain sums
 * of 2H products a step. By default over the whole sequence.
 * @throws {DlstmError} usage, where the span is none of the sequence; overflow, where an entry of one step leaves the
 * double range; that of the product may.
 */
export function sequenceJacobian(unrolled: Unrolled, span: Span = { from: 0, to: unrolled.steps }): ScaledMatrix {
  requireSpan(span, unrolled.steps);
  let whole: ScaledColumns | null = null;
  for (const { product } of productsToEnd(unrolled, span)) whole = product;
  return toScaledMatrix(whole!);
}

/** As one matrix; exponent 0 where its entries then are zero or normal doubles. */
export function toScaledMatrix({ columns, exponent }: ScaledColumns): ScaledMatrix {
  const matrix = beside(columns);
  for (const left of [0, exponent + exponentOf(maxNorm(matrix.data))]) {
    const scaled = timesPowerOfTwo(matrix, exponent - left);
    const isWhole = scaled.data.every((entry, k) => isNormal(entry) || matrix.data[k] === 0);
    if (isWhole) return { scaled, exponent: left };
  }
  return { scaled: matrix, exponent };
}

function isNormal(entry: number): boolean {
  return Number.isFinite(entry) && Math.abs(entry) >= 2 ** -1022;
}

/** product · step, or with {@link timesTransposedStep} product · stepᵀ */
export function timesScaled(product: ScaledColumns, step: StateJacobian, times = timesStep): ScaledColumns {
  const parts = partsOf(step).map(({ scaled, exponent }) =>
    rescale({ columns: times(product.columns, scaled), exponent: product.exponent + exponent }),
  );
  return rescale(parts.reduce(sum));
}

/** a + b, at the scale of the larger. */
function sum(a: ScaledColumns, b: ScaledColumns): ScaledColumns {
  if (isZero(a) || isZero(b)) return isZero(a) ? b : a;
  const exponent = Math.max(a.exponent, b.exponent);
  const add = (p: Matrix, q: Matrix): Matrix => {
    const other = timesPowerOfTwo(q, b.exponent - exponent).data;
    return { ...p, data: timesPowerOfTwo(p, a.exponent - exponent).data.map((entry, k) => entry + other[k]) };
  };
  return { columns: { h: add(a.columns.h, b.columns.h), c: add(a.columns.c, b.columns.c) }, exponent };
}

function isZero({ columns: { h, c } }: ScaledColumns): boolean {
  return maxNorm(h.data) === 0 && maxNorm(c.data) === 0;
}

/** High up, so that entries 2^−1500 as large as the largest are kept; products with a step's entries still fit above. */
const TOP = 500;

/** The same with its largest entry near 2^500, if it has moved away from there. */
function rescale({ columns: { h, c }, exponent }: ScaledColumns): ScaledColumns {
  const largest = Math.max(maxNorm(h.data), maxNorm(c.data));
  const away = exponentOf(largest) - TOP;
  if (largest === 0 || Math.abs(away) < 100) return { columns: { h, c }, exponent };
  return { columns: { h: timesPowerOfTwo(h, -away), c: timesPowerOfTwo(c, -away) }, exponent: exponent + away };
}
