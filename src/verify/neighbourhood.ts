/**
 * The forward pass of one unit near one point, in high precision and independent of the closed forms:
 *
 *     σ(z) = 1/(1 + e^{-z})     tanh(z) = (1 − e^{-2z})/(1 + e^{-2z})     c_t = f c_{t-1} + i u     h_t = o tanh(c_t)
 */
import { GATES, type Gate } from "../lstm/names.ts";
import { arithmetic, type Decimal } from "./arithmetic.ts";
import type { Direction, UnitOutputs, UnitState } from "./unit.ts";

type Outputs = { -readonly [key in keyof UnitOutputs]: UnitOutputs[key] };

/** Digits that a difference is rounded to: more than it can have kept, fewer than the arithmetic. */
const RESULT_DIGITS = 45;

export class Neighbourhood {
  readonly #P: typeof Decimal;
  readonly #digits: number;
  readonly #state: UnitState;
  /** e^{-z} for f, i, o and e^{-2|z|} for u, so that a shifted gate costs a short series instead of an exponential. */
  readonly #exponentials: Partial<Record<Gate, Decimal>> = {};
  readonly #base: Outputs;
  /** e^{-2|c_t|} */
  readonly #cellExponential: Decimal | null = null;

  constructor(state: UnitState, digits: number) {
    const P = arithmetic(digits);
    this.#P = P;
    this.#digits = digits;
    this.#state = state;
    for (const g of GATES) {
      const z = state.z[g];
      if (z) this.#exponentials[g] = P.exp(g === "u" ? P.mul(P.abs(z), -2) : P.mul(z, -1));
    }
    this.#base = this.#gates({});
    const c_t = this.#cellState(this.#base, {});
    if (c_t === null) return;
    this.#base.c_t = c_t;
    this.#cellExponential = P.exp(P.mul(c_t.abs(), -2));
  }

  /** The outputs where the inputs have moved by the shifts, each at most 10⁻¹⁹. */
  at(shifts: Direction): UnitOutputs {
    const outputs = this.#gates(shifts);
    const c_t = this.#cellState(outputs, shifts);
    if (c_t === null) return outputs;
    outputs.c_t = c_t;
    const P = this.#P;
    outputs.tanh_c_t = this.#tanh(this.#base.c_t!, this.#cellExponential!, P.sub(c_t, this.#base.c_t!));
    if (outputs.o) outputs.h_t = P.mul(outputs.o, outputs.tanh_c_t);
    return outputs;
  }

  /** (F(+δ) − F(−δ))/2δ along the direction with δ = 10^exponent. */
  difference(direction: Direction, exponent: number): UnitOutputs {
    const P = this.#P;
    const delta = new P(`1e${exponent}`);
    const shifted = (sign: 1 | -1) =>
      Object.fromEntries(
        // a double may have 767 digits; short factors make the series cheap
        Object.entries(direction).map(([key, d]) => [
          key,
          P.mul(d.toSignificantDigits(RESULT_DIGITS), delta).times(sign),
        ]),
      );
    const ahead = this.at(shifted(1));
    const behind = this.at(shifted(-1));
    const scale = new P(`5e${-exponent - 1}`);
    const result: Outputs = {};
    for (const key of Object.keys(ahead) as (keyof UnitOutputs)[]) {
      result[key] = P.mul(P.sub(ahead[key]!, behind[key]!), scale).toSignificantDigits(RESULT_DIGITS);
    }
    return result;
  }

  #gates(shifts: Direction): Outputs {
    const P = this.#P;
    const gates: Outputs = {};
    for (const g of GATES) {
      const e = this.#exponentials[g];
      if (e === undefined) continue;
      const shift = shifts[g];
      if (shift === undefined && this.#base?.[g]) gates[g] = this.#base[g];
      else if (g === "u") gates.u = this.#tanh(this.#state.z.u!, e, shift ?? new P(0));
      else gates[g] = P.div(1, P.add(1, shift ? P.mul(e, this.#exp(shift.neg())) : e));
    }
    return gates;
  }

  /** c_t = f c_{t-1} + i u */
  #cellState({ f, i, u }: UnitOutputs, { c_prev: shift }: Direction): Decimal | null {
    const P = this.#P;
    if (!f || !i || !u) return null;
    return P.add(P.mul(f, shift ? P.add(this.#state.c_prev, shift) : this.#state.c_prev), P.mul(i, u));
  }

  /** tanh(x + shift), given e^{-2|x|} */
  #tanh(x: Decimal, exponential: Decimal, shift: Decimal): Decimal {
    const P = this.#P;
    const sign = x.isNeg() ? -1 : 1;
    const e = P.mul(exponential, this.#exp(P.mul(shift, -2 * sign)));
    return P.div(P.sub(1, e), P.add(1, e)).times(sign);
  }

  /** e^s for |s| ≤ 10⁻¹⁸ by its series, (N! + s(N!/1! + s(N!/2! + …)))/N!: every product but the last has a short factor. */
  #exp(s: Decimal): Decimal {
    const P = this.#P;
    if (s.isZero()) return new P(1);
    // |s| < 10^(s.e + 1), and what comes after s^terms is lost
    const terms = Math.ceil(this.#digits / -(s.e + 1));
    let coefficient = new P(1);
    let sum = coefficient;
    for (let k = terms; k > 0; k--) {
      coefficient = P.mul(coefficient, k);
      sum = P.add(coefficient, P.mul(s, sum));
    }
    return P.div(sum, coefficient);
  }
}
