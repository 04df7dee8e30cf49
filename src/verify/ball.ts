/**
 * Real numbers of any precision with a bound of their own error: m·2^e ± r·2^e. Every operation rounds to the bits that it
 * is given, and its radius holds the exact result for all numbers of the balls that went in. A ball of radius 0 is exact.
 * The reference has an arithmetic of its own, so that it shares nothing with what it judges.
 * Source: J. van der Hoeven, "Ball arithmetic" (2009).
 */
import { absolute, bitLength, shifted } from "./big-integer.ts";

export interface Ball {
  readonly m: bigint;
  readonly e: number;
  /** ≥ 0, in units of 2^e */
  readonly r: bigint;
}

export const ZERO: Ball = { m: 0n, e: 0, r: 0n };
export const ONE: Ball = { m: 1n, e: 0, r: 0n };

const word = new DataView(new ArrayBuffer(8));

/** The double exactly. */
export function fromDouble(double: number): Ball {
  if (double === 1) return ONE;
  word.setFloat64(0, double);
  const high = word.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (biased === 0 ? 0 : 2 ** 52) + (high & 0xfffff) * 2 ** 32 + word.getUint32(4);
  if (fraction === 0) return ZERO;
  return { m: BigInt(double < 0 ? -fraction : fraction), e: Math.max(biased, 1) - 1075, r: 0n };
}

/** The midpoint as a double, rounded once to nearest, ties to even; ±Infinity beyond the doubles. */
export function toDouble(ball: Ball): number {
  const top = topOf(ball);
  if (top < -1074) return 0;
  if (top > 1024) return ball.m < 0n ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  // the last place that a double of this size has
  const last = Math.max(top - 53, -1074);
  const size = absolute(ball.m);
  const drop = last - ball.e;
  let kept = shifted(size, -drop);
  if (drop > 0) {
    const twice = 2n * (size - shifted(kept, drop));
    const unit = shifted(1n, drop);
    if (twice > unit || (twice === unit && kept % 2n === 1n)) kept += 1n;
  }
  const double = Number(kept) * 2 ** last;
  return ball.m < 0n ? -double : double;
}

/** The least t with |m·2^e| < 2^t; −Infinity for a midpoint of 0. */
export function topOf({ m, e }: Ball): number {
  return m === 0n ? Number.NEGATIVE_INFINITY : e + bitLength(absolute(m));
}

/** Whether the number is 0 and known to be. */
export function isZero(a: Ball): boolean {
  return a === ZERO || (a.m === 0n && a.r === 0n);
}

/** −1, 0 or 1, as the midpoints are ordered. */
export function compare(a: Ball, b: Ball): number {
  const [sign, other] = [signOf(a.m), signOf(b.m)];
  if (sign !== other || sign === 0) return Math.sign(sign - other);
  const [top, otherTop] = [topOf(a), topOf(b)];
  if (top !== otherTop) return top > otherTop ? sign : -sign;
  const e = Math.min(a.e, b.e);
  return signOf(shifted(a.m, a.e - e) - shifted(b.m, b.e - e));
}

function signOf(n: bigint): number {
  return n === 0n ? 0 : n < 0n ? -1 : 1;
}

export function negate(a: Ball): Ball {
  return a === ZERO ? ZERO : { m: -a.m, e: a.e, r: a.r };
}

/** |a|; the radius stays. */
export function magnitude(a: Ball): Ball {
  return a.m < 0n ? negate(a) : a;
}

/** The largest number of |a|, exactly. */
export function upperBound(a: Ball): Ball {
  return a === ZERO ? ZERO : { m: absolute(a.m) + a.r, e: a.e, r: 0n };
}

/** The radius as a number, exactly. */
export function radiusOf({ e, r }: Ball): Ball {
  return { m: r, e, r: 0n };
}

/** The ball with so much more radius. */
export function widened(a: Ball, by: Ball, bits: number): Ball {
  return add(a, { m: 0n, e: by.e, r: absolute(by.m) + by.r }, bits);
}

/** a·2^k */
export function timesPowerOfTwo(a: Ball, k: number): Ball {
  return a === ZERO ? ZERO : { m: a.m, e: a.e + k, r: a.r };
}

/** a + b. With bits = Infinity nothing is rounded. */
export function add(a: Ball, b: Ball, bits: number): Ball {
  if (isZero(a)) return rounded(b.m, b.e, b.r, bits);
  if (isZero(b)) return rounded(a.m, a.e, a.r, bits);
  const e = Math.min(a.e, b.e);
  if (Math.abs(a.e - b.e) <= NEAR) {
    const [high, low] = a.e > e ? [a, b] : [b, a];
    const gap = BigInt(high.e - e);
    const r = high.r === 0n ? low.r : (high.r << gap) + low.r;
    return rounded((high.m << gap) + low.m, e, r, bits);
  }
  const [reach, other] = [reachOf(a), reachOf(b)];
  // two of one size may cancel; else what lies below the last place of the larger goes into the radius, however far below
  const last = Math.abs(reach - other) <= 1 ? e : Math.max(e, Math.max(reach, other) - bits - 2);
  const [p, q] = [atExponent(a, last), atExponent(b, last)];
  return rounded(p.m + q.m, last, p.r + q.r, bits);
}

/** Numbers whose exponents are no further apart are added as they are. */
const NEAR = 256;

/** The least t with |m|·2^e and r·2^e below 2^t. */
function reachOf({ m, e, r }: Ball): number {
  return e + Math.max(bitLength(absolute(m)), bitLength(r));
}

export function subtract(a: Ball, b: Ball, bits: number): Ball {
  return add(a, negate(b), bits);
}

/** a·b; by far the most numbers that are zero or one are these very ones. */
export function multiply(a: Ball, b: Ball, bits: number): Ball {
  if (a === ZERO || b === ZERO) return ZERO;
  if (a === ONE || b === ONE) return a === ONE ? b : a;
  const m = a.m * b.m;
  // of two of which one is exact only the other's radius counts
  const ofA = a.r === 0n ? 0n : absolute(b.m) * a.r;
  const r = b.r === 0n ? ofA : ofA + (absolute(a.m) + a.r) * b.r;
  return rounded(m, a.e + b.e, r, bits);
}

/**
 * a/b: |a/b − m_a/m_b| ≤ (r_a|m_b| + |m_a|r_b)/(|m_b|(|m_b| − r_b)).
 * @throws {RangeError} where b may be 0.
 */
export function divide(a: Ball, b: Ball, bits: number): Ball {
  const size = absolute(b.m);
  if (size <= b.r) throw new RangeError("a divisor that may be zero, expected a ball without it");
  if (isZero(a)) return ZERO;
  const k = Math.max(0, bits + 2 + bitLength(size) - bitLength(absolute(a.m)));
  const numerator = shifted(a.m, k);
  const m = numerator / b.m;
  const isExact = a.r === 0n && b.r === 0n;
  const spread = isExact ? 0n : shifted(a.r * size + absolute(a.m) * b.r, k) / (size * (size - b.r)) + 1n;
  const cut = m * b.m === numerator ? 0n : 1n;
  return rounded(m, a.e - b.e - k, spread + cut, bits);
}

/** The ball at a larger or smaller exponent; digits that fall off go into the radius. */
function atExponent(a: Ball, e: number): { m: bigint; r: bigint } {
  const k = a.e - e;
  if (k >= 0) return { m: shifted(a.m, k), r: shifted(a.r, k) };
  const size = absolute(a.m);
  const kept = shifted(size, k);
  const isExact = a.r === 0n && (kept === 0n ? size === 0n : shifted(kept, -k) === size);
  return { m: a.m < 0n ? -kept : kept, r: isExact ? 0n : shifted(a.r, k) + 2n };
}

/** So many bits more a number may have before it is rounded: to tell that it has less is faster than to round. */
const SPARE = 64;

let limit = { bits: 0, above: 0n, below: 0n };

/** With at most so many bits in m and in r, and some to spare. */
function rounded(m: bigint, e: number, r: bigint, bits: number): Ball {
  if (bits === Number.POSITIVE_INFINITY) return { m, e, r };
  if (limit.bits !== bits) {
    const above = 1n << BigInt(bits + SPARE);
    limit = { bits, above, below: -above };
  }
  if (m < limit.above && m > limit.below && r < limit.above) return { m, e, r };
  const excess = Math.max(bitLength(absolute(m)), bitLength(r)) - bits;
  return { ...atExponent({ m, e, r }, e + excess), e: e + excess };
}
