import { diagonal, type Matrix, rowOf } from "../linalg/matrix.ts";
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
    for (let j = 0; j < rows.rows; j++) {
      const row = rowOf(rows, j);
      const own = scaleVector(row);
      row.set(own.scaled);
      const size = orthonormalise(row, rows, j);
      this.#sums[j] += Math.log(size) + (own.exponent + exponent) * Math.LN2;
    }
    this.#putLostLast(rows);
    this.#basis = apart(rows);
    this.#steps += 1;
  }

  /**
   * Directions of which nothing is left go behind the others, with their sums, and any others in their place keep the
   * basis whole. Further in front those would take over the growth of the directions behind them.
   */
  #putLostLast(rows: Matrix): void {
    const isLost = (j: number) => rowOf(rows, j).every((entry) => entry === 0);
    const order = [...this.#sums.keys()];
    const kept = order.filter((j) => !isLost(j));
    if (kept.length === order.length) return;
    const lost = order.filter(isLost);
    this.#sums = Float64Array.from([...kept, ...lost], (j) => this.#sums[j]);
    kept.forEach((from, to) => {
      rowOf(rows, to).set(rowOf(rows, from));
    });
    for (let j = kept.length; j < rows.rows; j++) {
      const row = rowOf(rows, j).fill(0);
      for (let seed = 1; row.every((entry) => entry === 0); seed++) {
        row.set(arbitraryUnitVector(row.length, seed));
        orthonormalise(row, rows, j);
      }
    }
  }

  /** [2H], descending; null for −∞, or for what is so far below the others that rounding hides it. */
  values(): (number | null)[] {
    const means = this.#sums.map((sum) => sum / this.#steps).sort((a, b) => b - a);
    return Array.from(means, (mean) => (Number.isFinite(mean) ? mean : null));
  }
}
