/** What becomes of an input of a sequence: ∂s_T/∂x_t with s = (h, c). */
import { type Matrix, zeros } from "../linalg/matrix.ts";
import { weightedEntry } from "../linalg/weighted-rows.ts";
import { setEntry, toWide, type WideMatrix } from "../linalg/wide-matrix.ts";
import { once } from "../once.ts";
import { sensitivity } from "./equations.ts";
import type { FullTrace } from "./forward.ts";
import { throughGates, weightedGates } from "./jacobian.ts";
import { GATES } from "./names.ts";
import type { Span } from "./sequence-jacobian.ts";
import { ofStep, type StateProduct, times, timesNext } from "./state-product.ts";
import { isNormal, isTold, stepJacobian } from "./step-jacobian.ts";
import type { Traces } from "./traces.ts";

/**
 * ∂(h_t, c_t)/∂x_t [2H × I] of one step, its entries those of {@link jacobian} by x_t. One that is no normal double is there as it is,
 * as in {@link stepJacobian}.
 */
export function inputJacobian(trace: FullTrace): StateProduct {
  const { hiddenSize, inputSize } = trace.cell;
  const printed = zeros(2 * hiddenSize, inputSize ?? 0);
  for (const [part, of] of STATES.entries())
    printed.data.set(throughGates(trace, of, "W", GATES).data, part * hiddenSize * printed.cols);
  const product = corrected(trace, printed) ?? { scaled: printed, exponent: 0 };
  return printed.data.every(Number.isFinite) ? { ...product, printed } : product;
}

/**
 * ∂s_T/∂x_t for t = T … 1, T the span's last step: ∂s_T/∂s_t · ∂s_t/∂x_t, of which the first factor follows from that of the step
 * after. An entry is within (T − t)(2H + 2)ε of that entry of |S_T| ⋯ |S_{t+1}| |∂s_t/∂x_t|, the factors as they are
 * printed: as in {@link sequenceJacobian}, T − t products of sums of at most 2H.
 */
export function* inputsToEnd(traces: Traces, { from, to }: Span): Generator<{ t: number; product: StateProduct }> {
  let after: StateProduct | null = null;
  for (let t = to; t > from; t--) {
    const trace = traces.at(t - 1);
    const own = inputJacobian(trace);
    yield { t, product: after === null ? own : times(after, own) };
    if (t - 1 > from) after = after === null ? ofStep(stepJacobian(trace)) : timesNext(after, stepJacobian(trace));
  }
}

const STATES = ["h_t", "c_t"] as const;

/** The entries with those anew that are no normal doubles; null where all are. */
function corrected(trace: FullTrace, printed: Matrix): WideMatrix | null {
  if (printed.data.every(isNormal)) return null;
  const { hiddenSize } = trace.cell;
  let wide: WideMatrix | null = null;
  for (const [part, of] of STATES.entries()) {
    const terms = once(() => weightedGates(trace.cell, sensitivity(trace.numbers, of), "W"));
    for (let r = 0; r < hiddenSize; r++) {
      for (let k = 0; k < printed.cols; k++) {
        const at = (part * hiddenSize + r) * printed.cols + k;
        if (isNormal(printed.data[at])) continue;
        const entry = weightedEntry(terms(), r, k);
        if (!isTold(entry)) continue;
        wide ??= toWide(printed);
        setEntry(wide, at, entry.data[entry.start], entry.data[entry.start + 2]);
      }
    }
  }
  return wide;
}
