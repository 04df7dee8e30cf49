import { expect, test } from "vitest";
import { addOuterProduct, addTransposedProduct } from "../../src/linalg/rank-one.ts";
import { matrixOf, rowsOf } from "../helpers/matrices.ts";

test("matrix += a bᵀ adds a[r]·b[k] to entry (r, k)", () => {
  const matrix = matrixOf([
    [100, 200, 300],
    [400, 500, 600],
  ]);
  addOuterProduct(matrix, Float64Array.of(2, -1), Float64Array.of(1, 10, 0));
  expect(rowsOf(matrix)).toEqual([
    [102, 220, 300],
    [399, 490, 600],
  ]);
});

test("out += matrixᵀ v adds Σ_r matrix[r][k]·v[r] to entry k", () => {
  const out = Float64Array.of(1000, 2000, 3000);
  addTransposedProduct(
    out,
    matrixOf([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    Float64Array.of(10, -1),
  );
  expect([...out]).toEqual([1006, 2015, 3024]);
});
