/**
 * Arithmetic of real numbers known to lie within a ball, in as many bits as it takes: every operation returns a ball that
 * holds its exact result for all numbers in the balls that it was given, so that a result proves itself.
 * Source: J. van der Hoeven, "Ball arithmetic" (2009); F. Johansson, "Arb", IEEE Trans. Computers 66 (2017).
 */

/** The numbers from (m − r)·2^e to (m + r)·2^e. */
export interface Ball {
  readonly m: bigint;
  readonly r: bigint;
  readonly e: number;
}

export const ZERO: Ball = { m: 0n, r: 0n, e: 0 };
export const ONE: Ball = { m: 1n, r: 0n, e: 0 };

/** A radius is kept to this many bits. */
const RADIUS_BITS = 30;

const view = new DataView(new ArrayBuffer(8));

/** A finite double, exactly. */
export function fromDouble(x: number): Ball {
  if (x === 0) return ZERO;
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const m = field === 0 ? fraction : fraction | (1n << 52n);
  return { m: x < 0 ? -m : m, r: 0n, e: Math.max(field, 1) - 1075 };
}

/** Whether it is 0 and nothing else. */
export function isZero({ m, r }: Ball): boolean {
  return m === 0n && r === 0n;
}

/** Whether 0 is one of its numbers. */
export function holdsZero({ m, r }: Ball): boolean {
  return abs(m) <= r;
}

export function negate({ m, r, e }: Ball): Ball {
  return { m: -m, r, e };
}

export function timesPower({ m, r, e }: Ball, k: number): Ball {
  return { m, r, e: e + k };
}

/** The exponent of a power of two above all of its numbers, by no more than 2^4; of zero, −Infinity. */
export function exponentAbove(ball: Ball): number {
  return isZero(ball) ? Number.NEGATIVE_INFINITY : ball.e + bitLength(abs(ball.m) + ball.r);
}

/** ln|ball| by its middle, and how far from it the logarithm may be; for a ball without zero. */
export function logarithm({ m, r, e }: Ball): { readonly value: number; readonly error: number } {
  const size = abs(m);
  const cut = Math.max(0, bitLength(size) - 64);
  const value = Math.log(Number(size >> BigInt(cut))) + (e + cut) * Math.LN2;
  // |ln(1 + t)| ≤ |t|/(1 − |t|)
  const room = Math.max(0, bitLength(size) - 900);
  const error = Number((r >> BigInt(room)) + 1n) / Number((size - r) >> BigInt(room));
  return { value, error: r === 0n ? 0 : error };
}

/** At least the number of bits of a, at most 3 more. */
export function bitLength(a: bigint): number {
  return (a < 0n ? -a : a).toString(16).length * 4;
}

export function abs(a: bigint): bigint {
  return a < 0n ? -a : a;
}

/** Sums, products and quotients in so many bits; with Infinity, sums and products of exact numbers are exact. */
export class BallArithmetic {
  readonly bits: number;

  constructor(bits: number) {
    this.bits = bits;
  }

  /** Cut to the bits that are kept: floor takes less than a unit from m, and less than one from r. */
  round(ball: Ball): Ball {
    const cut = Math.max(bitLength(ball.m) - this.bits, bitLength(ball.r) - RADIUS_BITS);
    return cut > 4 ? cutTo(ball, ball.e + cut) : ball;
  }

  add(a: Ball, b: Ball): Ball {
    if (isZero(a)) return b;
    if (isZero(b)) return a;
    const lowest = Math.max(exponentAbove(a), exponentAbove(b)) - this.bits - 8;
    const e = Math.max(Math.min(a.e, b.e), lowest);
    const [p, q] = [cutTo(a, e), cutTo(b, e)];
    return this.round({ m: p.m + q.m, r: p.r + q.r, e });
  }

  multiply(a: Ball, b: Ball): Ball {
    if (isZero(a) || isZero(b)) return ZERO;
    const m = a.m * b.m;
    const r = a.r === 0n && b.r === 0n ? 0n : abs(a.m) * b.r + (abs(b.m) + b.r) * a.r;
    return this.round({ m, r, e: a.e + b.e });
  }

  /** a / b for b without zero: |A/B − a/b| ≤ (|a|·r_b + |b|·r_a) / (|b|·(|b| − r_b)). */
  divide(a: Ball, b: Ball): Ball {
    if (isZero(a)) return ZERO;
    const size = abs(b.m);
    const shift = Math.max(0, this.bits + 8 + bitLength(size) - bitLength(a.m));
    const s = BigInt(shift);
    const m = (a.m << s) / b.m;
    const r = ((abs(a.m) * b.r + size * a.r) << s) / (size * (size - b.r)) + 2n;
    return this.round({ m, r, e: a.e - shift - b.e });
  }
}

/** The ball in units of 2^e. */
function cutTo(ball: Ball, e: number): Ball {
  if (ball.e >= e) {
    const up = BigInt(ball.e - e);
    return { m: ball.m << up, r: ball.r << up, e };
  }
  const down = BigInt(e - ball.e);
  return { m: ball.m >> down, r: (ball.r >> down) + 2n, e };
}
