import { type Ball, BallArithmetic, holdsZero, isZero, negate, ZERO } from "./ball.ts";

/**
 * ‖column j − its projection on those before it‖², the squares R_jj² of a QR decomposition, for one column after the
 * other, as long as they are known not to be zero: Gram–Schmidt without square roots, v_j −= (v_k·v_j / v_k·v_k) v_k.
 * A column that is exactly zero has the square 0. The list ends before the first square that may be zero or not, and
 * after `rank` that are not zero.
 */
export function squaredPivots(columns: readonly (readonly Ball[])[], rank: number, bits: number): Ball[] {
  const arithmetic = new BallArithmetic(bits);
  const dot = (a: readonly Ball[], b: readonly Ball[]) =>
    a.reduce((sum, entry, k) => arithmetic.add(sum, arithmetic.multiply(entry, b[k])), ZERO);
  const basis: { readonly vector: readonly Ball[]; readonly square: Ball }[] = [];
  const pivots: Ball[] = [];
  for (const column of columns) {
    if (basis.length === rank) break;
    let vector = column;
    for (const { vector: before, square } of basis) {
      const share = negate(arithmetic.divide(dot(before, vector), square));
      vector = vector.map((entry, k) => arithmetic.add(entry, arithmetic.multiply(share, before[k])));
    }
    const square = dot(vector, vector);
    if (!isZero(square) && holdsZero(square)) break;
    pivots.push(square);
    if (!isZero(square)) basis.push({ vector, square });
  }
  return pivots;
}

/** The same for a square matrix that is regular, of which ± the determinant is known: the last R_jj is what is left of it. */
export function regularPivots(columns: readonly (readonly Ball[])[], determinant: Ball, bits: number): Ball[] {
  const arithmetic = new BallArithmetic(bits);
  const pivots = squaredPivots(columns, columns.length - 1, bits);
  if (pivots.length < columns.length - 1 || holdsZero(determinant)) return pivots;
  const last = pivots.reduce(
    (rest, square) => arithmetic.divide(rest, square),
    arithmetic.multiply(determinant, determinant),
  );
  return [...pivots, last];
}
