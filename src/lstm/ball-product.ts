/** ∂s_T/∂s_0 in balls, at the states rounded to doubles: what is proved of it is true of the exact Jacobians' product. */
import { type Ball, isZero, ONE, plus, times, ZERO } from "../linalg/ball.ts";
import { ballRows, determinant } from "../linalg/determinant.ts";
import type { RealArithmetic } from "../linalg/real.ts";
import { realArithmetic } from "../linalg/real-rounding.ts";
import type { RealVector } from "../linalg/real-vector.ts";
import type { Cell } from "./cell.ts";
import { byCellState, byOutputGate, cellStateSensitivity } from "./equations.ts";
import { FactoredProduct } from "./factored-product.ts";
import type { FullTrace } from "./forward.ts";
import { byGate } from "./names.ts";
import { requireGates } from "./requirements.ts";
import { ZeroPattern } from "./zero-pattern.ts";

export class BallProduct {
  readonly #bits: number;
  readonly #arithmetic: RealArithmetic;
  readonly #product: FactoredProduct<Ball>;
  readonly #pattern: ZeroPattern;
  #determinant: Ball = ONE;
  readonly #outputDeterminant: Ball;

  constructor(cell: Cell, bits: number) {
    const { gates } = requireGates(cell, "h_t");
    this.#bits = bits;
    this.#arithmetic = realArithmetic(bits);
    const weights = byGate((g) => ballRows(gates[g].U));
    const ring = {
      ...{ zero: ZERO, one: ONE, isZero },
      plus: (a: Ball, b: Ball) => plus(a, b, bits),
      times: (a: Ball, b: Ball) => times(a, b, bits),
    };
    this.#product = new FactoredProduct(ring, weights);
    this.#pattern = new ZeroPattern(weights);
    this.#outputDeterminant = determinant(gates.o.U);
  }

  /**
   * The columns of ∂s_t/∂s_0 [2H × 2H], without those that are linear combinations of the ones before them whatever the
   * slopes are.
   */
  get columns(): Ball[][] {
    const { rows } = this.#product;
    return this.#pattern.isIndependent.flatMap((isIndependent, k) =>
      isIndependent ? [rows.map((row) => row[k])] : [],
    );
  }

  /** All columns, and the rank of ∂s_t/∂s_0 whatever the slopes are. */
  get matrix(): { readonly columns: Ball[][]; readonly rank: number } {
    const { rows } = this.#product;
    const columns = rows.map((_, k) => rows.map((row) => row[k]));
    return { columns, rank: this.#pattern.isIndependent.filter(Boolean).length };
  }

  /** ± det ∂s_t/∂s_0 = Π det T_o det F, T_o = diag(tanh(c_t) ∘ σ'(z_o)) U_o, F = diag(f): of factors, with nothing to cancel. */
  get determinant(): Ball {
    return this.#determinant;
  }

  /** Takes the next step's Jacobian into account. */
  add({ numbers, cell }: FullTrace): void {
    const { preactivation, c_prev } = cellStateSensitivity(numbers);
    const [o, byCell] = [byOutputGate(numbers), byCellState(numbers)];
    const A = this.#arithmetic;
    const units = Array.from({ length: cell.hiddenSize }, (_, r) => {
      const at = (vector: RealVector) => A.toBall(vector.exactly(A, r));
      const { f, i, u } = preactivation;
      return { f: at(f), i: at(i), o: at(o), u: at(u), kept: at(c_prev), byCell: at(byCell) };
    });
    this.#determinant = times(this.#determinant, this.#outputDeterminant, this.#bits);
    for (const { o, kept } of units)
      this.#determinant = times(this.#determinant, times(o, kept, this.#bits), this.#bits);
    this.#product.add(units);
    this.#pattern.add(units.map((unit) => ({ ...byGate((g) => !isZero(unit[g])), kept: !isZero(unit.kept) })));
  }
}
