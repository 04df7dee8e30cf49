import { type GradedRow, normalised } from "./graded-rows.ts";
import { type Matrix, rowOf, transpose, zeros } from "./matrix.ts";
import { maxNorm, scaleVector } from "./norm.ts";
import { orthonormalise } from "./orthonormal.ts";
import { exponentOf, scaleByPowerOfTwo } from "./scale.ts";
import type { ScaledMatrix } from "./scaled-matrix.ts";

/**
 * A product of square matrices as P = Q R, Q of orthonormal columns, without ever being formed: R's rows each have a power of
 * two of their own, so that what is 1e-300 of the rest is not lost in it. A factor S takes Q to A = S Q, whose columns count
 * by the rows of R that they stand for. Gram and Schmidt take the largest of these first, A = Q' R', and the rows of R' R are
 * again graded.
 * Source: G. W. Stewart, "On graded QR decompositions of products of matrices", ETNA 3 (1995).
 */
export class GradedProduct {
  readonly #size: number;
  /** Qᵀ, so that its vectors are rows; as many as R has rows. */
  #basis: Matrix;
  #rows: readonly GradedRow[];
  readonly #noise: () => number;

  /** @param noise is added to every component of the vectors of A, relatively to their largest. */
  constructor(size: number, noise: () => number = () => 0) {
    this.#size = size;
    this.#basis = zeros(size, size);
    for (let k = 0; k < size; k++) this.#basis.data[k * size + k] = 1;
    this.#rows = Array.from({ length: size }, (_, k) => ({ vector: rowOf(this.#basis, k).slice(), exponent: 0 }));
    this.#noise = noise;
  }

  /** R, without its rows of zeros. The singular values of P are those of these rows. */
  get rows(): readonly GradedRow[] {
    return this.#rows;
  }

  /** Multiplies by a factor S from the left: `times` tells S · right. */
  multiply(times: (right: Matrix) => ScaledMatrix): void {
    const { scaled: product, exponent } = times(transpose(this.#basis));
    const turned = transpose(product);
    let columns = this.#rows.map((row, k): Column => {
      const { scaled, exponent: own } = scaleVector(rowOf(turned, k));
      if (maxNorm(scaled) > 0) for (let j = 0; j < scaled.length; j++) scaled[j] += this.#noise();
      return { direction: scaled, vector: row.vector, exponent: row.exponent + own + exponent };
    });
    const basis = zeros(columns.length, this.#size);
    const rows: GradedRow[] = [];
    for (;;) {
      columns = columns.filter(({ direction }) => maxNorm(direction) > 0);
      const first = largest(columns);
      if (first === null) break;
      columns = columns.filter((column) => column !== first);
      const direction = first.direction.slice();
      const length = orthonormalise(direction, basis, rows.length);
      if (length === 0) continue;
      rowOf(basis, rows.length).set(direction);
      rows.push(normalised({ vector: nextRow(direction, length, first, columns), exponent: first.exponent }));
    }
    this.#basis = { ...basis, rows: rows.length, data: basis.data.subarray(0, rows.length * this.#size) };
    this.#rows = rows;
  }
}

/** A column of A and the row of R that it stands for, both times 2^exponent. */
interface Column {
  readonly direction: Float64Array;
  readonly vector: Float64Array;
  readonly exponent: number;
}

function largest(columns: readonly Column[]): Column | null {
  let found: Column | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    const size = maxNorm(column.direction);
    const power = exponentOf(size) + column.exponent + size * 2 ** -exponentOf(size) - 1;
    if (power > most) [found, most] = [column, power];
  }
  return found;
}

/** Σ over `first` and the others of their share in a direction times their vectors, in units of that of `first`; the others lose it. */
function nextRow(direction: Float64Array, length: number, first: Column, others: readonly Column[]): Float64Array {
  const sum = first.vector.map((entry) => entry * length);
  for (const { direction: other, vector, exponent } of others) {
    let share = 0;
    for (let k = 0; k < other.length; k++) share += direction[k] * other[k];
    for (let k = 0; k < other.length; k++) other[k] -= share * direction[k];
    const scaled = scaleByPowerOfTwo(share, exponent - first.exponent);
    if (scaled !== 0) for (let k = 0; k < sum.length; k++) sum[k] += scaled * vector[k];
  }
  return sum;
}
