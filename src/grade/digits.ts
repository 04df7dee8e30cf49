import type { Entries } from "./entries.ts";
import type { Held } from "./held.ts";

/**
 * Whether an answer is right to the digits that it was given with: rounded to some number of decimals, or of significant
 * digits, the same for all its entries. The number is the most that an entry shows, since zeros at the end are not seen.
 * One decimal or two digits at least: whole numbers are near to everything.
 */
export function isRoundedRight({ data }: Entries, held: Held): boolean {
  let [decimals, digits] = [0, 0];
  let isZero = true;
  for (let k = 0; k < data.length; k++) {
    const a = held.data[k];
    if (held.absent?.[k]) continue;
    if (!Number.isFinite(a)) return false;
    const shown = digitsOf(a);
    decimals = Math.max(decimals, shown.decimals);
    digits = Math.max(digits, shown.digits);
    isZero &&= a === 0;
  }
  if (isZero) return false;
  const isWithin = (allowed: (e: number) => number) =>
    data.every((e, k) => held.absent?.[k] || Math.abs(held.data[k] - e) <= allowed(e));
  if (decimals >= 1 && isWithin(() => HALF * 10 ** -decimals)) return true;
  return (
    digits >= 2 && isWithin((e) => (e === 0 ? 0 : HALF * 10 ** (Math.floor(Math.log10(Math.abs(e))) + 1 - digits)))
  );
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
