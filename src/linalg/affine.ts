/**
 * A₁v₁ + A₂v₂ + … + b, row by row: a sum of products of doubles, which is an exact rational number.
 * Source: T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26 (2005), Dot2 with a running
 * bound in place of theirs.
 */
import { once, onceBy } from "../once.ts";
import { put, WORDS } from "./bounded.ts";
import { highHalf, sumError } from "./error-free.ts";
import { kernelsFor } from "./kernels/choice.ts";
import type { Sum } from "./kernels/dots.ts";
import { type Matrix, rowOf } from "./matrix.ts";
import type { Real } from "./real.ts";
import { type RealVector, realVector, refined } from "./real-vector.ts";

/** One summand A·v. */
export interface MatrixVector {
  readonly matrix: Matrix;
  readonly vector: Float64Array;
}

const ONE = Float64Array.of(1);

/** b as the summand b·1. */
export function asSummand(b: Float64Array): MatrixVector {
  return { matrix: { rows: b.length, cols: 1, data: b }, vector: ONE };
}

/** Σ A·v [rows] */
export function affine(rows: number, summands: readonly MatrixVector[]): RealVector {
  // a vector of zeros adds nothing to any row
  const products = summands.filter(({ vector }) => vector.some((entry) => entry !== 0));
  const vector = once(() => joined(products.map(({ vector }) => vector)));
  const rowAt = (r: number) => joined(products.map(({ matrix }) => rowOf(matrix, r)));
  const known = new Map<number, Real>();
  const out = realVector(rows, (A, r) => onceBy(known, r, () => A.dot(rowAt(r), vector())));
  const count = products.reduce((total, product) => total + product.vector.length, 0);
  const setSum = kernelsFor(rows * count)?.dots(rows, products) ?? sumsOf(products, count);
  const row: Sum = { high: 0, low: 0, size: 0, spread: 0 };
  for (let r = 0; r < rows; r++) {
    setSum(row, r);
    const isZero = row.size === 0 && rowAt(r).every((entry, k) => entry === 0 || vector()[k] === 0);
    if (isZero) put(out.data, out.start + WORDS * r, 0, 0, 0, 0);
    else putSum(out.data, out.start + WORDS * r, row, count);
  }
  return refined(out);
}

function joined(vectors: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(vectors.reduce((length, vector) => length + vector.length, 0));
  let at = 0;
  for (const vector of vectors) {
    out.set(vector, at);
    at += vector.length;
  }
  return out;
}

/** ε = 2⁻⁵³ */
const EPSILON = 2 ** -53;

/** The high halves of the vectors, one after the other, because every row needs them. */
let highs = new Float64Array(0);

/** What stores the sum of row r of so many products. */
function sumsOf(products: readonly MatrixVector[], count: number): (sum: Sum, r: number) => void {
  if (count > highs.length) highs = new Float64Array(count);
  let at = 0;
  for (const { vector } of products) for (let k = 0; k < vector.length; k++) highs[at++] = highHalf(vector[k]);
  return (sum, r) => {
    sum.high = sum.low = sum.size = sum.spread = 0;
    let before = 0;
    for (const product of products) {
      addDot(sum, product, r, before);
      before += product.vector.length;
    }
  };
}

/** Adds A[r]·v, before which there were so many products. */
function addDot(sum: Sum, { matrix, vector }: MatrixVector, r: number, before: number): void {
  let { high, low, size, spread } = sum;
  const yHighs = highs;
  const a = matrix.data;
  const from = r * matrix.cols;
  for (let k = 0; k < vector.length; k++) {
    const x = a[from + k];
    const y = vector[k];
    const product = x * y;
    // productError and sumError, spelt out: this loop is where the time goes.
    const xHigh = highHalf(x);
    const xLow = x - xHigh;
    const yHigh = yHighs[before + k];
    const yLow = y - yHigh;
    const next = high + product;
    const part = next - high;
    low +=
      xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow) + (high - (next - part) + (product - part));
    size += Math.abs(product);
    spread += Math.abs(low);
    high = next;
  }
  sum.high = high;
  sum.low = low;
  sum.size = size;
  sum.spread = spread;
}

/**
 * Stores high + low. Each step adds two errors, together at most ε(|product| + |high|), to low: that rounds by ε of them and by
 * ε|low|, in all ε Σ|low| + (n + 1)ε²·size. The rest of (n + 4)ε²·size is for error terms that underflowed, less than 2^-1073 each,
 * and for the roundings of the bound itself. Where they may have underflowed by more, or overflowed, nothing is known.
 */
function putSum(out: Float64Array, o: number, { high, low, size, spread }: Sum, count: number): void {
  const error = EPSILON * (spread + (count + 4) * EPSILON * size) * (1 + 2 ** -20);
  const h = high + low;
  const isKnown = size >= SAFE && error < Number.POSITIVE_INFINITY && Number.isFinite(h);
  if (isKnown) put(out, o, h, sumError(high, low, h), 0, (error / Math.abs(h)) * (1 + 2 ** -40));
  else put(out, o, 0, 0, 0, Number.NaN);
}

/** Below this the error terms of products may be no doubles any more. */
const SAFE = 2 ** -900;
