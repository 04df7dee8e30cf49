/** The gradient of L = Σ dh_t·h_t + dc_t·c_t in high precision, from differences of the forward pass at each step. */

import type { Cell } from "../lstm/cell.ts";
import { byGate, GATES, type Gate } from "../lstm/names.ts";
import { type Ball, bits, exact, largest, product, sum } from "./arithmetic.ts";
import { isZero, ONE, upperBound, ZERO } from "./ball.ts";
import { dot } from "./ball-dot.ts";
import { boundOfStepBack, boundOfSum, EPSILON, type Expected, expect, RoundedOnce, underflowOf } from "./promise.ts";
import type { StepReference } from "./step-reference.ts";

/**
 * A sum of products with Σ|products| and the error that the promise lets it have so far. Of a single step only the sum counts:
 * there the size only tells whether there is any.
 */
export interface Bounded {
  value: Ball;
  magnitude: Ball;
  error: Ball;
  readonly isSingle: boolean;
}

/** ∂L/∂z_g and so on of one step, by unit. */
export interface StepAdjoint {
  readonly dz: Readonly<Record<Gate, readonly Bounded[]>>;
}

export const zero = (isSingle: boolean): Bounded => ({ value: ZERO, magnitude: ZERO, error: ZERO, isSingle });

/** L's derivative by the states after a step [2 × H]: what comes from L itself, and from the steps behind. */
export class Adjoint {
  #dh: Bounded[];
  #dc: Bounded[];

  readonly #isSingle: boolean;

  /** @param isSingle whether there is one step only */
  constructor(hiddenSize: number, isSingle: boolean) {
    this.#isSingle = isSingle;
    this.#dh = Array.from({ length: hiddenSize }, () => zero(isSingle));
    this.#dc = Array.from({ length: hiddenSize }, () => zero(isSingle));
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
    // of the only step nothing follows from it
    this.#dh = this.#isSingle ? [] : units.map((k) => sumOverUnits(dz, reference.cell.gates, "U", k, false));
    return { dz };
  }

  /** ∂L/∂h_{t-1} and ∂L/∂c_{t-1} of the step that was gone through last; of the only one, ∂L/∂c_{t-1} alone. */
  get state(): { readonly h: readonly Expected[]; readonly c: readonly Expected[] } {
    return { h: this.#dh.map(expected), c: this.#dc.map(expected) };
  }

  /** dh·∂h/∂key + dc·∂c/∂key of unit r */
  #throughUnit(reference: StepReference, r: number, key: Gate | "c_prev"): Bounded {
    const { along, sizes } = reference.units[r];
    const result = zero(this.#isSingle);
    const paths = [
      [this.#dh[r], "h_t"],
      [this.#dc[r], "c_t"],
    ] as const;
    for (const [from, of] of paths) {
      const response = along[key]?.[of];
      if (!response || isZero(response) || isZero(from.magnitude)) continue;
      if (this.#isSingle) {
        addTo(result, product(from.value, response));
        continue;
      }
      const { along: counted, m, excess, growth } = sizes();
      const size = counted[key]?.[of] ?? ZERO;
      const own = product(boundOfStepBack(m), excess, from.magnitude);
      const underflow = product(underflowOf(response, ZERO), growth, largest(ONE, from.magnitude));
      const error = sum(product(sum(from.error, own), size), underflow);
      accumulate(result, product(from.value, response), product(from.magnitude, size), error);
    }
    return result;
  }
}

/** Σ_g Σ_r dz_g[r]·W_g[r][k], or U_g, and (n + 1)ε of Σ|products| for the n products of the sum. */
export function sumOverUnits(
  dz: StepAdjoint["dz"],
  gates: Cell["gates"],
  letter: "W" | "U",
  k: number,
  isSingle: boolean,
): Bounded {
  const result = zero(isSingle);
  let count = 0;
  for (const g of GATES) {
    const matrix = gates[g]?.[letter];
    if (!matrix) continue;
    if (isSingle) {
      const values = dz[g].map(({ value }) => value);
      addTo(result, dot(matrix.data, k, matrix.cols, values, bits));
      continue;
    }
    for (const [r, { value, magnitude, error }] of dz[g].entries()) {
      const w = matrix.data[r * matrix.cols + k];
      if (w === 0 || isZero(magnitude)) continue;
      count += 1;
      const size = exact(Math.abs(w));
      accumulate(result, product(value, exact(w)), product(magnitude, size), product(error, size));
    }
  }
  result.error = sum(result.error, product(boundOfSum(count), result.magnitude));
  return result;
}

/** Adds dz·factor to the gradient of a weight, a sum of so many products in all. */
export function addContribution(
  sumSoFar: Bounded,
  { value, magnitude, error }: Bounded,
  factor: number,
  count: number,
): void {
  if (factor === 0 || isZero(magnitude)) return;
  const size = exact(Math.abs(factor));
  const all = product(sum(error, product(boundOfSum(count), magnitude)), size);
  accumulate(sumSoFar, product(value, exact(factor)), product(magnitude, size), all);
}

/** Adds a number to a sum in doubles, which rounds once more; to nothing it is exact. */
function addTerm(bounded: Bounded, term: number): void {
  const rounds = !isZero(bounded.magnitude) && term !== 0;
  accumulate(bounded, exact(term), exact(Math.abs(term)), ZERO);
  if (rounds) bounded.error = sum(bounded.error, product(EPSILON, bounded.magnitude));
}

function addTo(single: Bounded, value: Ball): void {
  single.value = single.value === ZERO ? value : sum(single.value, value);
  single.magnitude = ONE;
}

function accumulate(bounded: Bounded, value: Ball, magnitude: Ball, error: Ball): void {
  bounded.value = sum(bounded.value, value);
  bounded.magnitude = sum(bounded.magnitude, upperBound(magnitude));
  bounded.error = sum(bounded.error, upperBound(error));
}

/** The sum as a reference entry: of one step rounded once. */
export function expected({ value, magnitude, error, isSingle }: Bounded): Expected {
  if (isSingle) return new RoundedOnce(value);
  return expect(value, isZero(magnitude) ? ZERO : sum(error, underflowOf(value, magnitude)));
}
