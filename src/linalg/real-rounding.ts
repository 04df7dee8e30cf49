/** Real numbers of any precision rounded: to the nearest double, and to a number with a bound. */
import { onceBy } from "../once.ts";
import { exactly, isZero, magnitudeOf, minus, plus, signOf, timesPowerOfTwo } from "./ball.ts";
import { nearestDouble } from "./ball-rounding.ts";
import { put } from "./bounded.ts";
import { type Real, RealArithmetic } from "./real.ts";

const arithmetics = new Map<number, RealArithmetic>();

/** The one arithmetic of so many bits. */
export function realArithmetic(bits: number): RealArithmetic {
  return onceBy(arithmetics, bits, () => new RealArithmetic(bits));
}

/** Precisions that are tried one after the other. */
const PRECISIONS = [192, 384, 768, 1536, 3072, 6144, 8192];

/**
 * The double nearest to a number that can be computed to any precision. What 8,192 bits do not tell from a tie is taken for
 * one and rounded to even: an exact number, or a coincidence of transcendental ones.
 */
export function nearestReal(number: (A: RealArithmetic) => Real): number {
  let ends: readonly [number, number] = [0, 0];
  for (const bits of PRECISIONS) {
    ends = endsOf(number(realArithmetic(bits)));
    // −0 and 0 are one
    if (ends[0] === ends[1]) return ends[0] + 0;
  }
  return exactly(ends[0]).mantissa % 2n === 0n ? ends[0] : ends[1];
}

/** The doubles nearest to the smallest and to the largest number that it can be. */
export function endsOf({ head, tail }: Real): readonly [number, number] {
  // doubles, the middles between them, and the head are all multiples of 2^unit: of a tail below it only the sign counts
  const unit = isZero(head) || head.exponent > MIDDLES ? MIDDLES : head.exponent;
  const end = (side: bigint) => {
    const mantissa = tail.mantissa + side * tail.radius;
    const size = magnitudeOf({ ...tail, mantissa, radius: 0n });
    const rest =
      size !== null && size <= unit
        ? { mantissa: mantissa > 0n ? 1n : -1n, exponent: unit - 1n }
        : { ...tail, mantissa };
    const sum = plus(head, { ...rest, radius: 0n });
    return nearestDouble(sum.mantissa, sum.exponent);
  };
  const low = end(-1n);
  return [low, tail.radius === 0n ? low : end(1n)];
}

/** The exponent of the smallest of the middles between doubles. */
const MIDDLES = -1075n;

/** Stores a number with a bound; of what surrounds zero, and is not below every double, nothing is known there. */
export function putReal(out: Float64Array, o: number, number: (A: RealArithmetic) => Real): void {
  const A = realArithmetic(BOUNDED_BITS);
  const found = A.toBall(number(A));
  const size = magnitudeOf(found);
  if (size !== null && size < -MOST) {
    // e^{-1e200}, say: within ±2^-MOST
    put(out, o, 1, 0, -Number(MOST), 2);
    return;
  }
  if (size === null || signOf(found) === null || size > MOST) {
    put(out, o, 0, 0, 0, size === null ? 0 : Number.NaN);
    return;
  }
  const scaled = timesPowerOfTwo(found, -size);
  const h = nearestDouble(scaled.mantissa, scaled.exponent);
  const rest = minus(scaled, exactly(h));
  const l = nearestDouble(rest.mantissa, rest.exponent);
  const left = magnitudeOf(minus(rest, exactly(l)));
  put(out, o, h, l, Number(size), left === null ? 0 : 2 ** Math.max(-1000, Number(left) + 4));
}

/** More than a bounded number holds. */
const BOUNDED_BITS = 256;
/** Exponents beyond it are no exact doubles. */
const MOST = 1n << 50n;
