import { bitLength } from "../../linalg/ball.ts";
import { nearestQuotient } from "../../linalg/ball-rounding.ts";
import type { Decimal } from "../../notation/decimal.ts";

/**
 * The double nearest to the quotient a/b, of two the even one: ±Infinity beyond them, ±0 nearer to zero than any. b is not zero.
 * However far their exponents lie from zero, only their difference takes time.
 */
export function nearestRatio(a: Decimal, b: Decimal): number {
  const sign = a.digits < 0n === b.digits < 0n ? 1 : -1;
  const [above, below] = [abs(a.digits), abs(b.digits)];
  if (above === 0n) return 0;
  const power = a.exponent - b.exponent;
  // log10 of the quotient to within a unit, and of the first and last double with room
  const size = Number(power) + (bitLength(above) - bitLength(below)) * Math.log10(2);
  if (size > 320) return sign * Number.POSITIVE_INFINITY;
  if (size < -340) return sign * 0;
  const scale = 10n ** abs(power);
  return sign * (power >= 0n ? nearestQuotient(above * scale, below) : nearestQuotient(above, below * scale));
}

function abs(n: bigint): bigint {
  return n < 0n ? -n : n;
}
