/** Sums of rows of doubles times real numbers, entry by entry: compensated, with exponents of their own, exactly. */
import { add, copy, errorOfSum, multiply, nearest, put, WORDS } from "./bounded.ts";
import { highHalf, sumError } from "./error-free.ts";
import type { Real, RealArithmetic } from "./real.ts";
import { nearestReal } from "./real-rounding.ts";
import { type RealVector, realVector } from "./real-vector.ts";
import { scaleByPowerOfTwo } from "./scale.ts";

/** Number `index` of the weights times a row of doubles, data[from …]. */
export interface Product {
  readonly weights: RealVector;
  index: number;
  readonly data: Float64Array;
  from: number;
}

/** Where the numbers are so much smaller than the largest, they count as an error. */
const NEGLIGIBLE = 2 ** -700;

/** Σ number·row for the entries of the rows, as compensated sums (Dot2). */
export class Sums {
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  /** Σ|products| */
  readonly #size: Float64Array;
  /** The sums are those of the numbers · 2^-scale. */
  #scale = 0;
  /** How far the sums may be off, as a share of their sizes. */
  #error = 0;

  constructor(length: number) {
    this.#high = new Float64Array(length);
    this.#low = new Float64Array(length);
    this.#size = new Float64Array(length);
  }

  #set(products: readonly Product[]): void {
    this.#high.fill(0);
    this.#low.fill(0);
    this.#size.fill(0);
    this.#error = 0;
    this.#scale = scaleOf(products);
    for (const { weights, index, data, from } of products) {
      const [words, at] = [weights.data, weights.start + WORDS * index];
      const shift = words[at + 2] - this.#scale;
      const h = scaleByPowerOfTwo(words[at], shift);
      const q = words[at + 3];
      if (words[at] === 0 && q === 0) continue;
      if (Math.abs(h) < NEGLIGIBLE && q <= 1) this.#neglect(data, from);
      else {
        this.#error = q > this.#error || Number.isNaN(q) ? q : this.#error;
        this.#add(h, scaleByPowerOfTwo(words[at + 1], shift), data, from);
      }
    }
    this.#error = errorOfSum(this.#error, products.length);
  }

  #add(h: number, l: number, data: Float64Array, from: number): void {
    const high = this.#high;
    const low = this.#low;
    const size = this.#size;
    const hHigh = highHalf(h);
    const hLow = h - hHigh;
    for (let k = 0; k < high.length; k++) {
      const y = data[from + k];
      const product = h * y;
      // productError and sumError, spelt out: this loop is where the time goes.
      const yHigh = highHalf(y);
      const yLow = y - yHigh;
      const sum = high[k];
      const next = sum + product;
      const part = next - sum;
      low[k] +=
        hLow * yLow -
        (product - hHigh * yHigh - hLow * yHigh - hHigh * yLow) +
        (sum - (next - part) + (product - part)) +
        l * y;
      high[k] = next;
      size[k] += Math.abs(product);
    }
  }

  /** A product below 2^-699·|row| as an error alone: the sum's is at least 2^-99 of its size. */
  #neglect(data: Float64Array, from: number): void {
    const size = this.#size;
    for (let k = 0; k < size.length; k++) size[k] += Math.abs(data[from + k]) * (NEGLIGIBLE * 2 ** 100);
  }

  /**
   * Rounds the sums of products into `out`. Accepted is what both ends of the bound are rounded to, where no error
   * term can have underflowed and the result is normal; not the smallest normal number, it may have been rounded twice. The others are
   * summed as numbers with exponents, what is open then exactly.
   */
  round(products: readonly Product[], out: Float64Array, from: number): void {
    this.#set(products);
    const error = this.#error;
    const scale = this.#scale;
    for (let k = 0; k < this.#high.length; k++) {
      const high = this.#high[k];
      const low = this.#low[k];
      const sum = high + low;
      const rest = sumError(high, low, sum);
      const away = this.#size[k] * error;
      const rounded = sum + (rest + away);
      const result = scale === 0 ? rounded : scaleByPowerOfTwo(rounded, scale);
      const isDecided = rounded === sum + (rest - away) && this.#size[k] > SAFE && Math.abs(result) > SMALLEST_NORMAL;
      out[from + k] = isDecided ? result : carefully(products, k);
    }
  }
}

/** An entry of the sums by numbers with exponents, exactly where these leave it open. */
export function carefully(products: readonly Product[], k: number): number {
  setEntry(products, k);
  const told = nearest(work, SUM);
  // + 0 turns −0 into 0
  return Number.isNaN(told) && !Number.isNaN(work[SUM]) ? nearestReal((A) => exactEntry(A, products, k)) : told + 0;
}

/** Entry k of the sums as a number, a vector of one. */
export function entryOf(products: readonly Product[], k: number): RealVector {
  const out = realVector(1, (A) => exactEntry(A, products, k));
  setEntry(products, k);
  copy(out.data, out.start, work, SUM);
  return out;
}

/** SUM = Σ number·row[k] */
function setEntry(products: readonly Product[], k: number): void {
  work.fill(0);
  for (const { weights, index, data, from } of products) {
    if (data[from + k] === 0) continue;
    put(work, FACTOR, data[from + k], 0, 0, 0);
    multiply(work, FACTOR, weights.data, weights.start + WORDS * index, work, FACTOR);
    add(work, SUM, work, SUM, work, FACTOR);
  }
}

function exactEntry(A: RealArithmetic, products: readonly Product[], k: number): Real {
  const one = (p: Product) => A.times(p.weights.exactly(A, p.index), A.double(p.data[p.from + k]));
  return products.reduce((sum, product) => A.plus(sum, one(product)), A.double(0));
}

const SAFE = 2 ** -880;
const SMALLEST_NORMAL = 2 ** -1022;

const work = new Float64Array(2 * WORDS);
const SUM = 0;
const FACTOR = WORDS;

/** The exponent at which the largest of the numbers stays in its range. */
function scaleOf(products: readonly Product[]): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const { weights, index } of products) {
    const at = weights.start + WORDS * index;
    if (weights.data[at] !== 0) largest = Math.max(largest, weights.data[at + 2]);
  }
  return largest === Number.NEGATIVE_INFINITY ? 0 : largest;
}
