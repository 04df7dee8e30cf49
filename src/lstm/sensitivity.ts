import type { Activation } from "./activation.ts";
import type { Trace } from "./forward.ts";
import { GATES, type Gate, type Output } from "./names.ts";
import { missingKeys, requireKeys } from "./requirements.ts";

/**
 * How an output moves with the pre-activations and with c_{t-1}: all of these are diagonal, because the cell works
 * component by component once z is known. diag(preactivation.g) = ∂output/∂z_g, diag(c_prev) = ∂output/∂c_{t-1}.
 */
export interface Sensitivity {
  readonly preactivation: Readonly<Partial<Record<Gate, Float64Array>>>;
  /** null stands for zero: gates do not look at c_{t-1} (no peepholes). */
  readonly c_prev: Float64Array | null;
}

/** A trace of a full cell, or of one without o where only c_t is asked for. */
type Gates = Readonly<Record<Gate, Activation>>;

const RULES: Record<Output, (trace: Trace) => Sensitivity> = {
  f: (trace) => gateSensitivity(trace, "f"),
  i: (trace) => gateSensitivity(trace, "i"),
  o: (trace) => gateSensitivity(trace, "o"),
  u: (trace) => gateSensitivity(trace, "u"),
  c_t: cellStateSensitivity,
  // ∂tanh(c_t) = (1 − tanh²c_t) ∘ ∂c_t
  tanh_c_t: (trace) => scaled(cellStateSensitivity(trace), trace.tanh_c_t!.derivative),
  h_t: hiddenStateSensitivity,
};

/**
 * The diagonals of ∂output/∂z_g and ∂output/∂c_{t-1} [H].
 * @throws {DlstmError} missing, where the cell lacks a gate that the output is made of.
 */
export function sensitivity(trace: Trace, of: Output): Sensitivity {
  requireKeys(missingKeys(trace.cell, of), of);
  return RULES[of](trace);
}

/** ∂g/∂z_g = σ'(z_g) for f, i, o and tanh'(z_u) for u */
function gateSensitivity(trace: Trace, g: Gate): Sensitivity {
  return { preactivation: { [g]: trace.gates[g]!.derivative }, c_prev: null };
}

/** c_t = f ∘ c_{t-1} + i ∘ u:  ∂z_f: c_{t-1} ∘ σ'(z_f)   ∂z_i: u ∘ σ'(z_i)   ∂z_u: i ∘ tanh'(z_u)   ∂c_{t-1}: f */
function cellStateSensitivity({ gates, c_prev }: Trace): Sensitivity {
  const { f, i, u } = gates as Gates;
  return {
    preactivation: {
      f: times(c_prev, f.derivative),
      i: times(u.value.hi, i.derivative),
      u: times(i.value.hi, u.derivative),
    },
    c_prev: f.value.hi,
  };
}

/** h_t = o ∘ tanh(c_t):  ∂z_o: tanh(c_t) ∘ σ'(z_o), and through c_t: o ∘ (1 − tanh²c_t) ∘ ∂c_t */
function hiddenStateSensitivity(trace: Trace): Sensitivity {
  const throughCell = scaled(cellStateSensitivity(trace), byCellState(trace));
  return {
    preactivation: { ...throughCell.preactivation, o: byOutputGate(trace) },
    c_prev: throughCell.c_prev,
  };
}

/** The diagonal of ∂h_t/∂c_t [H]: o ∘ (1 − tanh²c_t). For a trace of a full cell. */
export function byCellState({ gates, tanh_c_t }: Trace): Float64Array {
  return times(gates.o!.value.hi, tanh_c_t!.derivative);
}

/** The diagonal of ∂h_t/∂z_o [H]: tanh(c_t) ∘ σ'(z_o). For a trace of a full cell. */
export function byOutputGate({ gates, tanh_c_t }: Trace): Float64Array {
  return times(tanh_c_t!.value.hi, gates.o!.derivative);
}

function scaled({ preactivation, c_prev }: Sensitivity, factor: Float64Array): Sensitivity {
  const result: Partial<Record<Gate, Float64Array>> = {};
  for (const g of GATES) if (preactivation[g]) result[g] = times(factor, preactivation[g]);
  return { preactivation: result, c_prev: c_prev && times(factor, c_prev) };
}

/** a ∘ b */
export function times(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((entry, k) => entry * b[k]);
}
