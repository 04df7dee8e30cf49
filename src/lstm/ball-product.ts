/** ∂s_T/∂s_0 in balls, at the states rounded to doubles: what is proved of it is true of the exact Jacobians' product. */
import { type Ball, exactly, isZero, ONE, plus, times, ZERO } from "../linalg/ball.ts";
import { determinant } from "../linalg/determinant.ts";
import type { Matrix } from "../linalg/matrix.ts";
import type { RealArithmetic } from "../linalg/real.ts";
import { realArithmetic } from "../linalg/real-rounding.ts";
import type { RealVector } from "../linalg/real-vector.ts";
import type { Cell } from "./cell.ts";
import { byCellState, byOutputGate, sensitivity } from "./equations.ts";
import type { Trace } from "./forward.ts";
import { byGate, type Gate } from "./names.ts";
import { requireGates } from "./requirements.ts";
import { type Open, ZeroPattern } from "./zero-pattern.ts";

export class BallProduct {
  readonly #bits: number;
  readonly #arithmetic: RealArithmetic;
  /** U_g as balls, by rows. */
  readonly #weights: Readonly<Record<Gate, readonly (readonly Ball[])[]>>;
  /** ∂h_t/∂s_0 and ∂c_t/∂s_0 [H × 2H], by rows. */
  #h: Ball[][];
  #c: Ball[][];
  #determinant: Ball = ONE;
  readonly #outputDeterminant: Ball;
  readonly #pattern: ZeroPattern;

  constructor(cell: Cell, bits: number) {
    const { gates, hiddenSize: n } = requireGates(cell, "h_t");
    this.#bits = bits;
    this.#arithmetic = realArithmetic(bits);
    this.#weights = byGate((g) => ballRows(gates[g].U));
    const unit = (row: number) => Array.from({ length: 2 * n }, (_, k) => (k === row ? ONE : ZERO));
    this.#h = Array.from({ length: n }, (_, r) => unit(r));
    this.#c = Array.from({ length: n }, (_, r) => unit(n + r));
    this.#outputDeterminant = determinant(this.#weights.o);
    this.#pattern = new ZeroPattern(this.#weights);
  }

  /**
   * The columns of ∂s_t/∂s_0 [2H × 2H], without those that are linear combinations of the ones before them whatever the
   * slopes are.
   */
  get columns(): Ball[][] {
    const rows = [...this.#h, ...this.#c];
    return this.#pattern.isIndependent.flatMap((isIndependent, k) =>
      isIndependent ? [rows.map((row) => row[k])] : [],
    );
  }

  /** ± det ∂s_t/∂s_0 = Π det T_o det F, T_o = diag(tanh(c_t) ∘ σ'(z_o)) U_o, F = diag(f): of factors, with nothing to cancel. */
  get determinant(): Ball {
    return this.#determinant;
  }

  /**
   * The next step, by its factors: with dz_g = U_g ∂h_{t-1},
   *
   *     ∂c_t = c_{t-1} ∘ σ'(z_f) ∘ dz_f + u ∘ σ'(z_i) ∘ dz_i + i ∘ tanh'(z_u) ∘ dz_u + f ∘ ∂c_{t-1}
   *     ∂h_t = tanh(c_t) ∘ σ'(z_o) ∘ dz_o + o ∘ (1 − tanh²c_t) ∘ ∂c_t
   */
  add({ numbers, cell }: Trace): void {
    const bits = this.#bits;
    const n = cell.hiddenSize;
    const before = this.#h;
    const next: Ball[][] = [];
    const open: Open[] = [];
    const { preactivation, c_prev } = sensitivity(numbers, "c_t");
    const sensitivities = { ...preactivation, o: byOutputGate(numbers) };
    const onwards = byCellState(numbers);
    const ballOf = (vector: RealVector, r: number) => this.#arithmetic.toBall(vector.exactly(this.#arithmetic, r));
    this.#determinant = times(this.#determinant, this.#outputDeterminant, bits);
    for (let r = 0; r < n; r++) {
      const coefficients = byGate((g) => ballOf(sensitivities[g]!, r));
      const f = ballOf(c_prev!, r);
      const byCell = ballOf(onwards, r);
      const isOpen = (g: Gate) => !isZero(coefficients[g]);
      open.push({ f: isOpen("f"), i: isOpen("i"), o: isOpen("o"), u: isOpen("u"), kept: !isZero(f) });
      this.#determinant = times(this.#determinant, times(coefficients.o, f, bits), bits);
      const through = (g: Gate, k: number) =>
        isZero(coefficients[g]) ? ZERO : times(coefficients[g], this.#dot(this.#weights[g][r], before, k), bits);
      const own = this.#c[r];
      this.#c[r] = own.map((entry, k) =>
        plus(plus(through("f", k), through("i", k), bits), plus(through("u", k), times(f, entry, bits), bits), bits),
      );
      next.push(this.#c[r].map((entry, k) => plus(through("o", k), times(byCell, entry, bits), bits)));
    }
    this.#h = next;
    this.#pattern.add(open);
  }

  /** row · column k */
  #dot(row: readonly Ball[], rows: readonly (readonly Ball[])[], k: number): Ball {
    let sum = ZERO;
    for (let j = 0; j < row.length; j++) {
      const entry = rows[j][k];
      if (!isZero(row[j]) && !isZero(entry)) sum = plus(sum, times(row[j], entry, this.#bits), this.#bits);
    }
    return sum;
  }
}

function ballRows({ rows, cols, data }: Matrix): Ball[][] {
  return Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * cols, (r + 1) * cols), exactly));
}
