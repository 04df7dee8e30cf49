/**
 * Doubles as exact decimals, and σ and tanh of them to many digits. Shares no code with src.
 * All arithmetic below is in {@link Real}: 80 digits, an exponent range that nothing here leaves.
 */
import { Decimal } from "decimal.js";

const RANGE = { minE: -9e15, maxE: 9e15 };
export const Real = Decimal.clone({ precision: 80, ...RANGE });
export type Real = Decimal;

export const ZERO = new Real(0);
export const ONE = new Real(1);

const bits = new DataView(new ArrayBuffer(8));

/** The double itself: its integer significand times a power of two, not the shortest decimal that reads back as it. */
export function exact(double: number): Real {
  bits.setFloat64(0, double);
  const high = bits.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  let significand = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  if (significand === 0n && biased === 0) return ZERO;
  if (biased > 0) significand |= 1n << 52n;
  let exponent = Math.max(biased, 1) - 1075;
  while (significand % 2n === 0n) {
    significand /= 2n;
    exponent += 1;
  }
  const sign = high >>> 31 === 1 ? "-" : "";
  if (exponent >= 0) return new Real(`${sign}${significand << BigInt(exponent)}`);
  // m·2⁻ᵏ = m·5ᵏ·10⁻ᵏ
  return new Real(`${sign}${significand * 5n ** BigInt(-exponent)}e${exponent}`);
}

export interface ValueAndDerivative {
  readonly value: Real;
  readonly derivative: Real;
}

const precisions = new Map<number, typeof Decimal>();

/** Arithmetic with at least so many digits. */
function withDigits(digits: number): typeof Decimal {
  const precision = 10 * Math.ceil(digits / 10);
  const P = precisions.get(precision) ?? Decimal.clone({ precision, ...RANGE });
  precisions.set(precision, P);
  return P;
}

/** Where x is so large that the derivative is far below the doubles, any such x will do. */
function clamp(x: Real, limit: number): Real {
  return x.abs().lt(limit) ? x : new Real(limit * Math.sign(x.toNumber()));
}

/** What 1 − σ and 1 − tanh² cancel: a digit for each power of ten that e^x leaves behind. */
function cancelledBy(x: Real): number {
  return Math.abs(x.toNumber()) / Math.LN10;
}

/** σ(z) = 1/(1 + e^{-z}) to 40 digits; beyond |z| = 800 as at 800, where σ(−z) ≈ 1e-347. */
export function sigmoidValue(z: Real, digits = 40): Decimal {
  const P = withDigits(digits);
  return P.div(1, P.add(1, P.exp(clamp(z, 800).neg())));
}

/** σ with σ'(z) = σ(z)(1 − σ(z)), to 60 digits. */
export function sigmoid(z: Real): ValueAndDerivative {
  const value = sigmoidValue(z, 60 + cancelledBy(clamp(z, 800)));
  return { value: real(value), derivative: real(value.times(value.minus(1).neg())) };
}

/** tanh(z) = 1 − 2/(e²ᶻ + 1) to 40 digits, more for a small z, which cancels them; beyond |z| = 400 as at 400. */
export function tanhValue(z: Real, digits = 40): Decimal {
  const P = withDigits(digits + Math.max(0, -z.e));
  return z.isZero() ? new P(0) : P.sub(1, P.div(2, P.add(1, P.exp(clamp(z, 400).times(2)))));
}

/** tanh with tanh'(z) = 1 − tanh²(z), to 60 digits; 4e-347 at 400. */
export function tanh(z: Real): ValueAndDerivative {
  const value = tanhValue(z, 60 + 2 * cancelledBy(clamp(z, 400)));
  return { value: real(value), derivative: real(value.times(value).minus(1).neg()) };
}

function real(value: Decimal): Real {
  return new Real(value).toSignificantDigits(60);
}

/** log₁₀|x| to about 14 digits, for any size; NaN for 0. */
export function log10(x: Real): number {
  if (x.isZero()) return Number.NaN;
  const lead = Math.log10(x.d[0] + (x.d[1] ?? 0) / 1e7);
  return x.e + (lead - Math.floor(lead));
}

/** Just inside 2⁻¹⁰²² and 2¹⁰²⁴. */
const SMALLEST_NORMAL = -307.652655;
const LARGEST = 308.254715;

/** Whether each of the factors, and each product of some of them, is zero or a normal double. */
export function areNormal(factors: readonly Real[]): boolean {
  let smallest = 0;
  let largest = 0;
  for (const factor of factors) {
    const size = log10(factor);
    if (size < 0) smallest += size;
    else if (size > 0) largest += size;
  }
  return smallest > SMALLEST_NORMAL && largest < LARGEST;
}

export function sum(values: readonly Real[]): Real {
  return values.reduce((total, value) => total.plus(value), ZERO);
}

export function product(factors: readonly Real[]): Real {
  return factors.reduce((total, factor) => total.times(factor), ONE);
}

/** |got − value| in ε = 2⁻⁵³ of the scale; Infinity where the scale is zero and the two differ. */
export function deviation(got: number, value: Real, scale: Real = value.abs()): number {
  const distance = exact(got).minus(value).abs();
  if (distance.isZero()) return 0;
  return scale.isZero()
    ? Number.POSITIVE_INFINITY
    : distance
        .div(scale)
        .times(2 ** 53)
        .toNumber();
}

/** |got − value| in units in the last place of the value as a double; Infinity where the value is zero and got is not. */
export function ulps(got: number, value: Real): number {
  if (value.isZero()) return got === 0 ? 0 : Number.POSITIVE_INFINITY;
  let exponent = Math.max(-1022, Math.floor(Math.log2(Math.abs(value.toNumber()))));
  while (exponent > -1022 && new Real(2).pow(exponent).gt(value.abs())) exponent -= 1;
  return exact(got)
    .minus(value)
    .abs()
    .div(new Real(2).pow(exponent - 52))
    .toNumber();
}
