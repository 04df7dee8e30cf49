/**
 * Numbers with two infinitesimals, v + a ε₁ + b ε₂ + c ε₁ε₂ with ε₁² = ε₂² = 0, in balls: what a function makes of x + ε₁ + ε₂ has
 * its second derivative as c, exactly. The rules are those of arithmetic and of e^x alone; nothing of the cell's closed forms.
 * Source: J. A. Fike, J. J. Alonso, "The development of hyper-dual numbers for exact second-derivative calculations" (2011).
 */
import { bits, product, quotient, sum } from "./arithmetic.ts";
import { type Ball, negate, ONE, timesPowerOfTwo, ZERO } from "./ball.ts";
import { exponentials } from "./ball-exp.ts";

export interface HyperDual {
  readonly value: Ball;
  readonly first: Ball;
  readonly second: Ball;
  readonly mixed: Ball;
}

export const constant = (value: Ball): HyperDual => ({ value, first: ZERO, second: ZERO, mixed: ZERO });

export function plus(a: HyperDual, b: HyperDual): HyperDual {
  return {
    value: sum(a.value, b.value),
    first: sum(a.first, b.first),
    second: sum(a.second, b.second),
    mixed: sum(a.mixed, b.mixed),
  };
}

export function minus({ value, first, second, mixed }: HyperDual): HyperDual {
  return { value: negate(value), first: negate(first), second: negate(second), mixed: negate(mixed) };
}

export function times(a: HyperDual, b: HyperDual): HyperDual {
  return {
    value: product(a.value, b.value),
    first: sum(product(a.value, b.first), product(a.first, b.value)),
    second: sum(product(a.value, b.second), product(a.second, b.value)),
    mixed: sum(
      product(a.value, b.mixed),
      product(a.mixed, b.value),
      product(a.first, b.second),
      product(a.second, b.first),
    ),
  };
}

/** 1/a: a·r = 1 in every part. */
export function reciprocal({ value, first, second, mixed }: HyperDual): HyperDual {
  const r = quotient(ONE, value);
  const r1 = negate(product(first, r, r));
  const r2 = negate(product(second, r, r));
  const rest = sum(product(mixed, r), product(first, r2), product(second, r1));
  return { value: r, first: r1, second: r2, mixed: negate(product(rest, r)) };
}

/** e^a − 1 */
export function exponentialMinusOne({ value, first, second, mixed }: HyperDual): HyperDual {
  const { power, lessOne } = exponentials(value, bits);
  return {
    value: lessOne,
    first: product(power, first),
    second: product(power, second),
    mixed: product(power, sum(mixed, product(first, second))),
  };
}

const TWO = timesPowerOfTwo(ONE, 1);

/** σ(z) = 1/(e^{-z} − 1 + 2) */
export function sigmoid(z: HyperDual): HyperDual {
  return reciprocal(plus(exponentialMinusOne(minus(z)), constant(TWO)));
}

/** tanh(z) = (e^{2z} − 1)/(e^{2z} − 1 + 2), at −|z|: there nothing cancels. */
export function tanh(z: HyperDual): HyperDual {
  const isMirrored = z.value.m > 0n;
  const at = isMirrored ? minus(z) : z;
  const power = exponentialMinusOne(plus(at, at));
  const value = times(power, reciprocal(plus(power, constant(TWO))));
  return isMirrored ? minus(value) : value;
}
