import { type PairVector, pairZeros } from "../linalg/pair.ts";
import { activate, tanh } from "../lstm/activation.ts";
import type { Trace } from "../lstm/forward.ts";

/**
 * The step from its gates on: c_t = f ∘ c_{t-1} + i ∘ u and h_t = o ∘ tanh(c_t), from gates that are not the cell's own.
 * @param c_t a cell state to go on from in place of that of the gates
 * @param squash a function in place of the tanh of the cell state
 */
export function stepFromGates(trace: Trace, c_t: Float64Array | null, squash = tanh): Trace {
  const { f, i, o, u } = trace.gates;
  const c_prev = trace.c_prev;
  const state = c_t ?? (f && i && u ? c_prev.map((c, k) => f.value.hi[k] * c + i.value.hi[k] * u.value.hi[k]) : null);
  if (state === null) return { ...trace, c_t: null, tanh_c_t: null, h_t: null };
  const tanh_c_t = activate(squash, exact(state));
  const h_t = o ? o.value.hi.map((x, k) => x * tanh_c_t.value.hi[k]) : null;
  return { ...trace, c_t: exact(state), tanh_c_t, h_t };
}

/** Doubles as pairs whose low parts are zero. */
export function exact(values: Float64Array): PairVector {
  return { hi: values, lo: pairZeros(values.length).lo };
}
