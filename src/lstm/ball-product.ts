/** ∂s_T/∂s_0 in balls, at the states rounded to doubles: what is proved of it is true of the exact Jacobians' product. */
import { type Ball, BallArithmetic, fromDouble, isZero, ONE, ZERO } from "../linalg/ball.ts";
import { determinant } from "../linalg/determinant.ts";
import type { Matrix } from "../linalg/matrix.ts";
import { type BallActivation, sigmoid, tanh } from "./ball-activation.ts";
import type { Cell } from "./cell.ts";
import type { Trace } from "./forward.ts";
import { GATES, type Gate } from "./names.ts";
import { requireGates } from "./requirements.ts";
import { type Open, ZeroPattern } from "./zero-pattern.ts";

/** A gate's weights as balls, by rows. */
interface BallWeights {
  readonly W: readonly (readonly Ball[])[] | null;
  readonly U: readonly (readonly Ball[])[];
  readonly b: readonly Ball[] | null;
}

/** Sums and products of doubles without a rounding. */
const EXACT = new BallArithmetic(Number.POSITIVE_INFINITY);

export class BallProduct {
  readonly #arithmetic: BallArithmetic;
  readonly #weights: Readonly<Record<Gate, BallWeights>>;
  /** ∂h_t/∂s_0 and ∂c_t/∂s_0 [H × 2H], by rows. */
  #h: Ball[][];
  #c: Ball[][];
  #determinant: Ball = ONE;
  readonly #outputDeterminant: Ball;
  readonly #pattern: ZeroPattern;

  constructor(cell: Cell, bits: number) {
    const { gates, hiddenSize: n } = requireGates(cell, "h_t");
    this.#arithmetic = new BallArithmetic(bits);
    const weights = GATES.map((g): [Gate, BallWeights] => {
      const { W, U, b } = gates[g];
      return [g, { W: W && ballRows(W), U: ballRows(U), b: b && Array.from(b, fromDouble) }];
    });
    this.#weights = Object.fromEntries(weights) as Record<Gate, BallWeights>;
    const unit = (row: number) => Array.from({ length: 2 * n }, (_, k) => (k === row ? ONE : ZERO));
    this.#h = Array.from({ length: n }, (_, r) => unit(r));
    this.#c = Array.from({ length: n }, (_, r) => unit(n + r));
    this.#outputDeterminant = determinant(this.#weights.o.U);
    this.#pattern = new ZeroPattern(
      Object.fromEntries(GATES.map((g) => [g, this.#weights[g].U])) as Record<Gate, Ball[][]>,
    );
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
  add({ h_prev, c_prev, cell }: Trace): void {
    const { add, multiply } = bound(this.#arithmetic);
    const n = cell.hiddenSize;
    const x = cell.state.x_t;
    const before = this.#h;
    const next: Ball[][] = [];
    const open: Open[] = [];
    this.#determinant = multiply(this.#determinant, this.#outputDeterminant);
    for (let r = 0; r < n; r++) {
      const gate = (g: Gate): BallActivation =>
        (g === "u" ? tanh : sigmoid)(this.#preactivation(g, r, x, h_prev), this.#arithmetic);
      const [f, i, o, u] = GATES.map(gate);
      const c = fromDouble(c_prev[r]);
      const ofState = tanh(add(multiply(f.value, c), multiply(i.value, u.value)), this.#arithmetic);
      const coefficients = {
        f: multiply(c, f.derivative),
        i: multiply(u.value, i.derivative),
        o: multiply(ofState.value, o.derivative),
        u: multiply(i.value, u.derivative),
      };
      const byCell = multiply(o.value, ofState.derivative);
      const isOpen = (g: Gate) => !isZero(coefficients[g]);
      open.push({ f: isOpen("f"), i: isOpen("i"), o: isOpen("o"), u: isOpen("u"), kept: !isZero(f.value) });
      this.#determinant = multiply(this.#determinant, multiply(coefficients.o, f.value));
      const through = (g: Gate, k: number) =>
        isZero(coefficients[g]) ? ZERO : multiply(coefficients[g], this.#dot(this.#weights[g].U[r], before, k));
      const own = this.#c[r];
      this.#c[r] = own.map((entry, k) =>
        add(add(through("f", k), through("i", k)), add(through("u", k), multiply(f.value, entry))),
      );
      next.push(this.#c[r].map((entry, k) => add(through("o", k), multiply(byCell, entry))));
    }
    this.#h = next;
    this.#pattern.add(open);
  }

  /** z_g of unit r, its sum exact. */
  #preactivation(g: Gate, r: number, x: Float64Array | null, h_prev: Float64Array): Ball {
    const { W, U, b } = this.#weights[g];
    let sum = b === null ? ZERO : b[r];
    const addProducts = (row: readonly Ball[], vector: Float64Array) => {
      for (let k = 0; k < row.length; k++) {
        if (vector[k] !== 0) sum = EXACT.add(sum, EXACT.multiply(row[k], fromDouble(vector[k])));
      }
    };
    if (W !== null && x !== null) addProducts(W[r], x);
    addProducts(U[r], h_prev);
    return sum;
  }

  /** row · column k */
  #dot(row: readonly Ball[], rows: readonly (readonly Ball[])[], k: number): Ball {
    let sum = ZERO;
    for (let j = 0; j < row.length; j++) {
      const entry = rows[j][k];
      if (!isZero(row[j]) && !isZero(entry)) sum = this.#arithmetic.add(sum, this.#arithmetic.multiply(row[j], entry));
    }
    return sum;
  }
}

function bound(arithmetic: BallArithmetic) {
  return {
    add: (a: Ball, b: Ball) => arithmetic.add(a, b),
    multiply: (a: Ball, b: Ball) => arithmetic.multiply(a, b),
  };
}

function ballRows({ rows, cols, data }: Matrix): Ball[][] {
  return Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * cols, (r + 1) * cols), fromDouble));
}
