/**
 * A₁v₁ + A₂v₂ + … + b, row by row: a sum of products of doubles, which is an exact rational number.
 * Source: T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26 (2005), Dot2 with a running
 * bound in place of theirs.
 */
import { once, onceBy } from "../once.ts";
import { put, WORDS } from "./bounded.ts";
import { highHalf, sumError } from "./error-free.ts";
import { kernelsFor } from "./kernels/choice.ts";
import { type Matrix, rowOf } from "./matrix.ts";
import type { Real } from "./real.ts";
import { partOf, type RealVector, realVector, refined } from "./real-vector.ts";

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
  return stacked(rows, [summands]);
}

/** Several of them, [rows] each: where their vectors are the same, these are prepared once, and the sums lie behind each other. */
export function affines(rows: number, sums: readonly (readonly MatrixVector[])[]): RealVector[] {
  const isAlike = (sum: readonly MatrixVector[]) =>
    sum.length === sums[0].length && sum.every(({ vector }, j) => vector === sums[0][j].vector);
  if (sums.length < 2 || !sums.every(isAlike)) return sums.map((sum) => affine(rows, sum));
  const all = stacked(rows, sums);
  return sums.map((_, k) => partOf(all, k * rows, rows));
}

/** Sums with the same vectors, behind each other [rows · sums]. */
function stacked(rows: number, sums: readonly (readonly MatrixVector[])[]): RealVector {
  // a vector of zeros adds nothing to any row
  const isUsed = sums[0].map(({ vector }) => vector.some((entry) => entry !== 0));
  const products = sums.map((summands) => summands.filter((_, j) => isUsed[j]));
  const vector = once(() => joined(products[0].map(({ vector }) => vector)));
  const rowAt = (k: number) => joined(products[Math.floor(k / rows)].map(({ matrix }) => rowOf(matrix, k % rows)));
  const known = new Map<number, Real>();
  const out = realVector(rows * sums.length, (A, k) => onceBy(known, k, () => A.dot(rowAt(k), vector())));
  const count = products[0].reduce((total, product) => total + product.vector.length, 0);
  const share = errorShare(count);
  const length = once(() => setVectors(products[0]));
  const setSum = (k: number, s: number, r: number) => {
    const sum = sumOfRow(products[s], r, length());
    const isZero = sum.size === 0 && rowAt(k).every((entry, j) => entry === 0 || vector()[j] === 0);
    if (isZero) put(out.data, out.start + WORDS * k, 0, 0, 0, 0);
    else putSum(out.data, out.start + WORDS * k, sum, share);
  };
  const careful = (k: number) => setSum(k, Math.floor(k / rows), k % rows);
  if (!kernelsFor(count * out.length)?.setSums(products, out, share, careful)) {
    for (let s = 0; s < sums.length; s++) for (let r = 0; r < rows; r++) setSum(s * rows + r, s, r);
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

/** A compensated sum, high + low, of products of that size in all. */
interface Sum {
  high: number;
  low: number;
  /** Σ|products| */
  size: number;
}

/** The vectors behind each other, each with a zero behind it where its length is odd; their high halves, and room for a row. */
let [vectors, highs, row] = [new Float64Array(0), new Float64Array(0), new Float64Array(0)];

/** Sets them; returns how many numbers they are. */
function setVectors(products: readonly MatrixVector[]): number {
  let length = 0;
  for (const { vector } of products) length += even(vector.length);
  if (length > row.length) [vectors, highs, row] = [0, 1, 2].map(() => new Float64Array(length));
  let at = 0;
  for (const { vector } of products) {
    for (let k = 0; k < vector.length; k++) {
      vectors[at] = vector[k];
      highs[at++] = highHalf(vector[k]);
    }
    if (vector.length % 2 === 1) vectors[at] = highs[at++] = 0;
  }
  return length;
}

function even(length: number): number {
  return length + (length % 2);
}

/** The sum of row r: that of every other product and that of the rest, rounded as sums are. */
function sumOfRow(products: readonly MatrixVector[], r: number, length: number): Sum {
  const x = row;
  let at = 0;
  for (const { matrix, vector } of products) {
    const a = matrix.data;
    const cols = vector.length;
    const from = r * cols;
    for (let k = 0; k < cols; k++) x[at + k] = a[from + k];
    at += cols;
    if (cols & 1) x[at++] = 0;
  }
  const [a, b] = [sumFrom(0, length), sumFrom(1, length)];
  const high = a.high + b.high;
  const low = sumError(a.high, b.high, high) + (a.low + b.low);
  return { high, low, size: a.size + b.size };
}

function sumFrom(first: 0 | 1, length: number): Sum {
  const xs = row;
  const ys = vectors;
  const yHighs = highs;
  let size = 0;
  for (let k = first; k < length; k += 2) size += Math.abs(xs[k] * ys[k]);
  // a sum that begins with 4 size stays within 3 and 5 of it: by how much it grows is told exactly by a difference
  let high = 4 * size;
  let low = 0;
  for (let k = first; k < length; k += 2) {
    const x = xs[k];
    const y = ys[k];
    const next = high + x * y;
    const part = next - high;
    const xHigh = highHalf(x);
    const xLow = x - xHigh;
    const yHigh = yHighs[k];
    const yLow = y - yHigh;
    low += xHigh * yHigh - part + (xLow * yHigh + xHigh * yLow) + xLow * yLow;
    high = next;
  }
  return { high: high - 4 * size, low, size };
}

/**
 * How far a sum of n products may be off, as a share of its size. What each adds to low is at most 7ε·size, and but for roundings of
 * at most 33ε²·size together it is exact: where |xy| > 2^-25 size its parts are added without one. The k-th addition to low rounds by
 * at most 7kε²·size, and there are n/2 in each of the two sums and a rest for each summand: all in all less than (n + 3)² + 48(n + 3)/2. What is left of (n + 28)²
 * is for error terms that underflowed, less than 2^-1072 each, and for the roundings of the bound itself.
 */
export function errorShare(n: number): number {
  return (n + 28) * (n + 28) * 2 ** -106 * (1 + 2 ** -20);
}

/** Stores high + low. Where error terms may have underflowed by more, or overflowed, nothing is known. */
function putSum(out: Float64Array, o: number, { high, low, size }: Sum, share: number): void {
  const error = size * share;
  const h = high + low;
  const isKnown = size >= SAFE && error < Number.POSITIVE_INFINITY && Number.isFinite(h);
  if (isKnown) put(out, o, h, sumError(high, low, h), 0, (error / Math.abs(h)) * (1 + 2 ** -40));
  else put(out, o, 0, 0, 0, Number.NaN);
}

/** Below this the error terms of products may be no doubles any more. */
const SAFE = 2 ** -900;
