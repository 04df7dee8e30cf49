/** Sums of rows of doubles times real numbers, each entry the nearest double. */
import { once } from "../once.ts";
import { carefully, entryOf, type Product, Sums } from "./compensated-sums.ts";
import { kernelsFor } from "./kernels/choice.ts";
import { type Matrix, zeros } from "./matrix.ts";
import type { RealVector } from "./real-vector.ts";

/** diag(weights)·matrix: row r of the matrix times weights[r]. A matrix of one row has that row everywhere. */
export interface WeightedRows {
  readonly weights: RealVector;
  readonly matrix: Matrix;
}

/** Σⱼ diag(wⱼ) Mⱼ [rows × cols]: H² work a term, where a product of full matrices would cost H³. */
export function sumWeightedRows(terms: readonly WeightedRows[], rows: number, cols: number): Matrix {
  const result = zeros(rows, cols);
  const products = productsOf(terms, 0);
  const sums = once(() => new Sums(cols));
  const setRow = (r: number) => {
    for (const [j, { matrix }] of terms.entries()) {
      products[j].index = r;
      if (matrix.rows > 1) products[j].from = r * cols;
    }
    sums().round(products, result.data, r * cols);
  };
  if (!kernelsFor(terms.length * rows * cols)?.setRows(terms, result, setRow)) {
    for (let r = 0; r < rows; r++) setRow(r);
  }
  return result;
}

/** Entry (r, k) of it as a number, a vector of one. */
export function weightedEntry(terms: readonly WeightedRows[], r: number, k: number): RealVector {
  return entryOf(productsOf(terms, r), k);
}

function productsOf(terms: readonly WeightedRows[], r: number): Product[] {
  return terms.map(({ weights, matrix: { rows, cols, data } }) => {
    return { weights, index: r, data, from: rows > 1 ? r * cols : 0 };
  });
}

/** Σⱼ Mⱼᵀ wⱼ [cols], walking the rows as they lie in memory. */
export function sumWeightedColumns(terms: readonly WeightedRows[], cols: number): Float64Array {
  const result = new Float64Array(cols);
  const products = once(() =>
    terms.flatMap(({ weights, matrix: { data } }) =>
      Array.from({ length: weights.length }, (_, index) => ({ weights, index, data, from: index * cols })),
    ),
  );
  const count = terms.reduce((total, { weights }) => total + weights.length, 0);
  const entryAt = (k: number) => carefully(products(), k);
  if (!kernelsFor(count * cols)?.setColumns(terms, result, entryAt)) new Sums(cols).round(products(), result, 0);
  return result;
}
