/**
 * Numbers and vectors as unevaluated sums hi + lo with |lo| at most half an ulp of hi: about 106 bits.
 * hi is the double to print; lo is what it left out, for whoever goes on computing.
 */
import { productError, sumError } from "./error-free.ts";

export interface Pair {
  hi: number;
  lo: number;
}

/** A vector [n] of pairs. */
export interface PairVector {
  readonly hi: Float64Array;
  readonly lo: Float64Array;
}

export function pairZeros(n: number): PairVector {
  return { hi: new Float64Array(n), lo: new Float64Array(n) };
}

/** Component k of a vector of pairs. */
export function pairAt(vector: PairVector, k: number): Pair {
  return { hi: vector.hi[k], lo: vector.lo[k] };
}

/** hi + lo, renormalised; lo is 0 where it cannot be represented (hi near the ends of the double range). */
export function toPair(hi: number, lo: number): Pair {
  const sum = hi + lo;
  const rest = sumError(hi, lo, sum);
  return { hi: sum, lo: Number.isFinite(rest) ? rest : 0 };
}

/** a + b within 2⁻¹⁰⁴(|a| + |b|). */
export function addPairs(a: Pair, b: Pair): Pair {
  const sum = a.hi + b.hi;
  return toPair(sum, sumError(a.hi, b.hi, sum) + (a.lo + b.lo));
}

/** a · b within 2⁻¹⁰³|a·b|. */
export function multiplyPairs(a: Pair, b: Pair): Pair {
  const product = a.hi * b.hi;
  return toPair(product, productError(a.hi, b.hi, product) + (a.hi * b.lo + a.lo * b.hi));
}

/** a / b within 2⁻¹⁰²|a/b|: the quotient of the high parts, corrected by its exact remainder. */
export function dividePairs(a: Pair, b: Pair): Pair {
  const quotient = a.hi / b.hi;
  const product = quotient * b.hi;
  const remainder = a.hi - product - productError(quotient, b.hi, product) + a.lo - quotient * b.lo;
  return toPair(quotient, remainder / b.hi);
}
