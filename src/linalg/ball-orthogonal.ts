import { type Ball, magnitudeOf, minus, over, plus, signOf, times, ZERO } from "./ball.ts";

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
  const dot = (a: readonly Ball[], b: readonly Ball[]) =>
    a.reduce((sum, entry, k) => plus(sum, times(entry, b[k], bits), bits), ZERO);
  const basis: { readonly vector: readonly Ball[]; readonly square: Ball }[] = [];
  const orthogonal = (column: readonly Ball[]) => {
    let vector = column;
    for (const { vector: before, square } of basis) {
      const share = over(dot(before, vector), square, bits);
      vector = vector.map((entry, k) => minus(entry, times(share, before[k], bits), bits));
    }
    return { vector, square: dot(vector, vector) };
  };
  const squares: Ball[] = [];
  for (const [j, column] of columns.entries()) {
    const found = orthogonal(column);
    if (!signOf(found.square)) {
      const rest = columns.slice(j).map((later) => magnitudeOf(orthogonal(later).square));
      return { squares, restBelow: Math.max(...rest.map((k) => (k === null ? Number.NEGATIVE_INFINITY : Number(k)))) };
    }
    squares.push(found.square);
    basis.push(found);
  }
  return { squares, restBelow: Number.NEGATIVE_INFINITY };
}

/** The same for a square matrix that is regular, of which ± the determinant is known: the last R_jj is what is left of it. */
export function regularPivots(columns: readonly (readonly Ball[])[], determinant: Ball, bits: number): Pivots {
  const n = columns.length;
  if (!signOf(determinant)) return squaredPivots(columns, bits);
  const pivots = squaredPivots(columns.slice(0, n - 1), bits);
  if (pivots.squares.length < n - 1) return squaredPivots(columns, bits);
  const square = times(determinant, determinant, bits);
  const last = pivots.squares.reduce((rest, before) => over(rest, before, bits), square);
  return { squares: [...pivots.squares, last], restBelow: Number.NEGATIVE_INFINITY };
}
