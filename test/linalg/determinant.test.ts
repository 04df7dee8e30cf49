import { describe, expect, test } from "vitest";
import { exactly, isZero } from "../../src/linalg/ball.ts";
import { logarithm } from "../../src/linalg/ball-rounding.ts";
import { determinant } from "../../src/linalg/determinant.ts";
import { matrixOf } from "../helpers/matrices.ts";

describe("an elimination without a rounding", () => {
  test.each([
    [[[3]], 3],
    [
      [
        [0, 1e-300],
        [2e300, 5],
      ],
      2,
    ],
    [
      [
        [2, 3, 5],
        [7, 11, 13],
        [17, 19, 0.5],
      ],
      100.5,
    ],
  ])("of %j has the determinant ± %d", (matrix, expected) => {
    expect(Math.exp(logarithm(determinant(matrixOf(matrix))).value)).toBeCloseTo(expected, 10);
  });

  test("of dependent columns has the determinant 0", () => {
    const found = determinant(
      matrixOf([
        [1, 2],
        [2, 4],
      ]),
    );
    expect(isZero(found)).toBe(true);
  });
});

test("the logarithm of an exact number is off by nothing but its own rounding", () => {
  const exact = logarithm(exactly(-0.3));
  expect(exact.value).toBeCloseTo(Math.log(0.3), 14);
  expect(exact.error).toBe(0);
  expect(logarithm({ ...exactly(8), radius: 1n }).error).toBeGreaterThan(0);
});
