/** From balls to doubles: to nearest, ties to even, subnormal numbers included. */
import { type Ball, bitLength } from "./ball.ts";

/** The exponent of the smallest double, and the digits of a normal one. */
const LOWEST = -1074n;
const DIGITS = 53n;

/** mantissa · 2^exponent as the nearest double, of two the even one; ±Infinity from 2^1024 − 2^970 on. */
export function nearestDouble(mantissa: bigint, exponent: bigint): number {
  if (mantissa < 0n) return -nearestDouble(-mantissa, exponent);
  if (mantissa === 0n) return 0;
  const length = BigInt(bitLength(mantissa));
  // 2^(top − 1) ≤ value < 2^top
  const top = exponent + (mantissa >> (length - 1n) === 0n ? length - 1n : length);
  if (top > 1024n) return Number.POSITIVE_INFINITY;
  if (top < LOWEST) return 0;
  const unit = top - DIGITS > LOWEST ? top - DIGITS : LOWEST;
  return Number(roundedQuotient(mantissa, unit - exponent)) * 2 ** Number(unit);
}

/** numerator ≥ 0 over denominator > 0 as the nearest double, of two the even one; Infinity beyond them. */
export function nearestQuotient(numerator: bigint, denominator: bigint): number {
  if (numerator <= MAX_SAFE && denominator <= MAX_SAFE) return Number(numerator) / Number(denominator);
  // more bits of the quotient than a double has, and a last one for what is left out
  const shift = BigInt(Math.max(0, 66 + bitLength(denominator) - bitLength(numerator)));
  const shifted = numerator << shift;
  const rest = shifted % denominator === 0n ? 0n : 1n;
  return nearestDouble(((shifted / denominator) << 1n) | rest, -shift - 1n);
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** m / 2^shift as the nearest integer, of two the even one. */
function roundedQuotient(m: bigint, shift: bigint): bigint {
  if (shift <= 0n) return m << -shift;
  const floor = m >> shift;
  const rest = m - (floor << shift);
  const half = 1n << (shift - 1n);
  return rest > half || (rest === half && (floor & 1n) === 1n) ? floor + 1n : floor;
}

/** ln|x| by the ball's centre, and how far from it the logarithm may be; for a ball without zero. */
export function logarithm({ mantissa, exponent, radius }: Ball): { readonly value: number; readonly error: number } {
  const size = mantissa < 0n ? -mantissa : mantissa;
  const cut = BigInt(Math.max(0, bitLength(size) - 64));
  const value = Math.log(Number(size >> cut)) + Number(exponent + cut) * Math.LN2;
  // |ln(1 + t)| ≤ |t|/(1 − |t|)
  const room = BigInt(Math.max(0, bitLength(size) - 900));
  const error = Number((radius >> room) + 1n) / Number((size - radius) >> room);
  return { value, error: radius === 0n ? 0 : error };
}
