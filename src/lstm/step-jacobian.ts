import { componentOf, type RealVector, refined } from "../linalg/real-vector.ts";
import { weightedEntry } from "../linalg/weighted-rows.ts";
import { setEntry, toWide, type WideMatrix } from "../linalg/wide-matrix.ts";
import { once } from "../once.ts";
import { sensitivity } from "./equations.ts";
import type { FullTrace } from "./forward.ts";
import { weightedGates } from "./jacobian.ts";
import { type StateJacobian, unboundedStateJacobian, wholeStep } from "./state-jacobian.ts";

/**
 * ∂s_t/∂s_{t-1} with s = (h, c): in doubles, null where an entry overflows; and as a matrix [2H × 2H] with an exponent an
 * entry where an entry leaves the normal doubles on either side, else null.
 */
export type StepJacobian =
  | { readonly doubles: StateJacobian; readonly wide: null }
  | { readonly doubles: StateJacobian; readonly wide: WideMatrix }
  | { readonly doubles: null; readonly wide: WideMatrix };

/**
 * The Jacobian of one step for a product of steps. Its entries are those of {@link stateJacobian}. One that is no normal double
 * is there as it is: what is 1e-374 here is 1e-268 when the next step multiplies it by 1e106.
 */
export function stepJacobian(trace: FullTrace): StepJacobian {
  const doubles = unboundedStateJacobian(trace);
  const wide = corrected(trace, doubles);
  if (wide === null) return { doubles, wide };
  const areFinite = [doubles.h_t, doubles.c_t].every(({ h_prev }) => h_prev.data.every(Number.isFinite));
  return areFinite ? { doubles, wide } : { doubles: null, wide };
}

/** The entries with those anew that are no normal doubles; null where all are. */
function corrected(trace: FullTrace, doubles: StateJacobian): WideMatrix | null {
  const n = trace.cell.hiddenSize;
  let wide: WideMatrix | null = null;
  const correct = (at: number, entry: RealVector) => {
    if (!isTold(entry)) return;
    wide ??= toWide(wholeStep(doubles));
    setEntry(wide, at, entry.data[entry.start], entry.data[entry.start + 2]);
  };
  for (const [part, of] of (["h_t", "c_t"] as const).entries()) {
    const { h_prev, c_prev } = doubles[of];
    const sensitive = once(() => sensitivity(trace.numbers, of));
    const terms = once(() => weightedGates(trace.cell, sensitive(), "U"));
    for (let r = 0; r < n; r++) {
      const start = (part * n + r) * 2 * n;
      for (let k = 0; k < n; k++) {
        if (!isNormal(h_prev.data[r * n + k])) correct(start + k, weightedEntry(terms(), r, k));
      }
      if (!isNormal(c_prev[r])) correct(start + n + r, componentOf(sensitive().c_prev!, r));
    }
  }
  return wide;
}

/**
 * Whether a number is not zero, and its size is known, for which it is computed in more bits where double-doubles do not tell it: those of
 * e^-a end at a = 2^15. Not told is what is below 2^(-2^50), e^-a for a > 7e14.
 */
export function isTold(number: RealVector): boolean {
  const { data, start } = refined(number);
  return data[start] !== 0 && data[start + 3] < 2 ** -40;
}

export function isNormal(entry: number): boolean {
  const size = Math.abs(entry);
  return size >= 2 ** -1022 && size < Number.POSITIVE_INFINITY;
}
