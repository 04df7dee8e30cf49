import type { Gate } from "./names.ts";

/** What the entries of a product are made of. */
export interface Ring<T> {
  readonly zero: T;
  readonly one: T;
  plus(a: T, b: T): T;
  times(a: T, b: T): T;
  isZero(a: T): boolean;
}

/** Of a unit's step ∂c_t/∂z_f, ∂c_t/∂z_i, ∂c_t/∂z_u, ∂h_t/∂z_o; f; and ∂h_t/∂c_t. */
export type Factors<T> = Readonly<Record<Gate | "kept" | "byCell", T>>;

/** ∂s_t/∂s_0 with s = (h, c) from the factors of each step, over numbers of some kind. */
export class FactoredProduct<T> {
  readonly #ring: Ring<T>;
  readonly #weights: Readonly<Record<Gate, readonly (readonly T[])[]>>;
  #rows: readonly (readonly T[])[];

  /** @param weights U_g, by rows */
  constructor(ring: Ring<T>, weights: Readonly<Record<Gate, readonly (readonly T[])[]>>) {
    this.#ring = ring;
    this.#weights = weights;
    const size = 2 * weights.o.length;
    this.#rows = Array.from({ length: size }, (_, r) =>
      Array.from({ length: size }, (_, k) => (k === r ? ring.one : ring.zero)),
    );
  }

  /** [2H × 2H] by rows. */
  get rows(): readonly (readonly T[])[] {
    return this.#rows;
  }

  /**
   * The next step, by its units: with dz_g = U_g ∂h_{t-1},
   *
   *     ∂c_t = c_{t-1} ∘ σ'(z_f) ∘ dz_f + u ∘ σ'(z_i) ∘ dz_i + i ∘ tanh'(z_u) ∘ dz_u + f ∘ ∂c_{t-1}
   *     ∂h_t = tanh(c_t) ∘ σ'(z_o) ∘ dz_o + o ∘ (1 − tanh²c_t) ∘ ∂c_t
   */
  add(units: readonly Factors<T>[]): void {
    const { zero, plus, times, isZero } = this.#ring;
    const before = this.#rows;
    const through = (g: Gate, r: number, k: number) =>
      isZero(units[r][g]) ? zero : times(units[r][g], this.#dot(this.#weights[g][r], before, k));
    const c = units.map(({ kept }, r) =>
      before[units.length + r].map((entry, k) =>
        plus(plus(through("f", r, k), through("i", r, k)), plus(through("u", r, k), times(kept, entry))),
      ),
    );
    const h = units.map(({ byCell }, r) => c[r].map((entry, k) => plus(through("o", r, k), times(byCell, entry))));
    this.#rows = [...h, ...c];
  }

  /** row · column k */
  #dot(row: readonly T[], rows: readonly (readonly T[])[], k: number): T {
    const { zero, plus, times, isZero } = this.#ring;
    let sum = zero;
    for (let j = 0; j < row.length; j++) {
      const entry = rows[j][k];
      if (!isZero(row[j]) && !isZero(entry)) sum = plus(sum, times(row[j], entry));
    }
    return sum;
  }
}
