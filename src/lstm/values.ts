import type { Matrix } from "../linalg/matrix.ts";
import { backpropagate, backward, backwardFrom, type Gradient, tracesOf } from "./backward.ts";
import type { Cell } from "./cell.ts";
import type { Trace } from "./forward.ts";
import { type GradientByKey, gradientByKey } from "./gradient-by-key.ts";
import { chain, jacobian } from "./jacobian.ts";
import type { Gate, Goal, Norm, Output, Wrt } from "./names.ts";
import { optimum, type UnitOptimum } from "./optimum.ts";
import { paths, type Terms, terms } from "./terms.ts";

/** A number, a vector, a matrix; rows of which one may be null: there is no such vector. */
export type Value = number | Float64Array | Matrix | Rows;
export type Rows = readonly (Float64Array | null)[];

/** The equations that a value may rest on. */
interface Equations {
  readonly jacobian: (trace: Trace, of: Output, wrt: Wrt) => Matrix;
  readonly terms: (trace: Trace) => Terms;
  readonly backward: (cell: Cell, trace: Trace | null) => Gradient;
}

/** They throw where an entry leaves the double range. */
const BOUNDED: Equations = {
  jacobian,
  terms,
  backward: (cell, trace) => (trace === null ? backward(cell) : backwardFrom(trace)),
};

/** With what leaves the double range in them, for the cell's own trace. */
export const UNBOUNDED: Equations = {
  jacobian: chain,
  terms: paths,
  backward: (cell) => backpropagate(tracesOf(cell), cell.upstream),
};

/**
 * What the equations give for a cell from a trace, each computed when it is first asked for. The trace is the cell's own
 * for the exact values; one with a step gone wrong gives what comes of that mistake.
 */
export class Values {
  readonly cell: Cell;
  /** null for a sequence, of which there are only the gradients. */
  readonly trace: Trace | null;
  readonly #equations: Equations;
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
  backward(): { readonly loss: number; readonly gradient: GradientByKey } {
    return this.#once("backward", () => {
      const found = this.#equations.backward(this.cell, this.trace);
      return { loss: found.loss, gradient: gradientByKey(this.cell, found) };
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
