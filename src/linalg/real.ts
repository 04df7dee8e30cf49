/**
 * Real numbers as head + tail: a head that is exact and never rounded, and a ball. A gate that saturates is 1 − S: where all of S
 * lies below what the result's last digit shows, its sign still decides a tie.
 */
import * as ball from "./ball.ts";
import {
  type Ball,
  exactly,
  isZero,
  magnitudeOf,
  minus,
  negative,
  ONE,
  signOf,
  timesPowerOfTwo,
  ZERO,
} from "./ball.ts";
import { exp } from "./ball-exp.ts";
import { addExactly, productError } from "./error-free.ts";

export interface Real {
  /** Of radius 0. */
  readonly head: Ball;
  readonly tail: Ball;
}

/** A function's value and its derivative at the same argument. */
export interface ValueAndDerivative<T> {
  readonly value: T;
  readonly derivative: T;
}

const HALF = timesPowerOfTwo(ONE, -1n);
const QUARTER = timesPowerOfTwo(ONE, -2n);

const exact = (head: Ball): Real => ({ head, tail: ZERO });

/** Arithmetic whose tails are rounded to so many bits. */
export class RealArithmetic {
  readonly bits: number;

  constructor(bits: number) {
    this.bits = bits;
  }

  double(value: number): Real {
    return exact(exactly(value));
  }

  /** a·b of doubles: a product and its error are two doubles, except far out. */
  dot(a: Float64Array, b: Float64Array): Real {
    const parts: number[] = [];
    const others: Ball[] = [];
    for (let k = 0; k < a.length; k++) {
      const product = a[k] * b[k];
      const error = productError(a[k], b[k], product);
      if (Math.abs(product) > 2 ** -900 && Math.abs(product) < 2 ** 900 && Number.isFinite(error)) {
        addExactly(parts, product);
        addExactly(parts, error);
      } else others.push(ball.times(exactly(a[k]), exactly(b[k])));
    }
    return exact(ball.sum([...others, ...parts.map(exactly)]));
  }

  plus(a: Real, b: Real): Real {
    return { head: ball.plus(a.head, b.head), tail: this.#sum(a.tail, b.tail) };
  }

  times(a: Real, b: Real): Real {
    const rest = this.#sum(b.head, b.tail);
    return {
      head: ball.times(a.head, b.head),
      tail: this.#sum(this.#product(a.head, b.tail), this.#product(a.tail, rest)),
    };
  }

  /** a / b for b ≠ 0 */
  over(a: Real, b: Real): Real {
    return { head: ZERO, tail: ball.over(this.toBall(a), this.toBall(b), this.bits) };
  }

  /** √a for a ≥ 0 */
  root({ head, tail }: Real): Real {
    return { head: ZERO, tail: ball.squareRoot(ball.plus(head, tail), this.bits) };
  }

  /** With so many bits after the point, and as many digits at least. */
  toBall({ head, tail }: Real): Ball {
    const size = isZero(head) ? 0n : magnitudeOf(head)!;
    return ball.plus(head, tail, this.bits + Math.max(0, Number(size)));
  }

  /** Of z > 0 with the share S/(1 + S), S = e^{-z}: σ(z) = 1 − share, σ'(z) = share − share². */
  sigmoid(z: Real): ValueAndDerivative<Real> {
    const x = this.toBall(z);
    const sign = signOf(x);
    // around zero: σ is ½ ± |x|/4, σ' is ¼ ± x²/16
    if (!sign) {
      const value = { head: HALF, tail: timesPowerOfTwo(within(x), -2n) };
      return { value, derivative: { head: QUARTER, tail: timesPowerOfTwo(within(ball.times(x, x)), -4n) } };
    }
    const share = shareOf(exp(minusAbsolute(x), this.bits), this.bits);
    const value = sign > 0 ? { head: ONE, tail: negative(share) } : { head: ZERO, tail: share };
    return { value, derivative: { head: ZERO, tail: minus(share, this.#product(share, share), this.bits) } };
  }

  /** Of x > 0 with the share E/(1 + E), E = e^{-2x}: tanh(x) = 1 − 2 share = (1 − E)/(1 + E), tanh'(x) = 4(share − share²). */
  tanh(number: Real): ValueAndDerivative<Real> {
    const x = this.toBall(number);
    const sign = signOf(x);
    const size = magnitudeOf(x) ?? 0n;
    // |tanh x| ≤ |x|, and 1 − x² ≤ sech² x ≤ 1
    if (!sign) {
      return { value: { head: ZERO, tail: within(x) }, derivative: { head: ONE, tail: within(ball.times(x, x)) } };
    }
    // x(1 − x²/3) ≤ tanh x ≤ x for x > 0, and the same for sech²
    if (2n * size < BigInt(-this.bits)) {
      const spread = { mantissa: 0n, exponent: 2n * size, radius: 1n };
      const tail = this.#sum(x, this.#product(x, spread));
      return { value: { head: ZERO, tail }, derivative: { head: ONE, tail: spread } };
    }
    // 1 − E cancels as many bits as x is small
    const wide = this.bits + Math.max(0, 4 - Number(size));
    const e = exp(timesPowerOfTwo(minusAbsolute(x), 1n), wide);
    const share = shareOf(e, wide);
    const positive: Real =
      size > 0n
        ? { head: ONE, tail: timesPowerOfTwo(negative(share), 1n) }
        : { head: ZERO, tail: ball.over(minus(ONE, e, wide), ball.plus(ONE, e, wide), this.bits) };
    const value = sign > 0 ? positive : { head: negative(positive.head), tail: negative(positive.tail) };
    const product = minus(share, this.#product(share, share), this.bits);
    return { value, derivative: { head: ZERO, tail: timesPowerOfTwo(product, 2n) } };
  }

  #sum(a: Ball, b: Ball): Ball {
    return ball.plus(a, b, this.bits);
  }

  #product(a: Ball, b: Ball): Ball {
    return ball.times(a, b, this.bits);
  }
}

/** e/(1 + e) */
function shareOf(e: Ball, bits: number): Ball {
  return ball.over(e, ball.plus(ONE, e, bits), bits);
}

function minusAbsolute(x: Ball): Ball {
  return x.mantissa < 0n ? x : negative(x);
}

/** All numbers no larger than the largest of the ball. */
function within({ mantissa, exponent, radius }: Ball): Ball {
  return { mantissa: 0n, exponent, radius: (mantissa < 0n ? -mantissa : mantissa) + radius };
}
