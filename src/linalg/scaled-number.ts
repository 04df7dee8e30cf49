import { scaleByPowerOfTwo } from "./scale.ts";

/** value · 2^exponent with value ≥ 0: the norm of a matrix that may lie beyond the doubles. */
export interface ScaledNumber {
  readonly value: number;
  readonly exponent: number;
}

/** The number as a double; null beyond their range. */
export function toDouble({ value, exponent }: ScaledNumber): number | null {
  const double = scaleByPowerOfTwo(value, exponent);
  return Number.isFinite(double) ? double : null;
}

/** The same with null also below the normal range, where a double has not all its digits. */
export function toNormalDouble(number: ScaledNumber): number | null {
  const double = toDouble(number);
  return number.value === 0 || (double !== null && double >= 2 ** -1022) ? double : null;
}

/** log₁₀ of the number; null for zero. */
export function log10({ value, exponent }: ScaledNumber): number | null {
  return value === 0 ? null : Math.log10(value) + exponent * Math.log10(2);
}
