/** Decimals as they are written, exactly. */

/** digits · 10^exponent. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: bigint;
}

/** What a text such as `-1.5e-3`, `.5` or `5.` says. */
export function decimalOf(text: string): Decimal {
  const [mantissa, exponent = "0"] = text.split(/e/i);
  const [whole, decimals = ""] = mantissa.split(".");
  return { digits: BigInt(whole + decimals), exponent: BigInt(exponent) - BigInt(decimals.length) };
}
