import type { Entries } from "./entries.ts";
import { type Held, isRightlyNull } from "./held-entries.ts";

/**
 * Whether an answer is right to the digits that it was given with: rounded to some number of decimals, or of significant
 * digits, the same for all its entries. The number is the most that an entry shows, since zeros at the end are not seen.
 * One decimal or two digits at least: whole numbers are near to everything.
 */
export function isRoundedRight(right: Entries, held: Held): boolean {
  const { data } = right;
  // the most digits shown so far, and the farthest off: absolutely, and in units of the entry's leading digit's ten
  let [decimals, digits, far, relativelyFar] = [0, 0, 0, 0];
  for (let k = 0; k < data.length; k++) {
    if (held.absent?.[k] || isRightlyNull(held, right, k)) continue;
    const [a, e] = [held.data[k], data[k]];
    const shown = digitsOf(a);
    const distance = Math.abs(a - e);
    decimals = Math.max(decimals, shown.decimals);
    digits = Math.max(digits, shown.digits);
    far = Math.max(far, distance);
    relativelyFar = Math.max(
      relativelyFar,
      distance === 0 ? 0 : distance / 10 ** (Math.floor(Math.log10(Math.abs(e))) + 1),
    );
    // also stops at NaN
    if (!(far <= HALF * 10 ** -decimals || relativelyFar <= HALF * 10 ** -digits)) return false;
  }
  return (decimals >= 1 && far <= HALF * 10 ** -decimals) || (digits >= 2 && relativelyFar <= HALF * 10 ** -digits);
}

/** Half a unit of the last digit, and a little for the rounding of the doubles. */
const HALF = 0.5 * (1 + 1e-6);

/** How a double is written at the shortest: digits behind the point, and significant ones. */
function digitsOf(a: number): { decimals: number; digits: number } {
  const [mantissa, exponent = "0"] = String(Math.abs(a)).split("e");
  const [whole, behind = ""] = mantissa.split(".");
  const significant = (whole + behind).replace(/^0+/, "").replace(/0+$/, "");
  return { decimals: Math.max(0, behind.length - Number(exponent)), digits: significant.length };
}
