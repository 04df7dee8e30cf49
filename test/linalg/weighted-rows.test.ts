import { expect, test } from "vitest";
import type { Matrix } from "../../src/linalg/matrix.ts";
import { sumWeightedRows } from "../../src/linalg/weighted-rows.ts";

const matrix = (rows: number, cols: number, ...data: number[]): Matrix => ({
  rows,
  cols,
  data: Float64Array.from(data),
});

test("a weight scales a row, not a column", () => {
  const result = sumWeightedRows([{ weights: Float64Array.of(2, 10), matrix: matrix(2, 3, 1, 2, 3, 4, 5, 6) }], 2, 3);
  expect(result).toEqual(matrix(2, 3, 2, 4, 6, 40, 50, 60));
});

test("terms add up, and the matrices stay as they were", () => {
  const [a, b] = [matrix(2, 2, 1, 2, 3, 4), matrix(2, 2, 5, 6, 7, 8)];
  const terms = [
    { weights: Float64Array.of(1, -1), matrix: a },
    { weights: Float64Array.of(0, 2), matrix: b },
  ];
  expect(sumWeightedRows(terms, 2, 2)).toEqual(matrix(2, 2, 1, 2, 11, 12));
  expect([a, b]).toEqual([matrix(2, 2, 1, 2, 3, 4), matrix(2, 2, 5, 6, 7, 8)]);
});

test("no terms add up to zeros", () => {
  expect(sumWeightedRows([], 1, 2)).toEqual(matrix(1, 2, 0, 0));
});
