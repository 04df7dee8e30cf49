import { type Ball, isZero, magnitudeOf, minus, over, plus, signOf, times, ZERO } from "./ball.ts";
import { logarithm, nearestDouble } from "./ball-rounding.ts";
import type { GradedRow } from "./graded-rows.ts";

/** R of a QR decomposition with its columns in another order, by rows of which each has a power of two of its own. */
export interface GradedTriangle {
  /** The entries of a row in the order of the columns, 0 where a column was taken before. */
  readonly rows: readonly GradedRow[];
  /** What is left of the columns is shorter than 2^restBelow each; −Infinity for nothing. */
  readonly restBelow: number;
  /** ‖Y⁻¹‖_F of R = D Y, the rows' lengths about 1: how much more than Y's an error of the singular values may be, relatively. */
  readonly growth: number;
}

/** How well a row is known, relatively. */
const KNOWN = 2 ** -45;

/**
 * Gram and Schmidt without square roots, v_k −= (v_j·v_k / v_j·v_j) v_j, of the longest of the columns that are left first; so no
 * share v_j·v_k/v_j·v_j is far above 1, and row j of R is √(v_j·v_j) times the shares. It ends before a row that is not known
 * to 2^−45, and after `rank` of them.
 */
export function gradedTriangle(columns: readonly (readonly Ball[])[], rank: number, bits: number): GradedTriangle {
  const dot = (a: readonly Ball[], b: readonly Ball[]) =>
    a.reduce((sum, entry, k) => plus(sum, times(entry, b[k], bits), bits), ZERO);
  let left = columns.map((vector, k) => ({ k, vector, square: dot(vector, vector) }));
  const rows: GradedRow[] = [];
  const order: number[] = [];
  const ended = (restBelow: number) => ({ rows, restBelow, growth: inverseNorm(rows, order) });
  for (;;) {
    const sizes = left.map(({ square }) => sizeOf(square));
    if (rows.length === rank) return ended(Number.NEGATIVE_INFINITY);
    const first = left[sizes.indexOf(Math.max(...sizes))];
    const rest = () => ended(Math.max(...sizes) / 2);
    if (first === undefined || !signOf(first.square)) return rest();
    const { value, error } = logarithm(first.square);
    const others = left.filter((column) => column !== first);
    const shares = others.map(({ vector }) => over(dot(first.vector, vector), first.square, bits));
    if (error > KNOWN || !shares.every(isKnown)) return rest();
    order.push(first.k);
    rows.push(rowOf(columns.length, first.k, value, new Map(others.map(({ k }, j) => [k, shares[j]]))));
    left = others.map(({ k, vector }, j) => {
      const next = vector.map((entry, r) => minus(entry, times(shares[j], first.vector[r], bits), bits));
      return { k, vector: next, square: dot(next, next) };
    });
  }
}

/** ‖M⁻¹‖_F of the triangle that rows are in this order of their columns, each divided by its first entry. */
function inverseNorm(rows: readonly GradedRow[], order: readonly number[]): number {
  let square = 0;
  for (let c = 0; c < order.length; c++) {
    // column c of the inverse, from its diagonal up
    const column = new Float64Array(c + 1);
    column[c] = 1;
    for (let r = c - 1; r >= 0; r--) {
      const { vector } = rows[r];
      for (let k = r + 1; k <= c; k++) column[r] -= (vector[order[k]] / vector[order[r]]) * column[k];
    }
    for (const entry of column) square += entry * entry;
  }
  return Math.sqrt(square);
}

/** An exponent above log₂ of the number. */
function sizeOf(square: Ball): number {
  const exponent = magnitudeOf(square);
  return exponent === null ? Number.NEGATIVE_INFINITY : Number(exponent);
}

function isKnown({ radius, exponent }: Ball): boolean {
  return nearestDouble(radius, exponent) <= KNOWN;
}

/** √e^logarithm times 1 at column k and the shares of the others. */
function rowOf(length: number, k: number, logarithm: number, shares: ReadonlyMap<number, Ball>): GradedRow {
  const log2 = logarithm / Math.LN2 / 2;
  const exponent = Math.floor(log2);
  const factor = 2 ** (log2 - exponent);
  const vector = new Float64Array(length);
  vector[k] = factor;
  for (const [j, share] of shares) {
    if (!isZero(share)) vector[j] = factor * nearestDouble(share.mantissa, share.exponent);
  }
  return { vector, exponent };
}
