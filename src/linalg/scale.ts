/** Scaling by powers of two, which is exact as long as the result is a normal double. */

/** The exponent e of a = m·2ᵉ with 1 ≤ |m| < 2, to within one; −Infinity for 0. */
export function exponentOf(a: number): number {
  return Math.floor(Math.log2(Math.abs(a)));
}

/** a · 2ᵏ for any integer k, also where 2ᵏ itself is no double. */
export function scaleByPowerOfTwo(a: number, k: number): number {
  let result = a;
  let left = Math.max(-2200, Math.min(2200, k));
  while (left > 1000) {
    result *= 2 ** 1000;
    left -= 1000;
  }
  while (left < -1000) {
    result *= 2 ** -1000;
    left += 1000;
  }
  return result * 2 ** left;
}
