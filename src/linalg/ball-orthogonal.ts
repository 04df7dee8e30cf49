import { type Ball, BallArithmetic, exponentAbove, holdsZero, negate, ZERO } from "./ball.ts";

/** The squares R_jj² of a QR decomposition. */
export interface Pivots {
  /** Those of the first columns, each known not to be zero. */
  readonly squares: readonly Ball[];
  /** All others are below 2^restBelow; −Infinity where there are none. */
  readonly restBelow: number;
}

/**
 * R_jj² = ‖column j − its projection on those before it‖², one column after the other: Gram–Schmidt without square roots,
 * v_j −= (v_k·v_j / v_k·v_k) v_k. It ends before the first square that may be zero. What is left of a later column by then is
 * at least what is left of it in the end.
 */
export function squaredPivots(columns: readonly (readonly Ball[])[], bits: number): Pivots {
  const arithmetic = new BallArithmetic(bits);
  const dot = (a: readonly Ball[], b: readonly Ball[]) =>
    a.reduce((sum, entry, k) => arithmetic.add(sum, arithmetic.multiply(entry, b[k])), ZERO);
  const basis: { readonly vector: readonly Ball[]; readonly square: Ball }[] = [];
  const orthogonal = (column: readonly Ball[]) => {
    let vector = column;
    for (const { vector: before, square } of basis) {
      const share = negate(arithmetic.divide(dot(before, vector), square));
      vector = vector.map((entry, k) => arithmetic.add(entry, arithmetic.multiply(share, before[k])));
    }
    return { vector, square: dot(vector, vector) };
  };
  const squares: Ball[] = [];
  for (const [j, column] of columns.entries()) {
    const found = orthogonal(column);
    if (holdsZero(found.square)) {
      const rest = columns.slice(j).map((later) => exponentAbove(orthogonal(later).square));
      return { squares, restBelow: Math.max(...rest) };
    }
    squares.push(found.square);
    basis.push(found);
  }
  return { squares, restBelow: Number.NEGATIVE_INFINITY };
}

/** The same for a square matrix that is regular, of which ± the determinant is known: the last R_jj is what is left of it. */
export function regularPivots(columns: readonly (readonly Ball[])[], determinant: Ball, bits: number): Pivots {
  const n = columns.length;
  if (holdsZero(determinant)) return squaredPivots(columns, bits);
  const pivots = squaredPivots(columns.slice(0, n - 1), bits);
  if (pivots.squares.length < n - 1) return squaredPivots(columns, bits);
  const arithmetic = new BallArithmetic(bits);
  const last = pivots.squares.reduce(
    (rest, square) => arithmetic.divide(rest, square),
    arithmetic.multiply(determinant, determinant),
  );
  return { squares: [...pivots.squares, last], restBelow: Number.NEGATIVE_INFINITY };
}
