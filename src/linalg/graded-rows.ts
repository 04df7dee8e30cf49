import { scaleVector } from "./norm.ts";

/** Vectors that each have a power of two of their own: vector · 2^exponent. */
export interface GradedRow {
  readonly vector: Float64Array;
  readonly exponent: number;
}

/** Rows count as orthogonal where the cosine between them is below it. */
const ORTHOGONAL = 1e-12;
/** Sweeps after which Jacobi's method has long converged. */
const MOST_SWEEPS = 30;

/**
 * log₂ of the singular values of a matrix of such rows, none of them zero, descending, however far apart they lie: rotations
 * of two rows at a time until all are orthogonal (Hestenes). With R = D Y, Y of rows of length 1, each singular value is right
 * to some nεκ(Y), relatively: it is the same for every diagonal D. null where it does not converge, which is not known to happen.
 * Source: J. Demmel, K. Veselić, "Jacobi's method is more accurate than QR" (1992).
 */
export function gradedSingularLogarithms(rows: readonly GradedRow[]): Float64Array | null {
  let work = rows.map(normalised);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    work.sort((a, b) => b.exponent - a.exponent || squareOf(b.vector) - squareOf(a.vector));
    let count = 0;
    for (let p = 0; p < work.length; p++) {
      for (let q = p + 1; q < work.length; q++) if (rotate(work[p], work[q])) count += 1;
    }
    work = work.map(normalised);
    if (count === 0) {
      return Float64Array.from(work, ({ vector, exponent }) => exponent + Math.log2(squareOf(vector)) / 2)
        .sort()
        .reverse();
    }
  }
  return null;
}

/** The same with its largest entry in [1, 2); zero where it is zero. */
export function normalised({ vector, exponent }: GradedRow): GradedRow {
  const { scaled, exponent: own } = scaleVector(vector);
  return { vector: scaled, exponent: exponent + own };
}

function squareOf(vector: Float64Array): number {
  return innerProduct(vector, vector);
}

function innerProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/**
 * Makes rows a·2^p and b·2^q orthogonal, whether that took anything: a' = c(a − 4^g τ b), b' = c(b + τ a) with g = q − p and
 * τ = ± 1/(|z| + √(4^g + z²)), z = (4^g b·b − a·a)/(2a·b). For g → −∞ it is Gram and Schmidt's b − (a·b/a·a) a.
 */
function rotate({ vector: a, exponent: p }: GradedRow, { vector: b, exponent: q }: GradedRow): boolean {
  const [ofA, ofB, inner] = [squareOf(a), squareOf(b), innerProduct(a, b)];
  if (Math.abs(inner) <= ORTHOGONAL * Math.sqrt(ofA) * Math.sqrt(ofB)) return false;
  const power = 4 ** Math.max(-600, q - p);
  const z = (power * ofB - ofA) / (2 * inner);
  const tau = (z < 0 ? -1 : 1) / (Math.abs(z) + Math.sqrt(power + z * z));
  const cosine = 1 / Math.sqrt(1 + power * tau * tau);
  for (let k = 0; k < a.length; k++) {
    const [first, second] = [a[k], b[k]];
    a[k] = cosine * (first - power * tau * second);
    b[k] = cosine * (second + tau * first);
  }
  return true;
}
