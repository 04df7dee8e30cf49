/** The gradient of L = Σ dh_t·h_t + dc_t·c_t in high precision, from differences of the forward pass at each step. */
import type { Cell } from "../lstm/cell.ts";
import { byGate, GATES, type Gate } from "../lstm/names.ts";
import { arithmetic, type Decimal, exact } from "./arithmetic.ts";
import { boundOfStepBack, boundOfSum, EPSILON, underflowOf } from "./promise.ts";
import { type Expected, responseOf, type StepReference } from "./step-reference.ts";

/** A sum of products with Σ|products| and the error that the promise lets it have so far. */
export interface Bounded {
  value: Decimal;
  magnitude: number;
  error: number;
}

/** ∂L/∂z_g and so on of one step, by unit. */
export interface StepAdjoint {
  readonly dz: Readonly<Record<Gate, readonly Bounded[]>>;
}

const P = arithmetic(50);
export const zero = (): Bounded => ({ value: new P(0), magnitude: 0, error: 0 });

/** L's derivative by the states after a step [2 × H]: what comes from L itself, and from the steps behind. */
export class Adjoint {
  #dh: Bounded[];
  #dc: Bounded[];

  constructor(hiddenSize: number) {
    this.#dh = Array.from({ length: hiddenSize }, zero);
    this.#dc = Array.from({ length: hiddenSize }, zero);
  }

  /** L's own dependence on the states of the step that comes next on the way back. */
  addUpstream(dh_t: ArrayLike<number>, dc_t: ArrayLike<number>): void {
    for (let r = 0; r < this.#dh.length; r++) {
      addTerm(this.#dh[r], dh_t[r]);
      addTerm(this.#dc[r], dc_t[r]);
    }
  }

  /** Goes back through a step; its dz_g, from which the gradients of its weights and inputs follow. */
  step(reference: StepReference): StepAdjoint {
    const n = this.#dh.length;
    const through = (r: number, key: Gate | "c_prev") => this.#throughUnit(reference, r, key);
    const units = [...Array(n).keys()];
    const dz = byGate((g) => units.map((r) => through(r, g)));
    this.#dc = units.map((r) => through(r, "c_prev"));
    this.#dh = units.map((k) => sumOverUnits(dz, (g) => weightsOf(reference.cell, g, "U", k)));
    return { dz };
  }

  /** ∂L/∂h_{t-1} and ∂L/∂c_{t-1} of the step that was gone through last. */
  get state(): { readonly h: readonly Expected[]; readonly c: readonly Expected[] } {
    return { h: this.#dh.map(expected), c: this.#dc.map(expected) };
  }

  /** dh·∂h/∂key + dc·∂c/∂key of unit r */
  #throughUnit(reference: StepReference, r: number, key: Gate | "c_prev"): Bounded {
    const unit = reference.units[r];
    const c_prev = Math.abs(reference.cell.state.c_prev?.[r] ?? 0);
    const result = zero();
    const paths = [
      [this.#dh[r], "h_t"],
      [this.#dc[r], "c_t"],
    ] as const;
    for (const [from, of] of paths) {
      const response = unit.along[key]?.[of];
      if (response === undefined || from.magnitude === 0) continue;
      const size = responseOf(unit, of, key);
      const own = boundOfStepBack(unit.m) * EPSILON * unit.excess * from.magnitude;
      const underflow = underflowOf(response, 0) * Math.max(1, c_prev) * Math.max(1, from.magnitude);
      accumulate(result, P.mul(from.value, response), from.magnitude * size, (from.error + own) * size + underflow);
    }
    return result;
  }
}

/** Σ_g Σ_r dz_g[r]·weights_g[r], and (n + 1)ε of Σ|products| for the n products of the sum. */
export function sumOverUnits(dz: StepAdjoint["dz"], weightsOf: (g: Gate) => (r: number) => number): Bounded {
  const sum = zero();
  let count = 0;
  for (const g of GATES) {
    const weight = weightsOf(g);
    dz[g].forEach((entry, r) => {
      const w = weight(r);
      if (w === 0 || (entry.magnitude === 0 && entry.error === 0)) return;
      count += 1;
      accumulate(sum, P.mul(entry.value, exact(w)), entry.magnitude * Math.abs(w), entry.error * Math.abs(w));
    });
  }
  sum.error += boundOfSum(count) * EPSILON * sum.magnitude;
  return sum;
}

/** Column k of W_g or U_g. */
export function weightsOf({ gates }: Cell, g: Gate, letter: "W" | "U", k: number): (r: number) => number {
  const { data, cols } = gates[g]![letter]!;
  return (r) => data[r * cols + k];
}

/** Adds dz·factor to the gradient of a weight, a sum of so many products in all. */
export function addProduct(sum: Bounded, { value, magnitude, error }: Bounded, factor: number, count: number): void {
  const size = Math.abs(factor);
  if (size === 0) return;
  accumulate(
    sum,
    P.mul(value, exact(factor)),
    magnitude * size,
    (error + boundOfSum(count) * EPSILON * magnitude) * size,
  );
}

/** Adds a number to a sum in doubles, which rounds once more; to nothing it is exact. */
function addTerm(sum: Bounded, term: number): void {
  const rounds = sum.magnitude > 0 && term !== 0;
  accumulate(sum, exact(term), Math.abs(term), 0);
  if (rounds) sum.error += EPSILON * sum.magnitude;
}

function accumulate(sum: Bounded, value: Decimal, magnitude: number, error: number): void {
  sum.value = P.add(sum.value, value);
  sum.magnitude += magnitude;
  sum.error += error;
}

/** The sum as a reference entry. Where the bound leaves the doubles, nothing is left to judge by. */
export function expected({ value, magnitude, error }: Bounded): Expected {
  // the doubles of a tiny product are zero, it is not
  const isZero = value.isZero() && magnitude === 0 && error === 0;
  const underflow = isZero ? 0 : underflowOf(value, magnitude);
  return { value, allowed: Math.min(Number.MAX_VALUE, error + underflow) };
}
