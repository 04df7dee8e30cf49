import { scaleByPowerOfTwo } from "./scale.ts";

/** value · 2^exponent with value ≥ 0: the norm of a matrix that may lie beyond the doubles. */
export interface ScaledNumber {
  readonly value: number;
  readonly exponent: number;
}

/** The number as a double; null where it is none, or none of full precision. */
export function toDouble({ value, exponent }: ScaledNumber): number | null {
  const double = scaleByPowerOfTwo(value, exponent);
  return value === 0 || (Number.isFinite(double) && double >= 2 ** -1022) ? double : null;
}

/** The number as a double, subnormal ones too; null beyond their range. */
export function asDouble({ value, exponent }: ScaledNumber): number | null {
  const double = scaleByPowerOfTwo(value, exponent);
  return Number.isFinite(double) ? double : null;
}

/** log₁₀ of the number; null for zero. */
export function log10({ value, exponent }: ScaledNumber): number | null {
  return value === 0 ? null : Math.log10(value) + exponent * Math.log10(2);
}
