import { type FullTrace, requireTrace, type Trace, type TraceOf } from "./forward.ts";
import type { Gate, Output } from "./names.ts";
import type { GateOf } from "./requirements.ts";

/**
 * How an output moves with the pre-activations and with c_{t-1}: all of these are diagonal, because the cell works
 * component by component once z is known. diag(preactivation.g) = ∂output/∂z_g, diag(c_prev) = ∂output/∂c_{t-1}.
 */
export interface Sensitivity {
  readonly preactivation: Readonly<Partial<Record<Gate, Float64Array>>>;
  /** null stands for zero: gates do not look at c_{t-1} (no peepholes). */
  readonly c_prev: Float64Array | null;
}

/** Of c_t or h_t, which move with every gate that they are made of, and with c_{t-1}. */
export interface StateSensitivity<O extends "c_t" | "h_t"> extends Sensitivity {
  readonly preactivation: Readonly<Record<GateOf<O>, Float64Array>> & Sensitivity["preactivation"];
  readonly c_prev: Float64Array;
}

/**
 * The diagonals of ∂output/∂z_g and ∂output/∂c_{t-1} [H].
 * @throws {DlstmError} missing, where the cell lacks a gate that the output is made of.
 */
export function sensitivity(trace: Trace, of: Output): Sensitivity {
  if (of === "c_t") return cellStateSensitivity(requireTrace(trace, of));
  if (of === "h_t") return hiddenStateSensitivity(requireTrace(trace, of));
  if (of === "tanh_c_t") {
    // ∂tanh(c_t) = (1 − tanh²c_t) ∘ ∂c_t
    const told = requireTrace(trace, of);
    return scaled(cellStateSensitivity(told), told.tanh_c_t.derivative);
  }
  // ∂g/∂z_g = σ'(z_g) for f, i, o and tanh'(z_u) for u
  return { preactivation: { [of]: requireTrace(trace, of).gates[of].derivative }, c_prev: null };
}

/** c_t = f ∘ c_{t-1} + i ∘ u:  ∂z_f: c_{t-1} ∘ σ'(z_f)   ∂z_i: u ∘ σ'(z_i)   ∂z_u: i ∘ tanh'(z_u)   ∂c_{t-1}: f */
export function cellStateSensitivity({ gates: { f, i, u }, c_prev }: TraceOf<"c_t">): StateSensitivity<"c_t"> {
  const preactivation = {
    f: times(c_prev, f.derivative),
    i: times(u.value.hi, i.derivative),
    u: times(i.value.hi, u.derivative),
  };
  return { preactivation, c_prev: f.value.hi };
}

/** h_t = o ∘ tanh(c_t):  ∂z_o: tanh(c_t) ∘ σ'(z_o), and through c_t: o ∘ (1 − tanh²c_t) ∘ ∂c_t */
export function hiddenStateSensitivity(trace: FullTrace): StateSensitivity<"h_t"> {
  const { preactivation, c_prev } = scaled(cellStateSensitivity(trace), byCellState(trace));
  return { preactivation: { ...preactivation, o: byOutputGate(trace) }, c_prev };
}

/** The diagonal of ∂h_t/∂c_t [H]: o ∘ (1 − tanh²c_t). */
export function byCellState({ gates, tanh_c_t }: FullTrace): Float64Array {
  return times(gates.o.value.hi, tanh_c_t.derivative);
}

/** The diagonal of ∂h_t/∂z_o [H]: tanh(c_t) ∘ σ'(z_o). */
export function byOutputGate({ gates, tanh_c_t }: FullTrace): Float64Array {
  return times(tanh_c_t.value.hi, gates.o.derivative);
}

/** factor ∘ ∂c_t */
function scaled({ preactivation, c_prev }: StateSensitivity<"c_t">, factor: Float64Array): StateSensitivity<"c_t"> {
  const { f, i, u } = preactivation;
  const by = (of: Float64Array) => times(factor, of);
  return { preactivation: { f: by(f), i: by(i), u: by(u) }, c_prev: by(c_prev) };
}

/** a ∘ b */
export function times(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((entry, k) => entry * b[k]);
}
