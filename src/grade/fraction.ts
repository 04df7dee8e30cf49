/** A ratio of integers: scores are added up exactly and rounded once, so that three thirds of a point are a point. */
export interface Fraction {
  readonly numerator: bigint;
  /** Above zero. */
  readonly denominator: bigint;
}

export const ZERO: Fraction = { numerator: 0n, denominator: 1n };

/** A double as the decimal that it is written as: 0.1 is 1/10. */
export function fractionOf(value: number): Fraction {
  const [digits, exponent = "0"] = String(value).split("e");
  const [whole, decimals = ""] = digits.split(".");
  const numerator = BigInt(whole + decimals);
  const power = Number(exponent) - decimals.length;
  return power >= 0
    ? { numerator: numerator * 10n ** BigInt(power), denominator: 1n }
    : reduced(numerator, 10n ** BigInt(-power));
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

/** The nearest double; for fractions that are zero, or positive and far from where doubles end. */
export function toNumber({ numerator, denominator }: Fraction): number {
  if (numerator <= MAX_SAFE && denominator <= MAX_SAFE) return Number(numerator) / Number(denominator);
  // more bits of the quotient than a double has, and a last one for what is left out
  const shift = BigInt(Math.max(0, 64 + bits(denominator) - bits(numerator)));
  const shifted = numerator << shift;
  const rest = shifted % denominator === 0n ? 0n : 1n;
  return Number(((shifted / denominator) << 1n) | rest) * 2 ** -Number(shift + 1n);
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function bits(value: bigint): number {
  return value.toString(2).length;
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  let [a, b] = [numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}
