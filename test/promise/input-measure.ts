/** ∂h_T/∂x_t and ∂c_T/∂x_t as `sequence --wrt x` prints them, against 80-digit products. */
import { parseCell } from "../../src/input/parse-cell.ts";
import { wideOf } from "../../src/linalg/scaled-matrix.ts";
import { toWide, type WideMatrix } from "../../src/linalg/wide-matrix.ts";
import { inputJacobian } from "../../src/lstm/input-jacobian.ts";
import type { InputJacobian } from "../../src/lstm/results/records.ts";
import { sequenceWrtX } from "../../src/lstm/results/sequence-inputs.ts";
import { unroll } from "../../src/lstm/unroll.ts";
import { rowsOf } from "../helpers/matrices.ts";
import type { NativeSequence } from "../helpers/sequences.ts";
import { exact, Real, ZERO } from "./exact.ts";
import { computedSteps, EPSILON, NORM, normOf, type Product, times, timesPower } from "./sequence-measure.ts";

/** Errors of ∂(h_T, c_T)/∂x_t as shares of what is allowed, against the 80-digit product of the steps and of ∂s_t/∂x_t as computed. */
export function inputErrors(
  native: NativeSequence,
  planted = (told: InputJacobian) => told,
): { readonly entries: number[]; readonly norms: number[] } {
  const cell = parseCell(native);
  const { traces } = unroll(cell);
  const steps = computedSteps(native);
  const [entries, norms]: [number[], number[]] = [[], []];
  let after: Product | null = null;
  const told = sequenceWrtX(cell, { from: 0, to: steps.length }, "entries").input_jacobian.map(planted);
  for (let t = steps.length; t >= 1; t--) {
    const product = inputJacobian(traces.at(t - 1));
    const own = computedInput(wideOf(product));
    const exactly: Product =
      after === null ? own : { value: times(after.value, own.value), scale: times(after.scale, own.scale) };
    // of a single step its doubles are promised, what underflowed in them included
    const printed = after === null && product.printed ? computedInput(toWide(product.printed)) : exactly;
    entries.push(...inputEntryErrors(told[t - 1]!, printed, (steps.length - t) * (2 * cell.hiddenSize + 2)));
    norms.push(...inputNormErrors(told[t - 1]!, exactly));
    const step = steps[t - 1]!;
    after = after === null ? step : { value: times(after.value, step.value), scale: times(after.scale, step.scale) };
  }
  return { entries, norms };
}

/** @param share the bound of an entry, in ε of its scale */
export function inputEntryErrors({ h_T, c_T, exponent2 }: InputJacobian, exactly: Product, share: number): number[] {
  const unit = new Real(2).pow(exponent2!);
  // the 80 digits of the reference round too, where nothing else does
  const most = EPSILON.times(share + 1e-40);
  return [h_T!, c_T!].flatMap(rowsOf).flatMap((row, r) =>
    row.map((entry, k) => {
      const rounding = Math.abs(entry) < 2 ** -1022 ? unit.times(new Real(2).pow(-1075)) : ZERO;
      const allowed = exactly.scale[r]![k]!.times(most).plus(rounding);
      const error = exact(entry).times(unit).minus(exactly.value[r]![k]!).abs();
      return error.isZero() ? 0 : error.div(allowed).toNumber();
    }),
  );
}

function inputNormErrors({ h_T_log10, c_T_log10 }: InputJacobian, { value }: Product): number[] {
  const half = value.length / 2;
  return [value.slice(0, half), value.slice(half)].map((rows, part) => {
    const norm = normOf(rows);
    const log10 = part === 0 ? h_T_log10 : c_T_log10;
    if (norm.isZero() || log10 === null) return norm.isZero() && log10 === null ? 0 : Number.POSITIVE_INFINITY;
    return exact(log10).minus(Real.log10(norm)).abs().toNumber() / NORM;
  });
}

function computedInput({ rows, cols, significand, exponent }: WideMatrix): Product {
  const value = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: cols }, (_, k) => {
      const at = r * cols + k;
      return significand[at] === 0 ? ZERO : timesPower(exact(significand[at]!), exponent[at]!);
    }),
  );
  return { value, scale: value.map((row) => row.map((entry) => entry.abs())) };
}
