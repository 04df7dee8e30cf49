import type { Ball } from "../linalg/ball.ts";
import { independentColumns, randomResidues, reduce, residueOf } from "../linalg/residue.ts";
import { GATES, type Gate } from "./names.ts";

/** Of a unit's step, what is not exactly zero: ∂·/∂z_g, and f. */
export type Open = Readonly<Record<Gate | "kept", boolean>>;

/**
 * Which columns of ∂s_T/∂s_0 are linear combinations of those before them whatever the gates' slopes are: because weights
 * are zero, rows of U dependent, or units the same. No number of bits tells that.
 *
 * An entry of the product is a polynomial in the slopes of all steps, its coefficients made of the weights. The pivots of
 * an elimination are quotients of minors; one that is the polynomial zero is zero for the slopes of the run. With random
 * slopes modulo a prime p, a minor of degree d that is not the polynomial zero is zero with a probability of at most d/p:
 * below 1e-14 for 10⁴ factors (J. T. Schwartz, "Fast probabilistic algorithms for verification of polynomial
 * identities", J. ACM 27 (1980)).
 */
export class ZeroPattern {
  readonly #weights: Readonly<Record<Gate, readonly (readonly bigint[])[]>>;
  readonly #random = randomResidues();
  #h: bigint[][];
  #c: bigint[][];

  constructor(weights: Readonly<Record<Gate, readonly (readonly Ball[])[]>>) {
    const residues = GATES.map((g) => [g, weights[g].map((row) => row.map(residueOf))]);
    this.#weights = Object.fromEntries(residues) as Record<Gate, bigint[][]>;
    const n = weights.o.length;
    const unit = (row: number) => Array.from({ length: 2 * n }, (_, k) => (k === row ? 1n : 0n));
    this.#h = Array.from({ length: n }, (_, r) => unit(r));
    this.#c = Array.from({ length: n }, (_, r) => unit(n + r));
  }

  /** The next step, by units, with random residues for its slopes: ∂c_t = Σ_g ∂c_t/∂z_g U_g ∂h_{t-1} + f ∘ ∂c_{t-1}. */
  add(units: readonly Open[]): void {
    const before = this.#h;
    const slope = (isOpen: boolean) => (isOpen ? this.#random() : 0n);
    const through = (g: Gate, r: number, isOpen: boolean) => {
      const factor = slope(isOpen);
      const read = this.#weights[g][r];
      return before[0].map((_, k) => factor * reduce(read.reduce((sum, weight, j) => sum + weight * before[j][k], 0n)));
    };
    this.#c = this.#c.map((own, r) => {
      const kept = slope(units[r].kept);
      const terms = (["f", "i", "u"] as const).map((g) => through(g, r, units[r][g]));
      return own.map((entry, k) => reduce(terms.reduce((sum, term) => sum + term[k], kept * entry)));
    });
    this.#h = this.#c.map((own, r) => {
      const byCell = this.#random();
      return through("o", r, units[r].o).map((entry, k) => reduce(entry + byCell * own[k]));
    });
  }

  /** Of each of the 2H columns whether it is no such combination. */
  get isIndependent(): boolean[] {
    return independentColumns([...this.#h, ...this.#c]);
  }
}
