/**
 * Real numbers to any precision, enclosed: a ball is all numbers within radius of its centre, mantissa · 2^exponent, the radius
 * in the same unit. The exponent has no limit, e^{-1e200} is a number like others; radius 0 means exact. Every operation
 * returns a ball that holds its true result for all numbers in its operands, its centre rounded to so many bits; where no
 * bits are given it is exact for exact operands.
 * Source: J. van der Hoeven, "Ball arithmetic" (2009); F. Johansson, "Arb", IEEE Trans. Comput. 66 (2017).
 */

export interface Ball {
  readonly mantissa: bigint;
  readonly exponent: bigint;
  readonly radius: bigint;
}

export const ZERO: Ball = { mantissa: 0n, exponent: 0n, radius: 0n };
export const ONE: Ball = { mantissa: 1n, exponent: 0n, radius: 0n };

const word = new DataView(new ArrayBuffer(8));

/** A finite double, exactly. */
export function exactly(double: number): Ball {
  if (double === 0) return ZERO;
  word.setFloat64(0, double);
  const high = word.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  const significand = (biased === 0 ? 0 : 2 ** 52) + (high & 0xfffff) * 2 ** 32 + word.getUint32(4);
  const exponent = BigInt(Math.max(biased, 1) - 1075);
  return { mantissa: BigInt(double < 0 ? -significand : significand), exponent, radius: 0n };
}

/** −a */
export function negative({ mantissa, exponent, radius }: Ball): Ball {
  return { mantissa: -mantissa, exponent, radius };
}

/** a · 2^k */
export function timesPowerOfTwo({ mantissa, exponent, radius }: Ball, k: bigint): Ball {
  return { mantissa, exponent: exponent + k, radius };
}

/** The sign that all numbers of the ball have; null where they differ. */
export function signOf({ mantissa, radius }: Ball): -1 | 0 | 1 | null {
  if (radius === 0n && mantissa === 0n) return 0;
  if (mantissa > radius) return 1;
  return mantissa < -radius ? -1 : null;
}

/** An exponent k with |x| < 2^k for all x in the ball, at most 3 more than the smallest; null for exactly 0. */
export function magnitudeOf({ mantissa, exponent, radius }: Ball): bigint | null {
  const largest = (mantissa < 0n ? -mantissa : mantissa) + radius;
  return largest === 0n ? null : exponent + BigInt(bitLength(largest) + 1);
}

/** The same with its centre rounded to so many bits. A radius of more than a few bits leaves no use for those below it. */
export function rounded(ball: Ball, bits: number): Ball {
  if (bits === Number.POSITIVE_INFINITY && ball.radius === 0n) return ball;
  const excess = Math.max(bitLength(ball.mantissa) - bits, bitLength(ball.radius) - RADIUS_BITS);
  return excess > 0 ? without(ball, BigInt(excess)) : ball;
}

const RADIUS_BITS = 30;

/** Without so many of its last bits: what is shifted out of the mantissa is less than one unit, and so is that of the radius. */
function without({ mantissa, exponent, radius }: Ball, bits: bigint): Ball {
  const kept = mantissa < 0n ? -(-mantissa >> bits) : mantissa >> bits;
  const isExact = radius === 0n && kept << bits === mantissa;
  return { mantissa: kept, exponent: exponent + bits, radius: isExact ? 0n : (radius >> bits) + 2n };
}

/** a + b */
export function plus(a: Ball, b: Ball, bits = Number.POSITIVE_INFINITY): Ball {
  if (isZero(a)) return rounded(b, bits);
  if (isZero(b)) return rounded(a, bits);
  const gap = a.exponent - b.exponent;
  // so far apart that of the two one may be no more than a rounding error of the other
  if (gap > bits || -gap > bits) {
    const [top, other] = [magnitudeOf(a)!, magnitudeOf(b)!];
    const last = (top > other ? top : other) - BigInt(bits) - 4n;
    return sumOf(
      last > a.exponent ? without(a, last - a.exponent) : a,
      last > b.exponent ? without(b, last - b.exponent) : b,
      bits,
    );
  }
  return sumOf(a, b, bits);
}

function sumOf(a: Ball, b: Ball, bits: number): Ball {
  const [high, low] = a.exponent >= b.exponent ? [a, b] : [b, a];
  const gap = high.exponent - low.exponent;
  const mantissa = (high.mantissa << gap) + low.mantissa;
  return rounded({ mantissa, exponent: low.exponent, radius: (high.radius << gap) + low.radius }, bits);
}

/** Σ aₖ of exact numbers, exactly: all at the exponent of the smallest. */
export function sum(numbers: readonly Ball[]): Ball {
  const terms = numbers.filter(({ mantissa }) => mantissa !== 0n);
  const exponent = terms.reduce(
    (least, term) => (term.exponent < least ? term.exponent : least),
    terms[0]?.exponent ?? 0n,
  );
  const mantissa = terms.reduce((total, term) => total + (term.mantissa << (term.exponent - exponent)), 0n);
  return { mantissa, exponent, radius: 0n };
}

/** a − b */
export function minus(a: Ball, b: Ball, bits = Number.POSITIVE_INFINITY): Ball {
  return plus(a, negative(b), bits);
}

/** a · b:  |a r_b| + |b r_a| + r_a r_b */
export function times(a: Ball, b: Ball, bits = Number.POSITIVE_INFINITY): Ball {
  const mantissa = a.mantissa * b.mantissa;
  const radius =
    a.radius === 0n && b.radius === 0n
      ? 0n
      : absolute(a.mantissa) * b.radius + absolute(b.mantissa) * a.radius + a.radius * b.radius;
  return rounded({ mantissa, exponent: a.exponent + b.exponent, radius }, bits);
}

/**
 * a / b. With the quotient q of the centres (a + δ)/(b + ε) − q = (δ − qε)/(b + ε), and the integer quotient is short of q by
 * less than one unit.
 * @throws {RangeError} where b may be zero
 */
export function over(a: Ball, b: Ball, bits: number): Ball {
  const divisor = absolute(b.mantissa);
  if (divisor <= b.radius) throw new RangeError("a division by a ball that holds zero");
  if (isZero(a)) return ZERO;
  const shift = BigInt(Math.max(0, bits + 2 + bitLength(divisor) - bitLength(a.mantissa)));
  const dividend = a.mantissa << shift;
  const mantissa = dividend / b.mantissa;
  const exponent = a.exponent - b.exponent - shift;
  if (a.radius === 0n && b.radius === 0n) {
    const radius = mantissa * b.mantissa === dividend ? 0n : 1n;
    return rounded({ mantissa, exponent, radius }, bits);
  }
  const spread = (a.radius << shift) + (absolute(mantissa) + 1n) * b.radius;
  return rounded({ mantissa, exponent, radius: spread / (divisor - b.radius) + 2n }, bits);
}

/**
 * √a, exact for squares. Of a ball that reaches below zero, of its numbers that have a root.
 * @throws {RangeError} where all of a is negative
 */
export function squareRoot(a: Ball, bits: number): Ball {
  const high = a.mantissa + a.radius;
  if (high < 0n) throw new RangeError("the square root of a negative ball");
  if (high === 0n) return ZERO;
  const missing = Math.max(0, 2 * bits + 2 - bitLength(high));
  const shift = BigInt(missing) + ((BigInt(missing) + a.exponent) & 1n);
  const exponent = (a.exponent - shift) / 2n;
  const low = a.mantissa - a.radius;
  const mantissa = low <= 0n ? 0n : integerRoot(low << shift);
  if (a.radius === 0n) {
    return rounded({ mantissa, exponent, radius: mantissa * mantissa === high << shift ? 0n : 1n }, bits);
  }
  return rounded({ mantissa, exponent, radius: integerRoot(high << shift) + 1n - mantissa }, bits);
}

/** ⌊√n⌋ by Newton's iteration from above, which ends where it no longer falls. */
export function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt((bitLength(n) >> 1) + 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** How many bits |n| has, or one more; 0 for 0. */
export function bitLength(n: bigint): number {
  let length = 0;
  let left = n;
  for (;;) {
    const size = Math.abs(Number(left));
    if (size === 0) return length;
    if (size < Number.POSITIVE_INFINITY) return length + Math.floor(Math.log2(size)) + 1;
    left >>= 960n;
    length += 960;
  }
}

export function isZero({ mantissa, radius }: Ball): boolean {
  return mantissa === 0n && radius === 0n;
}

function absolute(n: bigint): bigint {
  return n < 0n ? -n : n;
}
