/**
 * Decimal numerals of up to 19 digits to the nearest double.
 * Source: D. Lemire, "Number parsing at a gigabyte per second", Software: Practice and Experience 51 (2021); that 128 bits of a power
 * of five always tell: N. Mushtak, D. Lemire, "Fast number parsing without fallback", ibid. 53 (2023).
 */
import { upper } from "../../../linalg/kernels/assembly/words";

/** The exponents whose powers are in the table at POWERS: two words each, the upper one first, which begins with a one. */
export const LEAST: i32 = -64;
export const MOST: i32 = 32;
export const POWERS: usize = 1024;

/** A product of two words. */
let high: u64 = 0;
let low: u64 = 0;

function multiply(a: u64, b: u64): void {
  high = upper(a, b);
  low = a * b;
}

/** The double nearest to digits·10^exponent, halves to even, digits > 0; NaN where it is subnormal, beyond the doubles, or of no power in the table. */
export function nearestDouble(digits: u64, exponent: i32): f64 {
  if (exponent < LEAST || exponent > MOST) return NaN;
  const zeros = clz(digits);
  const w = digits << zeros;
  const power = POWERS + 16 * <usize>(exponent - LEAST);
  multiply(w, load<u64>(power));
  // of its first 55 bits all are told, unless what the lower word of the power adds may carry into them
  if ((high & 0x1ff) === 0x1ff) {
    const upper = high;
    const middle = low;
    multiply(w, load<u64>(power, 8));
    low = middle + high;
    high = upper + u64(low < middle);
  }
  const top = high >> 63;
  const shift = top + 9;
  let mantissa = high >> shift;
  // ⌊log₂ 10^exponent⌋
  const binary = ((217706 * exponent) >> 16) + 63 + <i32>top - <i32>zeros + 1023;
  if (binary <= 0) return NaN;
  // halfway between two doubles, exactly, which only these powers can be
  const isHalf = low <= 1 && exponent >= -4 && exponent <= 23 && (mantissa & 3) === 1 && mantissa << shift === high;
  if (isHalf) mantissa &= ~1;
  mantissa = (mantissa + (mantissa & 1)) >> 1;
  // adding the mantissa with its first bit, a carry goes on into the exponent
  const bits = (<u64>(binary - 1) << 52) + mantissa;
  return bits >= 0x7ff0000000000000 ? NaN : reinterpret<f64>(bits);
}
