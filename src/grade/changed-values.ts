import { rowOf } from "../linalg/matrix.ts";
import { fromDoubles, type RealVector, type sigmoid, toDoubles } from "../linalg/real-vector.ts";
import type { Cell } from "../lstm/cell.ts";
import type { Activation } from "../lstm/equations.ts";
import { forward, Trace } from "../lstm/forward.ts";
import { GATES, type Gate, type Goal, type Norm } from "../lstm/names.ts";
import type { UnitOptimum } from "../lstm/optimum.ts";
import type { Quantity } from "../lstm/quantities.ts";
import type { Entries } from "./entries.ts";
import { traceFromGates } from "./step-from-gates.ts";
import { GradedValues, type StepValues } from "./values.ts";

/** Something for each gate, and for the tanh of the cell state; what is absent stays right. */
type ByFunction<T> = Readonly<Partial<Record<Gate | "c_t", T>>>;

type Slope = (value: RealVector) => RealVector;

/** The functions of the step that a mistake changes; what rests on them follows. */
export interface ChangedStep {
  /** The cell whose weights and inputs are taken. */
  readonly cell?: (right: Cell) => Cell;
  /** The cell whose weights the chain rule takes, after a forward pass that is right. */
  readonly chain?: (right: Cell) => Cell;
  /** The activation functions, of an optimum too. */
  readonly activation?: ByFunction<typeof sigmoid>;
  /** The slopes of the activation functions, given their values. */
  readonly slope?: ByFunction<Slope>;
  /** An optimum's h_prev, given the row of U. */
  readonly direction?: (row: Float64Array, goal: Goal) => Float64Array;
}

/** What a student computes who changes one step and does all else right. */
export class ChangedValues extends GradedValues {
  readonly #right: StepValues;
  readonly #step: ChangedStep;

  /** @throws {DlstmError} overflow, where an entry of the forward pass leaves the double range. */
  constructor(right: StepValues, step: ChangedStep) {
    const cell = step.cell?.(right.cell);
    super(cell ?? right.cell, changedTrace(cell ? forward(cell) : right.trace, step));
    this.#right = right;
    this.#step = step;
  }

  /** Nothing where the step reaches no number of the quantity. */
  override of(quantity: Quantity): Entries | null {
    return this.#reaches(quantity) ? super.of(quantity) : null;
  }

  /** Slopes and the chain rule are for derivatives alone, a direction for an optimum. */
  #reaches(quantity: Quantity): boolean {
    const { cell, activation, slope, chain, direction } = this.#step;
    const { family } = quantity;
    if (cell) return true;
    if (family === "optimum") return Boolean(direction ?? activation?.[quantity.gate]);
    const isDerivative = family === "jacobian" || family === "terms" || family === "gradient";
    return Boolean(activation ?? (isDerivative && (slope ?? chain)));
  }

  override optimum(gate: Gate, norm: Norm, goal: Goal): readonly UnitOptimum[] | null {
    const { cell, activation = {}, direction } = this.#step;
    const [fn, weights] = [activation[gate], this.cell.gates[gate]];
    const units = cell ? super.optimum(gate, norm, goal) : this.#right.optimum(gate, norm, goal);
    return (
      units?.map((one) => ({
        ...one,
        h_prev: direction && weights ? direction(rowOf(weights.U, one.unit), goal) : one.h_prev,
        activation: fn ? toDoubles(fn(fromDoubles(Float64Array.of(one.preactivation))).value)[0] : one.activation,
      })) ?? null
    );
  }
}

function changedTrace(right: Trace, { chain, activation, slope = {} }: ChangedStep): Trace {
  const gates: Partial<Record<Gate, Activation>> = { ...right.numbers.gates };
  for (const g of GATES) {
    const [z, fn] = [right.numbers.z[g], activation?.[g]];
    if (z && fn) gates[g] = fn(z);
  }
  const { cell, numbers } = activation ? traceFromGates(right, { gates }, null, activation.c_t) : right;
  const sloped = (of: Activation, own?: Slope) => (own ? { ...of, derivative: own(of.value) } : of);
  for (const g of GATES) if (gates[g]) gates[g] = sloped(gates[g], slope[g]);
  const tanh_c_t = numbers.tanh_c_t && sloped(numbers.tanh_c_t, slope.c_t);
  return new Trace(chain?.(cell) ?? cell, { ...numbers, gates, tanh_c_t });
}
