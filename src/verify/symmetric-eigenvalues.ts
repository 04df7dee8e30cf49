/** The eigenvalues of a small symmetric matrix, enclosed. */
import { type Ball, difference, exact, largest, product, quotient, sum, toDouble, withBits } from "./arithmetic.ts";
import { compare, isZero, negate, ONE, radiusOf, timesPowerOfTwo, topOf, upperBound, widened, ZERO } from "./ball.ts";

/** Bits that are computed with, and bits below the largest entry from which on an entry beside the diagonal is left. */
const [BITS, LEFT] = [128, 110];

/** Jacobi's method converges quadratically: it takes about eight. */
const SWEEPS = 30;

/**
 * Descending, each within its radius. Jacobi's rotations by angles of which half the tangent is a double t, so that they are
 * orthogonal exactly: c = (1 − t²)/(1 + t²), s = 2t/(1 + t²). By Weyl, what is left beside the diagonal moves no eigenvalue by more than
 * its norm.
 * Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., §8.5.
 * @param matrix [n × n] by rows
 */
export function symmetricEigenvalues(matrix: readonly (readonly Ball[])[]): Ball[] {
  return withBits(BITS, () => {
    const a = matrix.map((row) => [...row]);
    const least = Math.max(...a.flat().map(topOf)) - LEFT;
    for (let sweep = 0; sweep < SWEEPS && rotateAll(a, least); sweep++);
    const beside = a.flatMap((row, r) => row.filter((_, k) => k !== r).map(upperBound));
    const diagonal = a.map((row, r) => row[r]).sort((x, y) => compare(y, x));
    // the order of numbers that are known to within their radii may be another, by no more than the largest of these
    const blur = largest(ZERO, ...diagonal.map(radiusOf));
    return diagonal.map((entry) =>
      widened(
        entry,
        beside.reduce((total, one) => sum(total, one), blur),
        BITS,
      ),
    );
  });
}

/** One sweep; false where nothing was left to do. */
function rotateAll(a: Ball[][], least: number): boolean {
  let isMoved = false;
  for (let p = 0; p < a.length; p++) {
    for (let q = p + 1; q < a.length; q++) {
      if (topOf(a[p][q]) <= least) continue;
      rotate(a, p, q, least);
      isMoved = true;
    }
  }
  return isMoved;
}

/** The rotation in the plane of p and q that makes entry (p, q) as good as zero. */
function rotate(a: Ball[][], p: number, q: number, least: number): void {
  const [first, beside, last] = [a[p][p], a[p][q], a[q][q]];
  const inUnits = (entry: Ball) => toDouble(timesPowerOfTwo(entry, -least));
  const cotangent = inUnits(difference(last, first)) / (2 * inUnits(beside));
  const tangent = (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.hypot(1, cotangent));
  const t = exact(tangent / (1 + Math.hypot(1, tangent)));
  const whole = sum(ONE, product(t, t));
  const c = quotient(difference(ONE, product(t, t)), whole);
  const s = quotient(timesPowerOfTwo(t, 1), whole);
  const [cc, cs, ss] = [product(c, c), product(c, s), product(s, s)];
  const mixed = timesPowerOfTwo(product(cs, beside), 1);
  a[p][p] = sum(product(cc, first), product(ss, last), negate(mixed));
  a[q][q] = sum(product(ss, first), product(cc, last), mixed);
  a[p][q] = sum(product(difference(cc, ss), beside), product(cs, difference(first, last)));
  a[q][p] = a[p][q];
  for (let k = 0; k < a.length; k++) {
    if (k === p || k === q) continue;
    const [x, y] = [a[k][p], a[k][q]];
    if (isZero(x) && isZero(y)) continue;
    a[k][p] = difference(product(c, x), product(s, y));
    a[k][q] = sum(product(s, x), product(c, y));
    [a[p][k], a[q][k]] = [a[k][p], a[k][q]];
  }
}
