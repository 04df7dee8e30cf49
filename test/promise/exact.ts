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

export interface ValueAndSlope {
  readonly value: Real;
  readonly slope: Real;
}

const precisions = new Map<number, typeof Decimal>();

/** Arithmetic with at least so many digits. */
function withDigits(digits: number): typeof Decimal {
  const precision = 20 * Math.ceil(digits / 20);
  let P = precisions.get(precision);
  if (P === undefined) precisions.set(precision, (P = Decimal.clone({ precision, ...RANGE })));
  return P;
}

/** How many digits |x| adds to what 1 − σ and 1 − tanh² (decay 1 and 2 a unit) cancel, and a small x to e²ˣ − 1. */
function digitsFor(x: Real, decay: number): number {
  const size = Math.abs(x.toNumber());
  return 60 + Math.ceil((decay * size) / Math.LN10) + Math.max(0, -x.e);
}

/** Where x is so large that the slope is far below the doubles, any such x will do. */
function clamp(x: Real, limit: number): Real {
  return x.abs().lt(limit) ? x : new Real(limit * Math.sign(x.toNumber()));
}

/** σ(z) = 1/(1 + e^{-z}), σ'(z) = σ(z)(1 − σ(z)), to 60 digits; beyond |z| = 800 as at 800, where σ(−z) ≈ 1e-347. */
export function sigmoid(z: Real): ValueAndSlope {
  const x = clamp(z, 800);
  const P = withDigits(digitsFor(x, 1));
  const value = P.div(1, P.add(1, P.exp(x.neg())));
  return { value: real(value), slope: real(value.times(P.sub(1, value))) };
}

/** tanh(z) = 1 − 2/(e²ᶻ + 1), tanh'(z) = 1 − tanh²(z), to 60 digits; beyond |z| = 400 as at 400, where it is 4e-347. */
export function tanh(z: Real): ValueAndSlope {
  if (z.isZero()) return { value: ZERO, slope: ONE };
  const x = clamp(z, 400);
  const P = withDigits(digitsFor(x, 2));
  const value = P.sub(1, P.div(2, P.add(1, P.exp(x.times(2)))));
  return { value: real(value), slope: real(P.sub(1, value.times(value))) };
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
