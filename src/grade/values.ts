import { zeros } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import type { Trace } from "../lstm/forward.ts";
import { jacobian } from "../lstm/jacobian.ts";
import type { Gate, Goal, Norm } from "../lstm/names.ts";
import { optimum, type UnitOptimum } from "../lstm/optimum.ts";
import { missingKeys } from "../lstm/requirements.ts";
import { backwardFromTrace, backwardResult } from "../lstm/results/backward.ts";
import type { BackwardResult } from "../lstm/results/records.ts";
import { type Terms, terms } from "../lstm/terms.ts";
import { type Entries, entriesOf, matrix, scalar, vector } from "./entries.ts";
import type { Quantity } from "./quantities.ts";

/**
 * The quantities of a cell as its equations give them from a trace. The trace is the cell's own for the exact values;
 * one with a step gone wrong gives what a student gets who makes that mistake. Each is computed when first asked for.
 */
export class Values {
  readonly cell: Cell;
  /** null for a sequence, of which only the gradients are graded. */
  readonly trace: Trace | null;
  readonly #known = new Map<string, Entries | null>();
  readonly #optima = new Map<string, UnitOptimum[]>();
  #terms: Terms | null = null;
  #gradient: Pick<BackwardResult, "loss" | "gradient"> | null = null;

  constructor(cell: Cell, trace: Trace | null) {
    this.cell = cell;
    this.trace = trace;
  }

  /**
   * The quantity's entries; null where the cell does not tell them.
   * @throws {DlstmError} overflow, where an entry leaves the double range.
   */
  of(quantity: Quantity): Entries | null {
    let entries = this.#known.get(quantity.path);
    if (entries === undefined) {
      entries = this.#compute(quantity);
      this.#known.set(quantity.path, entries);
    }
    return entries;
  }

  /** The optimal h_{t-1} of each unit of a gate that the cell has. */
  optimum(gate: Gate, norm: Norm, goal: Goal): UnitOptimum[] {
    const name = `${norm}.${goal}.${gate}`;
    const units = this.#optima.get(name) ?? optimum(this.cell, gate, { norm, goal });
    this.#optima.set(name, units);
    return units;
  }

  #compute(quantity: Quantity): Entries | null {
    const { cell, trace } = this;
    if (quantity.family === "gradient" || quantity.family === "loss") return this.#gradientOf(quantity);
    if (trace === null) return null;
    switch (quantity.family) {
      case "preactivations":
        return orNull(trace.z[quantity.gate]?.hi);
      case "gates":
        return orNull(trace.gates[quantity.gate]?.value.hi);
      case "c_t":
        return orNull(trace.c_t?.hi);
      case "h_t":
        return orNull(trace.h_t);
      case "jacobian": {
        const { of, wrt } = quantity;
        return missingKeys(cell, of, wrt).length > 0 ? null : matrix(jacobian(trace, of, wrt));
      }
      case "terms":
        if (missingKeys(cell, "h_t").length > 0) return null;
        this.#terms ??= terms(trace);
        return matrix(this.#terms[quantity.gate]);
      case "optimum":
        return missingKeys(cell, quantity.gate).length > 0 ? null : this.#optimumPart(quantity);
    }
  }

  #optimumPart({ gate, norm, goal, part }: Quantity & { family: "optimum" }): Entries {
    const units = this.optimum(gate, norm, goal);
    if (part !== "h_prev") return vector(Float64Array.from(units, (unit) => unit[part]));
    const result = zeros(units.length, this.cell.hiddenSize);
    // NaN where there is no h*: what agrees there is for attainsOptimum to say
    units.forEach(({ h_prev }, d) => {
      const start = d * result.cols;
      if (h_prev === null) result.data.fill(Number.NaN, start, start + result.cols);
      else result.data.set(h_prev, start);
    });
    return matrix(result);
  }

  #gradientOf(quantity: Extract<Quantity, { family: "gradient" | "loss" }>): Entries | null {
    const { cell, trace } = this;
    if (missingKeys({ ...cell, x: null }, "h_t").length > 0) return null;
    this.#gradient ??= trace === null ? backwardResult(cell, { steps: false }) : backwardFromTrace(trace);
    if (quantity.family === "loss") return scalar(this.#gradient.loss);
    const found = this.#gradient.gradient[quantity.key];
    return found === undefined ? null : entriesOf(found);
  }
}

function orNull(entries: Float64Array | null | undefined): Entries | null {
  return entries ? vector(entries) : null;
}
