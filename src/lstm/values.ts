import type { Matrix } from "../linalg/matrix.ts";
import { backpropagate, backwardThrough } from "./backward.ts";
import type { Cell } from "./cell.ts";
import { requireTrace, type Trace } from "./forward.ts";
import { type GradientsByKey, gradientsByKey } from "./gradients-by-key.ts";
import { chain, jacobian } from "./jacobian.ts";
import type { Gate, Goal, Norm, Output, Wrt } from "./names.ts";
import { optimum, type UnitOptimum } from "./optimum.ts";
import { paths, type Terms, terms } from "./terms.ts";
import { Traces } from "./traces.ts";
import { unroll } from "./unroll.ts";

/** A number, a vector, a matrix; rows of which one may be null: there is no such vector. */
export type Value = number | Float64Array | Matrix | Rows;
export type Rows = readonly (Float64Array | null)[];

/** The equations that a value may rest on: they throw where an entry leaves the double range. */
const BOUNDED = { jacobian, terms, backward: backwardThrough };

/** The same with what leaves it. */
export const UNBOUNDED: typeof BOUNDED = { jacobian: chain, terms: paths, backward: backpropagate };

/**
 * What the equations give for a cell from a trace, each computed when it is first asked for. The trace is the cell's own
 * for the exact values; one with a step gone wrong gives what comes of that mistake.
 */
export class Values {
  readonly cell: Cell;
  /** null for a sequence, of which there are only the gradients. */
  readonly trace: Trace | null;
  readonly #equations: typeof BOUNDED;
  readonly #known = new Map<string, unknown>();

  constructor(cell: Cell, trace: Trace | null, equations = BOUNDED) {
    this.cell = cell;
    this.trace = trace;
    this.#equations = equations;
  }

  jacobian(of: Output, wrt: Wrt): Matrix | null {
    return this.#ofTrace(`jacobian.${of}.${wrt}`, (trace) => this.#equations.jacobian(trace, of, wrt));
  }

  terms(): Terms | null {
    return this.#ofTrace("terms", this.#equations.terms);
  }

  /** The optimal h_{t-1} of each unit of a gate. */
  optimum(gate: Gate, norm: Norm, goal: Goal): readonly UnitOptimum[] | null {
    return this.#ofTrace(`optimum.${norm}.${goal}.${gate}`, () => optimum(this.cell, gate, { norm, goal }));
  }

  /** The gradients of L, along the sequence if the cell has one. */
  backward(): GradientsByKey {
    return this.#once("backward", () => {
      const { cell, trace } = this;
      const own = trace && requireTrace(trace, "h_t", "h_t and c_t");
      const steps = own ? { cell: own.cell, traces: new Traces(1, [own], () => own) } : unroll(cell);
      return gradientsByKey(cell, this.#equations.backward(steps, steps.cell.upstream));
    });
  }

  #ofTrace<T>(name: string, compute: (trace: Trace) => T): T | null {
    const { trace } = this;
    return trace && this.#once(name, () => compute(trace));
  }

  #once<T>(name: string, compute: () => T): T {
    if (!this.#known.has(name)) this.#known.set(name, compute());
    return this.#known.get(name) as T;
  }
}
