/**
 * b + A₁v₁ + A₂v₂ + …, row by row as one compensated sum: as if computed in 106 bits and kept as a pair.
 * Source: T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26 (2005), Dot2:
 * the error is at most γ²ₙ Σ|products|, γₙ = nε/(1 − nε).
 */
import { highHalf, productError, sumError } from "./error-free.ts";
import type { Matrix } from "./matrix.ts";
import { type Pair, type PairVector, pairZeros, toPair } from "./pair.ts";
import { exponentOf, scaleByPowerOfTwo } from "./scale.ts";

/** One summand A·v. */
export interface MatrixVector {
  readonly matrix: Matrix;
  readonly vector: Float64Array;
}

/** A running compensated sum; a plain object, so that the loops below can keep it in registers. */
export interface Sum extends Pair {
  /** Σ|products|, to tell whether an error term may have underflowed. */
  magnitude: number;
}

/** Adds a[from … from + v.length)·v to the sum. */
export function addDot(sum: Sum, a: Float64Array, from: number, v: Float64Array): void {
  let { hi, lo, magnitude } = sum;
  for (let k = 0; k < v.length; k++) {
    const x = a[from + k];
    const y = v[k];
    const product = x * y;
    // productError and sumError, spelt out: this loop is where the time goes.
    const xHigh = highHalf(x);
    const xLow = x - xHigh;
    const yHigh = highHalf(y);
    const yLow = y - yHigh;
    const next = hi + product;
    const part = next - hi;
    lo +=
      xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow) + (hi - (next - part) + (product - part));
    magnitude += Math.abs(product);
    hi = next;
  }
  sum.hi = hi;
  sum.lo = lo;
  sum.magnitude = magnitude;
}

/** Adds the number b to the sum. */
export function addNumber(sum: Sum, b: number): void {
  const next = sum.hi + b;
  sum.lo += sumError(sum.hi, b, next);
  sum.hi = next;
  sum.magnitude += Math.abs(b);
}

/** Below this an error term, 2⁻¹⁰⁶ of its product, might be no normal double any more. */
const SAFE_MAGNITUDE = 2 ** -900;

/** False where something overflowed or may have underflowed on the way, so that the sum must be formed again, scaled. */
export function isReliable(sum: Sum): boolean {
  return (sum.magnitude >= SAFE_MAGNITUDE || sum.magnitude === 0) && Number.isFinite(sum.hi + sum.lo);
}

/**
 * b + Σ Aⱼvⱼ as pairs [rows].
 * Rows whose products leave the double range on the way are summed again with every product scaled; the result is
 * infinite only where the sum itself is.
 */
export function affine(rows: number, products: readonly MatrixVector[], bias: Float64Array | null): PairVector {
  const result = pairZeros(rows);
  // a vector of zeros adds nothing to any row, not even to a zero's sign
  const relevant = products.filter(({ vector }) => vector.some((entry) => entry !== 0));
  for (let r = 0; r < rows; r++) {
    const sum: Sum = { hi: 0, lo: 0, magnitude: 0 };
    for (const { matrix, vector } of relevant) addDot(sum, matrix.data, r * matrix.cols, vector);
    if (bias !== null) addNumber(sum, bias[r]);
    const { hi, lo } = isReliable(sum) ? toPair(sum.hi, sum.lo) : scaledRow(r, relevant, bias);
    result.hi[r] = hi;
    result.lo[r] = lo;
  }
  return result;
}

/** Where the largest product of a scaled row is put: high up, so that what remains when it cancels is still there. */
const HIGHEST = 900;
/** Products this many powers of two below the largest would be no normal doubles any more. */
const NEGLIGIBLE = -1860;

/** Row r again, each factor scaled to [1, 2) and each product relative to the largest, so that nothing over- or underflows. */
function scaledRow(r: number, products: readonly MatrixVector[], bias: Float64Array | null): Pair {
  const factors: [number, number][] = bias === null ? [] : [[bias[r], 1]];
  for (const { matrix, vector } of products) {
    for (let k = 0; k < vector.length; k++) factors.push([matrix.data[r * matrix.cols + k], vector[k]]);
  }
  const exponents = factors.map(([a, b]) => exponentOf(a) + exponentOf(b));
  const largest = exponents.reduce((max, e) => Math.max(max, e), -Infinity);
  const sum: Sum = { hi: 0, lo: 0, magnitude: 0 };
  factors.forEach(([a, b], k) => {
    const exponent = exponents[k] - largest;
    // also skips exact zeros, whose exponent is −Infinity
    if (!(exponent > NEGLIGIBLE)) return;
    const x = scaleByPowerOfTwo(scaleByPowerOfTwo(a, -exponentOf(a)), exponent + HIGHEST);
    const y = scaleByPowerOfTwo(b, -exponentOf(b));
    const product = x * y;
    addNumber(sum, product);
    sum.lo += productError(x, y, product);
  });
  const { hi, lo } = toPair(sum.hi, sum.lo);
  if (hi === 0) return { hi: 0, lo: 0 };
  return { hi: scaleByPowerOfTwo(hi, largest - HIGHEST), lo: scaleByPowerOfTwo(lo, largest - HIGHEST) };
}
