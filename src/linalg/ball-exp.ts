/** e^x of balls. */
import { type Ball, isZero, magnitudeOf, ONE, plus, rounded, times } from "./ball.ts";

/** Bits that rounding takes in the course of the series, beside those that squaring takes. */
const GUARD = 24;

/**
 * e^x. With x = k·ln 2 + r, |r| < ln 2: e^x = 2^k (e^(r/2^j))^(2^j), the series of e^(r/2^j) in fixed point.
 * r/2^j is off by less than three units, each of the terms (fewer than bits) by less than two, and what is left out by two:
 * 2·bits + 8 units in all. Squaring v doubles an error, times v, and adds one; the product of all v is at most e^r < 2.
 * Source: R. P. Brent, P. Zimmermann, Modern Computer Arithmetic (2010), §4.3, §4.4.
 */
export function exp(x: Ball, bits: number): Ball {
  if (isZero(x)) return ONE;
  const spread = magnitudeOf({ mantissa: x.radius, exponent: x.exponent, radius: 0n });
  if (spread !== null && spread > 0n) return upToLargest(x, bits);
  const halvings = Math.ceil(Math.sqrt(bits) / 2);
  const fraction = bits + 2 * halvings + GUARD;
  const { quotient, rest } = byLog2({ ...x, radius: 0n }, fraction);
  let value = exponentialSeries(rest >> BigInt(halvings), fraction);
  for (let k = 0; k < halvings; k++) value = (value * value) >> BigInt(fraction);
  const radius = BigInt(2 * bits + 8) << BigInt(halvings + 1);
  const centre: Ball = { mantissa: value, exponent: quotient - BigInt(fraction), radius };
  // e^ρ − 1 ≤ 2ρ for ρ ≤ 1
  const input: Ball = { mantissa: 0n, exponent: x.exponent + 1n, radius: x.radius };
  return x.radius === 0n ? rounded(centre, bits) : times(centre, plus(ONE, input, bits), bits);
}

/** Where x is known to no more than ±1/2: (0, e^(x + radius)] as a ball. */
function upToLargest(x: Ball, bits: number): Ball {
  const { mantissa, exponent, radius } = exp({ ...x, mantissa: x.mantissa + x.radius, radius: 0n }, bits);
  const half = mantissa + radius;
  return { mantissa: half, exponent: exponent - 1n, radius: half };
}

/** k = x/ln 2 without its fraction, and (x − k·ln 2)·2^fraction to within two units; for a centre alone. */
function byLog2(x: Ball, fraction: number): { quotient: bigint; rest: bigint } {
  const size = magnitudeOf(x)!;
  const extra = size > 0n ? Number(size) + 4 : 4;
  const wide = BigInt(fraction + extra);
  const scaled = shifted(x.mantissa, x.exponent + wide);
  const log2 = naturalLogOf2(fraction + extra);
  const quotient = scaled / log2;
  return { quotient, rest: (scaled - quotient * log2) >> BigInt(extra) };
}

/** Σ r^n/n! for |r| < 1, in fixed point. */
function exponentialSeries(r: bigint, fraction: number): bigint {
  const shift = BigInt(fraction);
  let sum = 1n << shift;
  let term = sum;
  for (let n = 1n; ; n++) {
    term = ((term * r) >> shift) / n;
    // a negative term is rounded to −1 at last
    if (term === 0n || term === -1n) return sum;
    sum += term;
  }
}

let log2Bits = 0;
let log2Value = 0n;

/** ln 2 · 2^bits to within one unit: 18 artanh 1/26 − 2 artanh 1/4801 + 8 artanh 1/8749 (Gauss). */
export function naturalLogOf2(bits: number): bigint {
  if (bits > log2Bits) {
    log2Bits = Math.max(bits, 2 * log2Bits);
    const wide = log2Bits + GUARD;
    const sum = 18n * inverseArtanh(26n, wide) - 2n * inverseArtanh(4801n, wide) + 8n * inverseArtanh(8749n, wide);
    log2Value = sum >> BigInt(GUARD);
  }
  return log2Value >> BigInt(log2Bits - bits);
}

/** artanh(1/n) = Σ 1/((2k + 1) n^(2k + 1)) in fixed point. */
function inverseArtanh(n: bigint, bits: number): bigint {
  let power = (1n << BigInt(bits)) / n;
  let sum = 0n;
  for (let k = 1n; power > 0n; k += 2n) {
    sum += power / k;
    power /= n * n;
  }
  return sum;
}

/** m · 2^k, rounded down. */
function shifted(m: bigint, k: bigint): bigint {
  return k >= 0n ? m << k : m >> -k;
}
