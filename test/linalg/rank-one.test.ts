import { expect, test } from "vitest";
import { addTransposedProduct } from "../../src/linalg/rank-one.ts";
import { matrixOf } from "../helpers/matrices.ts";

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
