import { diagonal, type Matrix, rowOf, transpose, zeros } from "../linalg/matrix.ts";
import { maxNorm, scaleVector } from "../linalg/norm.ts";
import { arbitraryUnitVector, orthonormalise } from "../linalg/orthonormal.ts";
import { exponentOf, scaleByPowerOfTwo } from "../linalg/scale.ts";
import type { ScaledMatrix } from "../linalg/scaled-matrix.ts";
import { type StateJacobian, stepTimes, wholeStep } from "./state-jacobian.ts";

/** Entries of a step up to 2^300 leave room for sums of 2H; beyond it the vectors are scaled. */
const ROOM = 300;

/**
 * The Lyapunov exponents of a run in doubles: S_t Q_{t-1} = Q_t R_t from Q_0 = I, and the j-th exponent is the mean of
 * log|R_jj| over the steps. {@link lyapunovSpectrum} tells what of them has a foundation.
 */
export class LyapunovExponents {
  /** Qᵀ, so that the vectors are rows. */
  #basis: Matrix;
  #sums: Float64Array;
  #steps = 0;
  readonly #noise: () => number;

  /** @param noise is added to every component of the vectors, relatively to their largest. */
  constructor(hiddenSize: number, noise: () => number = () => 0) {
    this.#basis = diagonal(new Float64Array(2 * hiddenSize).fill(1));
    this.#sums = new Float64Array(2 * hiddenSize);
    this.#noise = noise;
  }

  /** Takes the next step's Jacobian S_t into account. */
  add(step: StateJacobian): void {
    const { scaled, exponent } = scaledStepTimes(step, transpose(this.#basis));
    const rows = transpose(scaled);
    const basis = zeros(rows.rows, rows.cols);
    const sums = new Float64Array(rows.rows).fill(Number.NEGATIVE_INFINITY);
    let count = 0;
    for (let j = 0; j < rows.rows; j++) {
      const { scaled: direction, exponent: own } = scaleVector(rowOf(rows, j));
      if (direction.every((entry) => entry === 0)) continue;
      for (let k = 0; k < direction.length; k++) direction[k] += this.#noise();
      const size = orthonormalise(direction, basis, count);
      if (size === 0) continue;
      rowOf(basis, count).set(direction);
      sums[count] = this.#sums[j] + Math.log(size) + (own + exponent) * Math.LN2;
      count += 1;
    }
    // for those of which nothing is left, any others: behind the rest, from which they would else take something away
    for (let seed = 1; count < rows.rows; seed++) {
      const direction = rowOf(basis, count);
      direction.set(arbitraryUnitVector(rows.cols, seed));
      if (orthonormalise(direction, basis, count) > 0) count += 1;
    }
    this.#basis = basis;
    this.#sums = sums;
    this.#steps += 1;
  }

  /** [2H], descending; null for −∞, or for what is so far below the others that rounding hides it. */
  values(): (number | null)[] {
    return descending(Array.from(this.#sums, (sum) => (Number.isFinite(sum) ? sum / this.#steps : null)));
  }
}

/** S · right of vectors of length 1. */
export function scaledStepTimes(step: StateJacobian, right: Matrix): ScaledMatrix {
  const exponent = Math.max(0, exponentOf(maxNorm(wholeStep(step).data)) - ROOM);
  const data = right.data.map((entry) => scaleByPowerOfTwo(entry, -exponent));
  return { scaled: stepTimes(step, { ...right, data }), exponent };
}

/** The largest first, what there is no number for last. */
export function descending(values: readonly (number | null)[]): (number | null)[] {
  return values.toSorted((a, b) => (b ?? Number.NEGATIVE_INFINITY) - (a ?? Number.NEGATIVE_INFINITY) || 0);
}
