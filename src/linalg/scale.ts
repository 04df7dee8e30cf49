/** Scaling by powers of two, which is exact as long as the result is a normal double. */

const word = new DataView(new ArrayBuffer(8));
/** Of which only the upper half is ever written. */
const power = new DataView(new ArrayBuffer(8));

/** The exponent e of a = m·2ᵉ with 1 ≤ |m| < 2; −Infinity for 0. */
export function exponentOf(a: number): number {
  if (a === 0) return Number.NEGATIVE_INFINITY;
  word.setFloat64(0, a);
  const biased = (word.getUint32(0) >>> 20) & 0x7ff;
  return biased === 0 ? exponentOf(a * 2 ** 53) - 53 : biased - 1023;
}

/** 2ᵏ for −1022 ≤ k ≤ 1023: its bits, which is faster than 2 ** k. */
function powerOfTwo(k: number): number {
  power.setUint32(0, (k + 1023) << 20);
  return power.getFloat64(0);
}

/** 2ᵏ and 2⁻ᵏ up to here are normal doubles, with some room. */
export const LARGEST_EXPONENT = 1000;

/** a · 2ᵏ for any integer k, also where 2ᵏ itself is no double. */
export function scaleByPowerOfTwo(a: number, k: number): number {
  if (k === 0) return a;
  let result = a;
  let left = Math.max(-2200, Math.min(2200, k));
  while (left > 1000) {
    result *= powerOfTwo(1000);
    left -= 1000;
  }
  while (left < -1000) {
    result *= powerOfTwo(-1000);
    left += 1000;
  }
  return result * powerOfTwo(left);
}
