import { describe, expect, test } from "vitest";
import { exponentOf, scaleByPowerOfTwo } from "../../src/linalg/scale.ts";

describe("scaling by powers of two", () => {
  test.each([
    [1.5, 3, 12],
    [-3, -1, -1.5],
    [2 ** -1074, 2097, 2 ** 1023],
    [2 ** 1023, -2097, 2 ** -1074],
    [1, -1074, 2 ** -1074],
    [0, 5000, 0],
    [1, -5000, 0],
    [1, 5000, Number.POSITIVE_INFINITY],
  ])("%d times 2 to the %d is %d", (a, k, expected) => {
    expect(scaleByPowerOfTwo(a, k)).toBe(expected);
  });

  test("scaling there and back is exact across the whole normal range", () => {
    for (let k = -1000; k <= 1000; k += 125) {
      expect(scaleByPowerOfTwo(scaleByPowerOfTwo(Math.PI, k), -k)).toBe(Math.PI);
    }
  });

  test("a subnormal result is rounded once, to nearest", () => {
    expect(scaleByPowerOfTwo(3, -1075)).toBe(2 ** -1073);
    expect(scaleByPowerOfTwo(2.5, -1075)).toBe(2 ** -1074);
  });

  test("the exponent brings a number to order 1, to within one", () => {
    for (const a of [1, -1.999999, 0.1, 1e300, -1e-300, 2 ** -1074, Number.MAX_VALUE, 2 - 2 ** -52, 1 - 2 ** -53]) {
      const scaled = Math.abs(scaleByPowerOfTwo(a, -exponentOf(a)));
      expect(scaled).toBeGreaterThan(0.5 - 2 ** -53);
      expect(scaled).toBeLessThanOrEqual(2);
    }
    expect(exponentOf(0)).toBe(Number.NEGATIVE_INFINITY);
  });
});
