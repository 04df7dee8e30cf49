import type { Ball } from "../linalg/ball.ts";
import { independentColumns, randomResidues, reduce, residueOf } from "../linalg/residue.ts";
import { FactoredProduct, type Ring } from "./factored-product.ts";
import { byGate, type Gate } from "./names.ts";

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
  readonly #random = randomResidues();
  readonly #product: FactoredProduct<bigint>;

  /** @param weights U_g, by rows */
  constructor(weights: Readonly<Record<Gate, readonly (readonly Ball[])[]>>) {
    this.#product = new FactoredProduct(
      RESIDUES,
      byGate((g) => weights[g].map((row) => row.map(residueOf))),
    );
  }

  /** The next step, by units, with random residues for its slopes. */
  add(units: readonly Open[]): void {
    const slope = (isOpen: boolean) => (isOpen ? this.#random() : 0n);
    this.#product.add(
      units.map((unit) => ({ ...byGate((g) => slope(unit[g])), kept: slope(unit.kept), byCell: slope(true) })),
    );
  }

  /** Of each of the 2H columns whether it is no such combination. */
  get isIndependent(): boolean[] {
    return independentColumns(this.#product.rows);
  }
}

const RESIDUES: Ring<bigint> = {
  zero: 0n,
  one: 1n,
  plus: (a, b) => reduce(a + b),
  times: (a, b) => reduce(a * b),
  isZero: (a) => a === 0n,
};
