/**
 * Numbers to about 100 bits, in pairs of doubles, with a bound of their error: they tell of most entries that these change nothing of
 * what is reported, in a hundredth of the time that balls take. What they leave open is judged in balls.
 */
import { productError, sumError } from "../linalg/error-free.ts";
import type { Ball } from "./ball.ts";

/** hi + lo, the double nearest to a number and the rest, is off by `error` at most; that is NaN where nothing is known. */
export interface Estimate {
  readonly hi: number;
  readonly lo: number;
  readonly error: number;
  /** What an entry may be off by, to 2^−37 of it; null for half an ulp, as of an entry of one step. */
  readonly allowed: number | null;
}

/** Between these a number and its rest, and the error of a product, are normal doubles. */
const [SMALLEST, LARGEST] = [2 ** -600, 2 ** 600];
/** Products below this size may lose digits of their error. */
const SMALLEST_PRODUCT = 2 ** -900;
/** Two roundings of a pair. */
const OF_PAIR = 2 ** -104;
/** Makes up for the roundings of a bound itself. */
export const CLOSE = 2 ** -36;
export const ABOVE = 1 + CLOSE;

/** So many estimates side by side, all of them zero at first. */
export class Estimates {
  readonly length: number;
  readonly hi: Float64Array;
  readonly lo: Float64Array;
  readonly error: Float64Array;
  readonly allowed: Float64Array | null;

  constructor(length: number, allowed: Float64Array | null = null) {
    this.length = length;
    this.hi = new Float64Array(length);
    this.lo = new Float64Array(length);
    this.error = new Float64Array(length);
    this.allowed = allowed;
  }

  at(k: number): Estimate {
    return { hi: this.hi[k], lo: this.lo[k], error: this.error[k], allowed: this.allowed?.[k] ?? null };
  }

  set(k: number, { m, e, r }: Ball): void {
    const high = Number(m);
    const scale = 2 ** e;
    const [hi, size] = [high * scale, Math.abs(high * scale)];
    if (size > SMALLEST && size < LARGEST && Number.isFinite(high)) {
      this.#put(k, hi, Number(m - BigInt(high)) * scale, (Number(r) * scale + size * OF_PAIR) * ABOVE);
    } else if (m === 0n && r === 0n) this.#put(k, 0, 0, 0);
    else this.#put(k, hi, 0, Number.NaN);
  }

  /**
   * Number k becomes Σ aⱼbⱼ of n estimates from `from` on and n doubles from `start` on. Each product, and each of the sums of low
   * parts, is off by 2^−105 of Σ|aⱼbⱼ|, and a sum of low parts is at most n2^−52 of it: n² + 64 of them are enough for all.
   */
  setDot(k: number, a: Estimates, from: number, b: Float64Array, start: number, n: number): void {
    let hi = 0;
    let lo = 0;
    let size = 0;
    let error = 0;
    for (let j = 0; j < n; j++) {
      const factor = b[start + j];
      const high = a.hi[from + j];
      const own = a.error[from + j];
      if (factor === 0 || (high === 0 && own === 0)) continue;
      const product = high * factor;
      const total = hi + product;
      const low = productError(high, factor, product) + a.lo[from + j] * factor;
      lo += sumError(hi, product, total) + low;
      hi = total;
      const magnitude = Math.abs(product);
      size += magnitude;
      error += magnitude > SMALLEST_PRODUCT ? own * Math.abs(factor) : Number.NaN;
    }
    const total = hi + lo;
    const rounded = (n * n + 64) * 2 ** -105 * size;
    this.#put(k, total, sumError(hi, lo, total), (error + rounded) * ABOVE);
  }

  /** Each of them times a double. */
  times(factor: number): Estimates {
    const [found, by] = [new Estimates(this.length), Float64Array.of(factor)];
    for (let k = 0; k < this.length; k++) found.setDot(k, this, k, by, 0, 1);
    return found;
  }

  #put(k: number, hi: number, lo: number, error: number): void {
    this.hi[k] = hi;
    this.lo[k] = lo;
    this.error[k] = error;
  }
}

/** 2^k with 2^k ≤ a < 2^(k+1), for 0 < a < 2^970. Source: S. M. Rump, "Ultimately fast accurate summation" (2009), algorithm 3.5. */
export function unitInFirstPlace(a: number): number {
  const q = (2 ** 52 + 1) * a;
  return Math.abs(q - (1 - 2 ** -53) * q);
}
