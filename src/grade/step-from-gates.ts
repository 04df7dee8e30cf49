import { fromDoubles, tanh } from "../linalg/real-vector.ts";
import { type Step, stepFromGates, stepFromState } from "../lstm/equations.ts";
import { Trace } from "../lstm/forward.ts";

/**
 * The step from its gates on: c_t = f ∘ c_{t-1} + i ∘ u and h_t = o ∘ tanh(c_t), from gates that are not the cell's own.
 * @param c_t a cell state to go on from in place of that of the gates
 * @param squash a function in place of the tanh of the cell state
 */
export function traceFromGates(
  { cell, numbers }: Trace,
  changed: Partial<Pick<Step, "z" | "gates">>,
  c_t: Float64Array | null,
  squash = tanh,
): Trace {
  const step = stepFromGates({ ...numbers, ...changed });
  return new Trace(cell, { ...step, ...stepFromState(step.gates.o, c_t ? fromDoubles(c_t) : step.c_t, squash) });
}
