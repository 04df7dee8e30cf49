import { reduceToHessenberg, reflector } from "./hessenberg.ts";
import type { Matrix } from "./matrix.ts";
import { maxNorm, scaleVector } from "./norm.ts";

/** re + i·im */
export interface Eigenvalue {
  readonly re: number;
  readonly im: number;
}

/** The eigenvalues in units of 2^exponent. */
export interface ScaledEigenvalues {
  readonly values: readonly Eigenvalue[];
  readonly exponent: number;
}

/** Steps that one eigenvalue may take; ten are many. */
const MOST_STEPS = 200;

/** Every so many steps without an eigenvalue the shifts are taken from elsewhere. */
const PATIENCE = 10;

/** A subdiagonal entry that is zero beside a largest entry of 1, and whose square has all its digits. */
const NEGLIGIBLE = 2 ** -500;

/**
 * The eigenvalues of a real square matrix, by descending modulus; of a conjugate pair, which has re and |im| in common, the one
 * with im > 0 first; else by descending re. null where an entry is not finite, or the iteration does not end, which is not
 * known to happen.
 *
 * Householder's reduction to Hessenberg form and Francis's QR steps of two shifts, without eigenvectors. Both are
 * orthogonal, and the matrix is not balanced: together the values are the eigenvalues of A + E, ‖E‖_F ≤ 8nε‖A‖_F, ε = 2⁻⁵³
 * (measured: 3nε). So those far below ε‖A‖ have no digits, and a defective one of multiplicity k is off by ε^(1/k).
 *
 * Tried for this: ml-matrix 6.15.1, whose iteration, JAMA's, has no end for the 0/1 matrix of the tests (nor for entries near
 * 1e-200), and whose classes come along, 59 kB.
 * Source: J. G. F. Francis, "The QR transformation" (1961); G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., §7.5;
 * the shifts against cycles are LAPACK's.
 */
export function eigenvalues(matrix: Matrix): ScaledEigenvalues | null {
  if (!Number.isFinite(maxNorm(matrix.data))) return null;
  const { scaled, exponent } = scaleVector(matrix.data);
  const h = { ...matrix, data: scaled };
  reduceToHessenberg(h);
  const values: Eigenvalue[] = [];
  for (let high = h.rows - 1, count = 0; high >= 0; ) {
    const low = blockStart(h, high);
    if (high - low <= 1) {
      values.push(...(low === high ? [real(h.data[high * h.cols + high])] : ofPair(h, low)));
      high = low - 1;
      count = 0;
      continue;
    }
    if (count === MOST_STEPS) return null;
    count += 1;
    francisStep(h, low, high, count % PATIENCE === 0 ? otherShifts(h, low, high, count) : usualShifts(h, high));
  }
  return { values: values.sort(byModulus), exponent };
}

const real = (re: number): Eigenvalue => ({ re, im: 0 });

function byModulus(a: Eigenvalue, b: Eigenvalue): number {
  return Math.hypot(b.re, b.im) - Math.hypot(a.re, a.im) || b.re - a.re || b.im - a.im;
}

/** The first row of the block that ends with `high`: before it, the subdiagonal entry is zero or rounding. */
function blockStart({ cols, data }: Matrix, high: number): number {
  let low = high;
  for (; low > 0; low--) {
    const at = low * cols + low;
    const size = Math.abs(data[at]) + Math.abs(data[at - cols - 1]);
    if (Math.abs(data[at - 1]) <= Math.max(NEGLIGIBLE, 2 ** -53 * size)) break;
  }
  return low;
}

/** Of the block of rows and columns k, k + 1. */
function ofPair({ cols, data }: Matrix, k: number): Eigenvalue[] {
  const at = k * cols + k;
  const last = data[at + cols + 1];
  const beside = data[at + 1] * data[at + cols];
  const half = (data[at] - last) / 2;
  const discriminant = half * half + beside;
  if (discriminant < 0) {
    const [re, im] = [last + half, Math.sqrt(-discriminant)];
    return [
      { re, im },
      { re, im: -im },
    ];
  }
  const root = half + (half < 0 ? -Math.sqrt(discriminant) : Math.sqrt(discriminant));
  return [real(last + root), real(root === 0 ? last : last - beside / root)];
}

/** Two shifts a, b by what their polynomial (a − x)(b − x) is: (x1 − x)(x2 − x) − product. */
interface Shifts {
  readonly x1: number;
  readonly x2: number;
  readonly product: number;
}

/** The eigenvalues of the last two rows and columns of the block. */
function usualShifts({ cols, data }: Matrix, high: number): Shifts {
  const at = high * cols + high;
  return { x1: data[at], x2: data[at - cols - 1], product: data[at - 1] * data[at - cols] };
}

/** Any others, of the block's size, at its end and its start by turns. */
function otherShifts({ cols, data }: Matrix, low: number, high: number, count: number): Shifts {
  const isEnd = (count / PATIENCE) % 2 === 0;
  const at = isEnd ? high * cols + high : low * cols + low;
  const beside = isEnd ? [at - 1, at - cols - 2] : [at + cols, at + 2 * cols + 1];
  const size = Math.abs(data[beside[0]]) + Math.abs(data[beside[1]]);
  const x = data[at] + 0.75 * size;
  return { x1: x, x2: x, product: -0.4375 * size * size };
}

/** One QR step with both shifts on the rows and columns low … high: three of them at a time, from the first to the last. */
function francisStep(h: Matrix, low: number, high: number, { x1, x2, product }: Shifts): void {
  const { cols, data } = h;
  const at = low * cols + low;
  const start = data[at];
  const below = data[at + cols];
  // the first column of (H − a)(H − b), over its subdiagonal entry
  let x = ((x1 - start) * (x2 - start) - product) / below + data[at + 1];
  let y = start + data[at + cols + 1] - x1 - x2;
  let z = data[at + 2 * cols + 1];
  for (let k = low; k < high; k++) {
    const isThree = k + 2 <= high;
    const { vector, factor, first } = reflector(isThree ? Float64Array.of(x, y, z) : Float64Array.of(x, y));
    if (k > low) {
      data[k * cols + k - 1] = first;
      data[(k + 1) * cols + k - 1] = 0;
      if (isThree) data[(k + 2) * cols + k - 1] = 0;
    }
    reflectBoth(h, k, low, high, vector, factor);
    x = data[(k + 1) * cols + k];
    y = k + 2 <= high ? data[(k + 2) * cols + k] : 0;
    z = k + 3 <= high ? data[(k + 3) * cols + k] : 0;
  }
}

/** Rows and columns k, k + 1 and, of three, k + 2 of the block, by the reflector from both sides. */
function reflectBoth({ cols, data }: Matrix, k: number, low: number, high: number, v: Float64Array, factor: number) {
  const [v1, v2] = [v[1], v.length === 3 ? v[2] : 0];
  const third = v.length === 3 ? 2 : 1;
  for (let j = k; j <= high; j++) {
    const at = k * cols + j;
    const sum = factor * (data[at] + v1 * data[at + cols] + v2 * data[at + third * cols]);
    data[at] -= sum;
    data[at + cols] -= sum * v1;
    if (third === 2) data[at + 2 * cols] -= sum * v2;
  }
  for (let r = low; r <= Math.min(high, k + 3); r++) {
    const at = r * cols + k;
    const sum = factor * (data[at] + v1 * data[at + 1] + v2 * data[at + third]);
    data[at] -= sum;
    data[at + 1] -= sum * v1;
    if (third === 2) data[at + 2] -= sum * v2;
  }
}
