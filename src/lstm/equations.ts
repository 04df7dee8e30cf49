/** The equations of one step, and of its derivatives by units, over vectors [H] of all units. */
import type { ValueAndDerivative } from "../linalg/real.ts";
import { plus, type RealVector, refined, sigmoid, tanh, times } from "../linalg/real-vector.ts";
import { GATES, type Gate, type Output } from "./names.ts";

/** A gate, or tanh(c_t), with its derivative. */
export type Activation = ValueAndDerivative<RealVector>;

/** One step, with everything on the way that a derivative needs. What a partial cell cannot tell is absent. */
export interface Step {
  readonly c_prev: RealVector;
  /** z_g = W_g x_t + U_g h_{t-1} + b_g */
  readonly z: Readonly<Partial<Record<Gate, RealVector>>>;
  /** f = σ(z_f), i = σ(z_i), o = σ(z_o), u = tanh(z_u), with σ'(z) and tanh'(z) */
  readonly gates: Readonly<Partial<Record<Gate, Activation>>>;
  /** c_t = f ∘ c_{t-1} + i ∘ u; null without f, i and u */
  readonly c_t: RealVector | null;
  /** tanh(c_t) with 1 − tanh²(c_t) */
  readonly tanh_c_t: Activation | null;
  /** h_t = o ∘ tanh(c_t); null without all four gates */
  readonly h_t: RealVector | null;
}

/** A step of a full cell. */
export interface FullStep extends Step {
  readonly z: Readonly<Record<Gate, RealVector>>;
  readonly gates: Readonly<Record<Gate, Activation>>;
  readonly c_t: RealVector;
  readonly tanh_c_t: Activation;
  readonly h_t: RealVector;
}

/** The step from its pre-activations on (Hochreiter and Schmidhuber 1997; forget gate by Gers et al. 2000). */
export function stepFrom(z: Step["z"], c_prev: RealVector): Step {
  const gates: Partial<Record<Gate, Activation>> = {};
  for (const g of GATES) if (z[g]) gates[g] = activation(g, z[g]);
  return stepFromGates({ z, c_prev, gates });
}

/** The step from its gates on, whatever they are. */
export function stepFromGates({ z, gates, c_prev }: Pick<Step, "z" | "gates" | "c_prev">): Step {
  const { f, i, o, u } = gates;
  const c_t = f && i && u ? refined(plus(times(f.value, c_prev), times(i.value, u.value))) : null;
  return { c_prev, z, gates, ...stepFromState(o, c_t) };
}

/** tanh(c_t), or what a student takes for tanh, and h_t = o ∘ tanh(c_t) */
export function stepFromState(
  o: Activation | undefined,
  c_t: RealVector | null,
  squash = tanh,
): Pick<Step, "c_t" | "tanh_c_t" | "h_t"> {
  const tanh_c_t = c_t && squash(c_t);
  return { c_t, tanh_c_t, h_t: tanh_c_t && o ? times(o.value, tanh_c_t.value) : null };
}

/** σ and σ' for f, i, o, tanh and tanh' for u */
export function activation(g: Gate, z: RealVector): Activation {
  return g === "u" ? tanh(z) : sigmoid(z);
}

/**
 * How an output moves with the pre-activations and with c_{t-1}: all of these are diagonal, because the cell works
 * component by component once z is known. diag(preactivation.g) = ∂output/∂z_g, diag(c_prev) = ∂output/∂c_{t-1}.
 */
export interface Sensitivity {
  readonly preactivation: Readonly<Partial<Record<Gate, RealVector>>>;
  /** null stands for zero: gates do not look at c_{t-1} (no peepholes). */
  readonly c_prev: RealVector | null;
}

/** The diagonals of ∂output/∂z_g and ∂output/∂c_{t-1} [H], for an output that the step has. */
export function sensitivity(step: Step, of: Output): Sensitivity {
  switch (of) {
    case "c_t":
      return cellStateSensitivity(step);
    case "tanh_c_t":
      // ∂tanh(c_t) = (1 − tanh²c_t) ∘ ∂c_t
      return scaled(cellStateSensitivity(step), step.tanh_c_t!.derivative);
    case "h_t":
      return hiddenStateSensitivity(step);
    default:
      // ∂g/∂z_g = σ'(z_g) for f, i, o and tanh'(z_u) for u
      return { preactivation: { [of]: step.gates[of]!.derivative }, c_prev: null };
  }
}

/** c_t = f ∘ c_{t-1} + i ∘ u, of a step that has them:  ∂z_f: c_{t-1} ∘ σ'(z_f)   ∂z_i: u ∘ σ'(z_i)   ∂z_u: i ∘ tanh'(z_u)   ∂c_{t-1}: f */
export function cellStateSensitivity({ gates, c_prev }: Step) {
  const { f, i, u } = gates as FullStep["gates"];
  const preactivation = {
    f: times(c_prev, f.derivative),
    i: times(u.value, i.derivative),
    u: times(i.value, u.derivative),
  };
  return { preactivation, c_prev: f.value };
}

/** h_t = o ∘ tanh(c_t):  ∂z_o: tanh(c_t) ∘ σ'(z_o), and through c_t: o ∘ (1 − tanh²c_t) ∘ ∂c_t */
function hiddenStateSensitivity(step: Step): Sensitivity {
  const throughCell = scaled(cellStateSensitivity(step), byCellState(step));
  return { ...throughCell, preactivation: { ...throughCell.preactivation, o: byOutputGate(step) } };
}

/** The diagonal of ∂h_t/∂c_t [H]: o ∘ (1 − tanh²c_t). For a full cell. */
export function byCellState({ gates, tanh_c_t }: Step): RealVector {
  return times(gates.o!.value, tanh_c_t!.derivative);
}

/** The diagonal of ∂h_t/∂z_o [H]: tanh(c_t) ∘ σ'(z_o). For a full cell. */
export function byOutputGate({ gates, tanh_c_t }: Step): RealVector {
  return times(tanh_c_t!.value, gates.o!.derivative);
}

function scaled({ preactivation, c_prev }: Sensitivity, factor: RealVector): Sensitivity {
  const result: Partial<Record<Gate, RealVector>> = {};
  for (const g of GATES) if (preactivation[g]) result[g] = times(factor, preactivation[g]);
  return { preactivation: result, c_prev: c_prev && times(factor, c_prev) };
}

/** ∂L/∂c_t and ∂L/∂z_g of a step over every path from it to L, and what it carries on to c_{t-1}. */
export interface StepBack {
  readonly dc_t: RealVector;
  readonly dz: Readonly<Record<Gate, RealVector>>;
  readonly dc_prev: RealVector;
}

/**
 * One step of backpropagation, from ∂L/∂h_t and from what arrives at c_t other than through h_t:
 *
 *     dc_t = arriving + dh_t ∘ o ∘ (1 − tanh²c_t)          dz_o = dh_t ∘ tanh(c_t) ∘ σ'(z_o)
 *     dz_f = dc_t ∘ c_{t-1} ∘ σ'(z_f)    dz_i = dc_t ∘ u ∘ σ'(z_i)    dz_u = dc_t ∘ i ∘ tanh'(z_u)    dc_{t-1} = dc_t ∘ f
 */
export function stepBack(step: FullStep, dh_t: RealVector, arriving: RealVector): StepBack {
  const dc_t = plus(arriving, times(dh_t, byCellState(step)));
  const { f, i, u } = cellStateSensitivity(step).preactivation;
  const dz = { f: times(dc_t, f), i: times(dc_t, i), o: times(dh_t, byOutputGate(step)), u: times(dc_t, u) };
  return { dc_t, dz, dc_prev: times(dc_t, step.gates.f.value) };
}
