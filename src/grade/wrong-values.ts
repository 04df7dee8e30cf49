import { transpose } from "../linalg/matrix.ts";
import type { PairVector } from "../linalg/pair.ts";
import { type Activation, activate, sigmoid, tanh } from "../lstm/activation.ts";
import type { Cell, GateWeights } from "../lstm/cell.ts";
import { forward, type Trace } from "../lstm/forward.ts";
import { GATES, type Gate } from "../lstm/names.ts";
import { onceBy } from "../once.ts";
import { stepFromGates } from "./step-from-gates.ts";
import { GradedValues } from "./values.ts";

/**
 * What a student computes who gets one step wrong and all else right: the cell's values, from a trace or a cell in which
 * that step is wrong. Each is made once a cell.
 */
export class WrongValues {
  readonly #cell: Cell;
  readonly #trace: Trace;
  readonly #made = new Map<string, GradedValues>();

  constructor(cell: Cell, trace: Trace) {
    this.#cell = cell;
    this.#trace = trace;
  }

  /** σ'(z) and tanh'(z) of these gates taken as 1 */
  withoutDerivative(gates: readonly Gate[]): GradedValues {
    return this.#withGates(`1 for ${gates}`, gates, ({ value }) => ({ value, derivative: ones(value) }));
  }

  /** ∂·/∂z_g taken as 0: the path through that gate is left out. */
  withoutPath(gate: Gate): GradedValues {
    return this.#withGates(`0 for ${gate}`, [gate], ({ value }) => ({ value, derivative: ones(value).fill(0) }));
  }

  /** σ'(f) for σ'(z_f), tanh'(u) for tanh'(z_u) */
  derivativeOfActivation(gates: readonly Gate[]): GradedValues {
    return this.#withGates(`σ' of ${gates}`, gates, ({ value }, g) => ({
      value,
      derivative: activation(g)(value).derivative,
    }));
  }

  /** 1 − tanh²c_t taken as 1 */
  withoutTanhPrime(): GradedValues {
    return this.#make("without 1 − tanh²", () => {
      const { tanh_c_t } = this.#trace;
      return [this.#cell, { ...this.#trace, tanh_c_t: tanh_c_t && { ...tanh_c_t, derivative: ones(tanh_c_t.value) } }];
    });
  }

  /** tanh(z) for σ(z) in these of f, i and o, and all that follows from it */
  tanhForSigmoid(gates: readonly Gate[]): GradedValues {
    return this.#make(`tanh for σ in ${gates}`, () => [this.#cell, this.#continuedWith(gates, tanh)]);
  }

  /** σ for tanh in u, and all that follows from it */
  sigmoidForU(): GradedValues {
    return this.#make("σ(z_u)", () => [this.#cell, this.#continuedWith(["u"], sigmoid)]);
  }

  /** σ(c_t) for tanh(c_t), with u right or wrong in the same way */
  sigmoidOfCell(alsoU: boolean): GradedValues {
    return this.#make(`σ(c_t) ${alsoU}`, () => {
      const trace = alsoU ? this.#continuedWith(["u"], sigmoid) : this.#trace;
      if (trace.c_t === null) return [this.#cell, trace];
      const tanh_c_t = activate(sigmoid, trace.c_t);
      const o = trace.gates.o?.value.hi;
      return [this.#cell, { ...trace, tanh_c_t, h_t: o ? o.map((x, k) => x * tanh_c_t.value.hi[k]) : null }];
    });
  }

  /** Every b taken as 0. */
  withoutBias(): GradedValues {
    return this.#fromCell("b = 0", { ...this.#cell, gates: this.#weights((weights) => ({ ...weights, b: null })) });
  }

  /** b and x_t taken as 0: an optimum's pre-activation is the norm alone. */
  normAlone(): GradedValues {
    const gates = this.#weights((weights) => ({ ...weights, b: null }));
    return this.#fromCell("norm", { ...this.#cell, gates, state: { ...this.#cell.state, x_t: null } });
  }

  /** Columns of U for its rows. */
  columnsOfU(): GradedValues {
    const gates = this.#weights((weights) => ({ ...weights, U: transpose(weights.U) }));
    return this.#fromCell("Uᵀ", { ...this.#cell, gates });
  }

  #withGates(name: string, gates: readonly Gate[], wrong: (right: Activation, gate: Gate) => Activation): GradedValues {
    return this.#make(name, () => {
      const changed = { ...this.#trace.gates };
      for (const g of gates) if (changed[g]) changed[g] = wrong(changed[g], g);
      return [this.#cell, { ...this.#trace, gates: changed }];
    });
  }

  /** The step with another activation function in some gates. */
  #continuedWith(gates: readonly Gate[], fn: typeof sigmoid): Trace {
    const changed = { ...this.#trace.gates };
    for (const g of gates) if (this.#trace.z[g]) changed[g] = activate(fn, this.#trace.z[g]);
    return stepFromGates({ ...this.#trace, gates: changed }, null);
  }

  #weights(wrong: (right: GateWeights) => GateWeights): Cell["gates"] {
    const gates: Partial<Record<Gate, GateWeights>> = {};
    for (const g of GATES) if (this.#cell.gates[g]) gates[g] = wrong(this.#cell.gates[g]);
    return gates;
  }

  #fromCell(name: string, cell: Cell): GradedValues {
    return this.#make(name, () => [cell, forward(cell)]);
  }

  #make(name: string, of: () => [Cell, Trace]): GradedValues {
    return onceBy(this.#made, name, () => new GradedValues(...of()));
  }
}

/** The activation function of a gate, over a vector. */
export function activation(gate: Gate): (z: PairVector) => Activation {
  return (z) => activate(gate === "u" ? tanh : sigmoid, z);
}

function ones({ hi }: PairVector): Float64Array {
  return new Float64Array(hi.length).fill(1);
}
