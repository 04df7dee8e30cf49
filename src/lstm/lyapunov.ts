import { diagonal, rowOf, zeros } from "../linalg/matrix.ts";
import { scaleVector } from "../linalg/norm.ts";
import { arbitraryUnitVector, orthonormalise } from "../linalg/orthonormal.ts";
import { apart, beside, type StateColumns, type StateJacobian, tamed, timesTransposedStep } from "./state-jacobian.ts";

/**
 * The Lyapunov exponents of a run, in nats a step: S_t Q_{t-1} = Q_t R_t from Q_0 = I, and the j-th exponent is the mean
 * of log|R_jj| over the steps. For a finite run they depend on where it starts, and on how long it is.
 * Source: R. Engelken, F. Wolf, L. F. Abbott, "Lyapunov spectra of chaotic recurrent neural networks" (2020); R. Vogt,
 * M. Puelma Touzel, E. Shlizerman, G. Lajoie, "On Lyapunov exponents for RNNs" (2020).
 */
export class LyapunovExponents {
  /** Qᵀ, so that the vectors are rows. */
  #basis: StateColumns;
  #sums: Float64Array;
  #steps = 0;

  constructor(hiddenSize: number) {
    this.#basis = apart(diagonal(new Float64Array(2 * hiddenSize).fill(1)));
    this.#sums = new Float64Array(2 * hiddenSize);
  }

  /** How many steps they rest on. */
  get steps(): number {
    return this.#steps;
  }

  /** Takes the next step's Jacobian S_t into account. */
  add(step: StateJacobian): void {
    const { scaled, exponent } = tamed(step);
    const rows = beside(timesTransposedStep(this.#basis, scaled));
    const basis = zeros(rows.rows, rows.cols);
    const sums = new Float64Array(rows.rows).fill(Number.NEGATIVE_INFINITY);
    let count = 0;
    for (let j = 0; j < rows.rows; j++) {
      const { scaled: direction, exponent: own } = scaleVector(rowOf(rows, j));
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
    this.#basis = apart(basis);
    this.#sums = sums;
    this.#steps += 1;
  }

  /** [2H], descending; null for −∞, or for what is so far below the others that rounding hides it. */
  values(): (number | null)[] {
    const means = this.#sums.map((sum) => sum / this.#steps).sort((a, b) => b - a);
    return Array.from(means, (mean) => (Number.isFinite(mean) ? mean : null));
  }
}
