/** Decimal arithmetic of any precision, and doubles as what they are. */
import { Decimal } from "decimal.js";

export type { Decimal };

const cache = new Map<number, typeof Decimal>();

/** Arithmetic that rounds to so many significant digits, with an exponent range that nothing here leaves. */
export function arithmetic(digits: number): typeof Decimal {
  const found = cache.get(digits);
  if (found) return found;
  const made = Decimal.clone({ precision: digits, minE: -9e15, maxE: 9e15 });
  cache.set(digits, made);
  return made;
}

const bits = new DataView(new ArrayBuffer(8));
const FRACTION = 2n ** 52n;

/** The double exactly: its significand times a power of two. A decimal library reads 0.1 as the decimal 0.1 instead. */
export function exact(double: number): Decimal {
  const Exact = arithmetic(60);
  bits.setFloat64(0, double);
  const word = bits.getBigUint64(0);
  const biased = Number((word >> 52n) & 0x7ffn);
  const significand = biased === 0 ? word % FRACTION : (word % FRACTION) + FRACTION;
  const exponent = Math.max(biased, 1) - 1075;
  const sign = double < 0 ? "-" : "";
  if (exponent >= 0) return new Exact(`${sign}${significand << BigInt(exponent)}`);
  // m·2⁻ᵏ = m·5ᵏ·10⁻ᵏ
  return new Exact(`${sign}${significand * 5n ** BigInt(-exponent)}e${exponent}`);
}

/** Rounded to a double; what is beyond the doubles becomes the largest of them, because a report holds no Infinity. */
export function toDouble(value: Decimal): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value.toNumber()));
}
