import { fromDoubles, type RealVector, toDoubles } from "../linalg/real-vector.ts";
import { type Activation, activation } from "../lstm/equations.ts";
import { Trace } from "../lstm/forward.ts";
import { GATES, type Gate, isGate } from "../lstm/names.ts";
import { FORWARD_FAMILIES, type Quantity, type QuantityOf } from "../lstm/quantities.ts";
import { GATES_OF } from "../lstm/requirements.ts";
import { type Entries, vector } from "./entries.ts";
import { sibling } from "./sibling.ts";
import { traceFromGates } from "./step-from-gates.ts";
import { agrees, type Judged } from "./tolerance.ts";
import { GradedValues, type StepValues } from "./values.ts";

/** A later quantity as it follows from a student's own earlier ones. */
export interface Followed {
  readonly entries: Entries;
  /** The paths of the student's wrong quantities that it follows from. */
  readonly from: readonly string[];
}

/**
 * What follows from a student's own values, along the chain
 *
 *     preactivations → gates → c_t → h_t → loss;   gates, c_t → jacobian, terms, gradient
 *
 * A link that the student has wrong goes on from the student's numbers, one that is right or only missing from the exact
 * ones or from those before it. σ' and tanh' are those at the student's pre-activation, or, where the gate itself is wrong,
 * g(1 − g) and 1 − u².
 */
export class FollowThrough {
  readonly #exact: StepValues;
  readonly #own = new Map<string, Float64Array>();
  readonly #right = new Set<string>();
  #values: GradedValues | null = null;

  constructor(exact: StepValues) {
    this.#exact = exact;
  }

  /** Adds an earlier quantity of the student's: entries that are all finite. */
  add(quantity: Quantity, data: Float64Array, isRight: boolean): void {
    if (!isLink(quantity)) return;
    if (isRight) this.#right.add(quantity.path);
    else this.#own.set(quantity.path, data);
    this.#values = null;
  }

  /** What the quantity comes to; null where nothing that it rests on was wrong, or where it cannot be computed from that. */
  of(quantity: Quantity): Followed | null {
    const from = linksBefore(quantity).filter((path) => this.#own.has(path));
    if (from.length === 0) return null;
    if (quantity.family === "optimum") {
      const z = this.#own.get(preactivationOf(quantity));
      return z === undefined
        ? null
        : { entries: vector(toDoubles(activation(quantity.gate, fromDoubles(z)).value)), from };
    }
    this.#values ??= new GradedValues(this.#exact.cell, this.#trace(this.#exact.trace));
    const entries = this.#values.of(quantity);
    return entries && { entries, from };
  }

  #trace(right: Trace): Trace {
    const z: Partial<Record<Gate, RealVector>> = { ...right.numbers.z };
    const gates: Partial<Record<Gate, Activation>> = { ...right.numbers.gates };
    let isChanged = false;
    for (const g of GATES) {
      const own_z = this.#own.get(`preactivations.${g}`);
      const own = this.#own.get(`gates.${g}`);
      if (own_z) z[g] = fromDoubles(own_z);
      const slope = (a: number) => (g === "u" ? 1 - a * a : a * (1 - a));
      if (own) gates[g] = { value: fromDoubles(own), derivative: fromDoubles(own.map(slope)) };
      else if (own_z && !this.#right.has(`gates.${g}`)) gates[g] = activation(g, fromDoubles(own_z));
      else continue;
      isChanged = isChanged || g !== "o";
    }
    const isStateRight = !isChanged || this.#right.has("c_t");
    const c_t = this.#own.get("c_t") ?? (isStateRight ? right.c_t : null);
    const trace = traceFromGates(right, { z, gates }, c_t);
    const h_t = this.#own.get("h_t") ?? (this.#right.has("h_t") ? right.h_t : null);
    return h_t ? new Trace(trace.cell, { ...trace.numbers, h_t: fromDoubles(h_t) }) : trace;
  }
}

/**
 * What follows from a student's numbers, but judged by the key wherever it has come to nothing: where the gates are given
 * as zeros, zeros follow for all the rest, and whoever writes these has derived nothing.
 */
export function unlessVanished(own: Judged, right: Judged): Judged {
  const data = own.entries.data.slice();
  const allowances = own.allowances.slice();
  for (let k = 0; k < data.length; k++) {
    if (!agrees(own, k, 0) || agrees(right, k, 0)) continue;
    data[k] = right.entries.data[k];
    allowances[k] = right.allowances[k];
  }
  return { ...own, entries: { ...own.entries, data }, allowances };
}

function isLink({ family, path }: Quantity): boolean {
  return FORWARD_FAMILIES.some((link) => link === family) || path.endsWith(".preactivation");
}

/** The path of the pre-activation at an optimum. */
function preactivationOf(quantity: QuantityOf<"optimum">): string {
  return sibling(quantity, { part: "preactivation" }).path;
}

/** The paths of the links that a quantity rests on. */
function linksBefore(quantity: Quantity): string[] {
  const { family, needs } = quantity;
  if (family === "preactivations") return [];
  if (family === "gates") return [`preactivations.${quantity.gate}`];
  if (family === "optimum") return quantity.part === "activation" ? [preactivationOf(quantity)] : [];
  const of = (gates: readonly Gate[]) => gates.flatMap((g) => [`preactivations.${g}`, `gates.${g}`]);
  if (isGate(needs.of) || needs.of === "c_t") return of(GATES_OF[needs.of]);
  return [...of(GATES), "c_t", ...(family === "loss" ? ["h_t"] : [])];
}
