import { abs, type Ball, BallArithmetic, bitLength, exponentAbove, isZero, ONE } from "./ball.ts";

/** Beyond e^−2^40 it is only known that the result lies between that and zero. */
const DEEPEST = 40;

/**
 * e^x for x ≤ 0, in about so many bits.
 *
 * In fixed point with w bits: x = k·ln 2 + y, e^x = 2^k·(e^(y/2^s))^(2^s), 0 ≤ y < ln 2. Each of the N terms of the
 * exponential series is off by less than 3 units of 2^−w. Squaring doubles a relative error and adds a unit: after s
 * squarings it is below 2^s(3N + 2) units. The error of y, one unit for x and one for each of the k times that ln 2 is
 * taken, and the radius of x, count twice: e^d − 1 ≤ 2d for d ≤ ½.
 * Source: R. P. Brent, P. Zimmermann, Modern Computer Arithmetic (2010), §4.3.1 and §4.4.2.
 */
export function expNegative(x: Ball, bits: number): Ball {
  if (isZero(x)) return ONE;
  const above = exponentAbove(x);
  if (above > DEEPEST + 4) return { m: 0n, r: 1n, e: -(2 ** DEEPEST) };
  const halvings = Math.ceil(Math.sqrt(bits) / 1.5);
  const w = bits + 2 * halvings + 64 + Math.max(0, above);
  const fixed = (a: bigint): bigint => (x.e + w >= 0 ? a << BigInt(x.e + w) : a >> BigInt(-x.e - w));
  const ln2 = logarithmOf2(w);
  const value = fixed(x.m);
  let k = value / ln2;
  if (value < k * ln2) k -= 1n;
  const uncertain = fixed(x.r) + 2n + abs(k) + 1n;
  if (bitLength(uncertain) > w - 4) return { m: 0n, r: 1n, e: 0 };
  const { sum, terms } = series((value - k * ln2) >> BigInt(halvings), w);
  let power = sum;
  for (let pass = 0; pass < halvings; pass++) power = (power * power) >> BigInt(w);
  const relative = (BigInt(3 * terms + 8) << BigInt(halvings)) + 2n * uncertain;
  return new BallArithmetic(bits).round({ m: power, r: 3n * relative, e: Number(k) - w });
}

/** Σ y^n/n! in units of 2^−w. */
function series(y: bigint, w: number): { readonly sum: bigint; readonly terms: number } {
  let term = 1n << BigInt(w);
  let sum = term;
  let terms = 1;
  for (; term !== 0n; terms++) {
    term = ((term * y) >> BigInt(w)) / BigInt(terms);
    sum += term;
  }
  return { sum, terms };
}

let known = { value: 0n, bits: 0 };

/** ln 2 in units of 2^−bits, less than one off: 18·artanh(1/26) − 2·artanh(1/4801) + 8·artanh(1/8749), in 32 bits more. */
function logarithmOf2(bits: number): bigint {
  if (known.bits < bits) {
    const w = 2 * bits;
    const sum =
      18n * inverseArtanh(26n, w + 32) - 2n * inverseArtanh(4801n, w + 32) + 8n * inverseArtanh(8749n, w + 32);
    known = { value: sum >> 32n, bits: w };
  }
  return known.value >> BigInt(known.bits - bits);
}

/** artanh(1/n) = Σ 1/((2k + 1)·n^(2k + 1)) in units of 2^−w */
function inverseArtanh(n: bigint, w: number): bigint {
  let power = (1n << BigInt(w)) / n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power /= n * n;
  }
  return sum;
}
