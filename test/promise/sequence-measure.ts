/** ∂s_T/∂s_0 as `sequence` prints it, against 80-digit products: of the steps that it multiplies, and of the exact steps. */
import { parseCell } from "../../src/input/parse-cell.ts";
import { toWide } from "../../src/linalg/wide-matrix.ts";
import type { SequenceResult, SequenceSummary } from "../../src/lstm/results/records.ts";
import { sequenceLines, sequenceResult } from "../../src/lstm/results/sequence.ts";
import { wholeStep } from "../../src/lstm/state-jacobian.ts";
import { stepJacobian } from "../../src/lstm/step-jacobian.ts";
import { traceAt, unroll } from "../../src/lstm/unroll.ts";
import { rowsOf } from "../helpers/matrices.ts";
import type { NativeSequence } from "../helpers/sequences.ts";
import { exact, Real, sum, ZERO } from "./exact.ts";
import { GATES, type NativeCell, reference } from "./reference.ts";

/** A product with the sums of absolute values that bounds refer to, [2H × 2H] each. */
export interface Product {
  readonly value: Real[][];
  readonly scale: Real[][];
}

/** Errors as shares of what is allowed: 1 is the bound. */
export interface SequenceErrors {
  readonly entries: readonly number[];
  readonly norm: number;
  readonly log10: number;
  /** log₂ of the largest over the smallest entry that is not zero, of all products on the way */
  readonly spread: number;
}

export const EPSILON = new Real(2).pow(-53);
/** How far a norm may be off, relatively. */
export const NORM = 1e-10;

/** The product, the first step last, and the largest spread on the way. */
export function productOf(steps: readonly Product[]): Product & { readonly spread: number } {
  let [whole, spread] = [steps[0]!, spreadOf(steps[0]!.value)];
  for (const step of steps.slice(1)) {
    whole = { value: times(step.value, whole.value), scale: times(step.scale, whole.scale) };
    spread = Math.max(spread, spreadOf(whole.value));
  }
  return { ...whole, spread };
}

/**
 * The steps as they are multiplied, an entry that underflows within one by its factors: that they are what `jacobian`
 * promises is measured elsewhere.
 */
export function computedSteps(native: NativeSequence): Product[] {
  const unrolled = unroll(parseCell(native));
  return native.x.map((_, t) => {
    const { doubles, wide } = stepJacobian(traceAt(unrolled, t + 1));
    const { cols, significand, exponent } = wide ?? toWide(wholeStep(doubles));
    const entries = Array.from(significand, (entry, k) =>
      entry === 0 ? ZERO : timesPower(exact(entry), exponent[k]!),
    );
    const value = Array.from({ length: cols }, (_, r) => entries.slice(r * cols, (r + 1) * cols));
    return { value, scale: value.map((row) => row.map((entry) => entry.abs())) };
  });
}

export const timesPower = (entry: Real, exponent: number) => entry.times(new Real(2).pow(exponent));

/** The exact steps at the printed states; null where the reference does not know one of their entries. */
export function exactSteps(native: NativeSequence, { steps }: SequenceResult): Product[] | null {
  const weights = Object.fromEntries(
    Object.entries(native).filter(([key]) => GATES.some((g) => key.endsWith(`_${g}`))),
  ) as NativeCell;
  const products = native.x.map((x_t, t) => {
    const before = steps[t - 1] ?? { h_t: native.h_prev!, c_t: native.c_prev! };
    const found = reference({ ...weights, x_t, h_prev: [...before.h_t], c_prev: [...before.c_t] });
    const rows = (["h_t", "c_t"] as const).flatMap((of) => {
      const byCell = found.get(`jacobian.${of}.c_prev`)!;
      return found.get(`jacobian.${of}.h_prev`)!.map((row, r) => [...row, ...byCell[r]!]);
    });
    const value = rows.map((row) => row.map((entry) => entry.value));
    const isKnown = rows.flat().every(({ known }) => known);
    return isKnown ? { value, scale: value.map((row) => row.map((entry) => entry.abs())) } : null;
  });
  return products.every((product) => product !== null) ? products : null;
}

/** What the record and the stream tell of the whole. */
export function everyMode(native: NativeSequence): [SequenceResult, SequenceSummary] {
  const cell = parseCell(native);
  const span = { from: 0, to: native.x.length };
  return [sequenceResult(cell, span), [...sequenceLines(cell, span)].at(-1) as SequenceSummary];
}

/** @param share the bound of an entry, in ε of its scale */
export function errorsOf(
  result: SequenceSummary,
  product: ReturnType<typeof productOf>,
  share: number,
): SequenceErrors {
  const { h_T, c_T } = result.jacobian;
  const unit = new Real(2).pow(result.exponent2);
  const printed = [h_T, c_T].flatMap(({ h_0, c_0 }) => {
    const right = rowsOf(c_0);
    return rowsOf(h_0).map((row, r) => [...row, ...right[r]!]);
  });
  const entries = printed.flatMap((row, r) =>
    row.map((entry, c) => {
      // the entries below the normal doubles are rounded to a multiple of the smallest
      const rounding = Math.abs(entry) < 2 ** -1022 ? unit.times(new Real(2).pow(-1075)) : ZERO;
      const allowed = product.scale[r]![c]!.times(EPSILON).times(share).plus(rounding);
      const error = exact(entry).times(unit).minus(product.value[r]![c]!).abs();
      return error.isZero() ? 0 : error.div(allowed).toNumber();
    }),
  );
  return { entries, ...normErrors(result, normOf(product.value)), spread: product.spread };
}

function normErrors(
  { jacobian_norm, jacobian_log10 }: SequenceSummary,
  norm: Real,
): Pick<SequenceErrors, "norm" | "log10"> {
  if (norm.isZero()) return { norm: jacobian_norm ?? Infinity, log10: jacobian_log10 === null ? 0 : Infinity };
  // a norm that is no normal double has none
  const isDouble = norm.gte(new Real(2).pow(-1022)) && norm.lt(new Real(2).pow(1024));
  const value = isDouble ? (jacobian_norm ?? Number.NaN) : jacobian_norm === null ? null : Number.NaN;
  return {
    norm: value === null ? 0 : exact(value).div(norm).minus(1).abs().toNumber() / NORM,
    log10: exact(jacobian_log10!).minus(Real.log10(norm)).abs().toNumber() / NORM,
  };
}

/** ‖A‖₂ to twelve digits: tr((AᵀA)^(2^k))^(1/2^(k+1)) is above it by no more than n^(1/2^(k+1)). */
export function normOf(matrix: readonly (readonly Real[])[]): Real {
  const columns = matrix[0]!.map((_, c) => matrix.map((row) => row[c]!));
  let power = times(columns, matrix);
  let logarithm = ZERO;
  for (let k = 1; k <= 46; k++) {
    const trace = sum(power.map((row, r) => row[r]!));
    if (trace.isZero()) return ZERO;
    logarithm = logarithm.plus(Real.ln(trace).div(new Real(2).pow(k)));
    power = power.map((row) => row.map((entry) => entry.div(trace)));
    power = times(power, power);
  }
  return logarithm.exp();
}

export function times(left: readonly (readonly Real[])[], right: readonly (readonly Real[])[]): Real[][] {
  return left.map((row) => right[0]!.map((_, c) => sum(row.map((entry, k) => entry.times(right[k]![c]!)))));
}

function spreadOf(matrix: readonly (readonly Real[])[]): number {
  const sizes = matrix
    .flat()
    .filter((entry) => !entry.isZero())
    .map((entry) => entry.abs());
  if (sizes.length === 0) return 0;
  return Real.log2(Real.max(...sizes).div(Real.min(...sizes))).toNumber();
}
