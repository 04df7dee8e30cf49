import { describe, expect, test } from "vitest";
import { zeros } from "../../src/linalg/matrix.ts";
import { scaleByPowerOfTwo } from "../../src/linalg/scale.ts";
import { scaleMatrix } from "../../src/linalg/scaled-matrix.ts";
import { matrixOf } from "../helpers/matrices.ts";

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
    expect(scaleByPowerOfTwo(scaled.data[0], exponent)).toBe(largest);
  });

  test("takes the largest by magnitude", () => {
    expect(scaleMatrix(matrixOf([[-8, 1]]))).toEqual({ scaled: matrixOf([[-1, 1 / 8]]), exponent: 3 });
  });

  test("is zero as it is", () => {
    expect(scaleMatrix(zeros(2, 2))).toEqual({ scaled: zeros(2, 2), exponent: 0 });
  });
});
