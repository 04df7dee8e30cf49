import { nearestQuotient } from "../linalg/ball-rounding.ts";
import { decimalOf } from "../notation/decimal.ts";

/** A ratio of integers: scores are added up exactly and rounded once, so that three thirds of a point are a point. */
export interface Fraction {
  readonly numerator: bigint;
  /** Above zero. */
  readonly denominator: bigint;
}

export const ZERO: Fraction = { numerator: 0n, denominator: 1n };

/** A double as the decimal that it is written as: 0.1 is 1/10. */
export function fractionOf(value: number): Fraction {
  const { digits, exponent } = decimalOf(String(value));
  return exponent >= 0n ? { numerator: digits * 10n ** exponent, denominator: 1n } : reduced(digits, 10n ** -exponent);
}

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.denominator === b.denominator) return { ...a, numerator: a.numerator + b.numerator };
  return reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** a · part/whole */
export function share(a: Fraction, part: number, whole: number): Fraction {
  if (part === whole) return a;
  return reduced(a.numerator * BigInt(part), a.denominator * BigInt(whole));
}

/** The nearest double. */
export function toNumber({ numerator, denominator }: Fraction): number {
  return nearestQuotient(numerator, denominator);
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  let [a, b] = [numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}
