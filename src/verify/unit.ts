/**
 * One unit of one step in high precision, independent of the closed forms, and its central differences:
 *
 *     σ(z) = 1/(1 + e^{-z})     tanh(z) = (e^{2z} − 1)/(e^{2z} + 1)     c_t = f c_{t-1} + i u     h_t = o tanh(c_t)
 */

import { GATES, type Gate, type Output } from "../lstm/names.ts";
import { bits, sum } from "./arithmetic.ts";
import { type Ball, negate, ONE, timesPowerOfTwo, topOf, upperBound, widened, ZERO } from "./ball.ts";
import { exponentialMinusOne, minus, plus, reciprocal, scaled, still, type TwoSided, times } from "./two-sided.ts";

/** Where a unit stands: the pre-activations of the gates that the cell has, and c_{t-1}. */
export interface UnitState {
  readonly z: Readonly<Partial<Record<Gate, Ball>>>;
  readonly c_prev: Ball;
}

/** What a unit's outputs depend on: z_f, z_i, z_o, z_u, c_{t-1}. */
export const UNIT_INPUTS = [...GATES, "c_prev"] as const;
export type UnitInput = (typeof UNIT_INPUTS)[number];

export type UnitOutputs = Readonly<Partial<Record<Output, Ball>>>;

type Gates = Partial<Record<Gate, TwoSided>>;

const TWO = timesPowerOfTwo(ONE, 1);

/** The step is 2^−q of the radius within which the truncation error is bounded, q = 100 for 256 bits. */
const stepBits = () => Math.floor(0.39 * bits) + 1;

export class Unit {
  readonly #state: UnitState;
  readonly #gates: Gates;

  constructor({ z, c_prev }: UnitState) {
    this.#state = { z, c_prev };
    this.#gates = Object.fromEntries(GATES.flatMap((g) => (z[g] ? [[g, activation(g)(still(z[g]))]] : [])));
  }

  /** The outputs themselves. */
  values(): UnitOutputs {
    return mapOutputs(forward(this.#gates, still(this.#state.c_prev)), ({ mean }) => mean);
  }

  /**
   * (F(+δ) − F(−δ))/2δ with the input moved by ±δ, for every output F; 0 exactly where F does not depend on it.
   *
   * The radius holds ∂F/∂input itself. With δ = 2^−q ρ the truncation error is at most 1.1(M/ρ)2^−2q, where M bounds
   * |F(ζ) − F(0)| for complex shifts |ζ| = ρ (Cauchy's estimate of the Taylor coefficients). For |w| ≤ 1/8,
   * |σ(z + w) − σ(z)| = σ'(z)|e^w − 1|/|1 + σ(z)(e^w − 1)| ≤ 1.24 σ'(z)|w|, and likewise |tanh(c + w) − tanh(c)| ≤
   * 1.24 tanh'(c)|w| for |w| ≤ 1/16, since tanh(c) = 2σ(2c) − 1. An input moves one factor of one product, and c_t by at
   * most 1.24(¼|c_{t-1}| + 1)ρ ≤ 1/16 for ρ = 1/(16(|c_{t-1}| + 2)): so M ≤ 1.24² ρ|∂F/∂input|.
   */
  difference(input: UnitInput): UnitOutputs {
    const { z, c_prev } = this.#state;
    const top = topOf(upperBound(sum(upperBound(c_prev), TWO)));
    const q = stepBits();
    const exponent = -(4 + top + q);
    const delta = timesPowerOfTwo(ONE, exponent);
    const isMemory = input === "c_prev";
    const mean = isMemory ? undefined : z[input];
    const moved = isMemory || !mean ? {} : { [input]: activation(input)({ mean, half: delta }) };
    const outputs = forward({ ...this.#gates, ...moved }, { mean: c_prev, half: isMemory ? delta : ZERO });
    return mapOutputs(outputs, ({ half }) => {
      const slope = timesPowerOfTwo(half, -exponent);
      return widened(slope, timesPowerOfTwo(upperBound(slope), 1 - 2 * q), bits);
    });
  }
}

/** c_t, tanh(c_t) and h_t, as far as the gates are there. */
function forward(gates: Gates, c_prev: TwoSided): Partial<Record<Output, TwoSided>> {
  const { f, i, o, u } = gates;
  if (!f || !i || !u) return gates;
  const c_t = plus(times(f, c_prev), times(i, u));
  const tanh_c_t = tanh(c_t);
  return { ...gates, c_t, tanh_c_t, ...(o ? { h_t: times(o, tanh_c_t) } : {}) };
}

function activation(g: Gate): (z: TwoSided) => TwoSided {
  return g === "u" ? tanh : sigmoid;
}

/** σ(z) = 1/(1 + e^{-z}) */
function sigmoid(z: TwoSided): TwoSided {
  return reciprocal(plus(exponentialMinusOne(minus(within(z))), still(TWO)));
}

/** tanh(z) = (e^{2z} − 1)/(e^{2z} + 1), at −|z|: there nothing cancels. */
function tanh(z: TwoSided): TwoSided {
  const mirrored = z.mean.m > 0n;
  const power = exponentialMinusOne(scaled(within(mirrored ? minus(z) : z), 1));
  const value = times(power, reciprocal(plus(power, still(TWO))));
  return mirrored ? minus(value) : value;
}

/** Beyond it a derivative of σ or tanh is below 2^(−2^40), whatever doubles it is multiplied with. */
const SATURATED = timesPowerOfTwo(ONE, 40);

function within({ mean, half }: TwoSided): TwoSided {
  if (topOf(mean) <= topOf(SATURATED)) return { mean, half };
  return { mean: mean.m < 0n ? negate(SATURATED) : SATURATED, half };
}

function mapOutputs(outputs: Partial<Record<Output, TwoSided>>, of: (output: TwoSided) => Ball): UnitOutputs {
  return Object.fromEntries(Object.entries(outputs).map(([key, output]) => [key, of(output)]));
}
