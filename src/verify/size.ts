import { scaleByPowerOfTwo } from "../linalg/scale.ts";
import type { Ball } from "./ball.ts";
import { absolute, bitLength } from "./big-integer.ts";

/** A number without sign to the digits of a double, significand·2^exponent: for what is reported of errors. */
export interface Size {
  readonly significand: number;
  readonly exponent: number;
}

/** |m|·2^e */
export function sizeOf({ m, e }: Ball): Size {
  const significand = Math.abs(Number(m));
  if (significand < Number.POSITIVE_INFINITY) return { significand, exponent: e };
  const cut = bitLength(absolute(m)) - 64;
  return { significand: Math.abs(Number(m >> BigInt(cut))), exponent: e + cut };
}

/** a/b as a double; the largest of them beyond. For b ≠ 0. */
export function ratio(a: Size, b: Size): number {
  const share = a.significand / b.significand;
  const k = a.exponent - b.exponent;
  return Math.min(Math.abs(k) < 1000 ? share * 2 ** k : scaleByPowerOfTwo(share, k), Number.MAX_VALUE);
}
