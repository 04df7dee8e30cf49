import { describe, expect, test } from "vitest";
import { zeros } from "../../src/linalg/matrix.ts";
import { scaleMatrix, timesPowerOfTwo } from "../../src/linalg/scaled-matrix.ts";
import { matrixOf, rowsOf } from "../helpers/matrices.ts";

describe("a matrix times a power of two", () => {
  test.each([1, 1e300, 1e-300, 5e-324, 1.7e308, 3])("has its largest entry near 1: %d", (largest) => {
    const { scaled, exponent } = scaleMatrix(
      matrixOf([
        [largest, -largest / 2],
        [0, largest / 4],
      ]),
    );
    expect(scaled.data[0]).toBeGreaterThanOrEqual(0.5);
    expect(scaled.data[0]).toBeLessThan(4);
    expect(timesPowerOfTwo(scaled, exponent).data[0]).toBe(largest);
  });

  test("takes the largest by magnitude", () => {
    expect(scaleMatrix(matrixOf([[-8, 1]]))).toEqual({ scaled: matrixOf([[-1, 1 / 8]]), exponent: 3 });
  });

  test("is zero as it is", () => {
    expect(scaleMatrix(zeros(2, 2))).toEqual({ scaled: zeros(2, 2), exponent: 0 });
  });

  test("is exact for powers that are no doubles themselves", () => {
    expect(rowsOf(timesPowerOfTwo(matrixOf([[3 * 2 ** -1000, 2 ** -1074]]), 2000))).toEqual([
      [3 * 2 ** 1000, 2 ** 926],
    ]);
  });
});
