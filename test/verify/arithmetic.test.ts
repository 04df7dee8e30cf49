import { describe, expect, test } from "vitest";
import { arithmetic, exact, toDouble } from "../../src/verify/arithmetic.ts";

describe("exact", () => {
  // Python: Decimal(0.1), Decimal(2**70 + 2**20)
  test.each([
    [0.1, "0.1000000000000000055511151231257827021181583404541015625"],
    [-0.1, "-0.1000000000000000055511151231257827021181583404541015625"],
    [2 ** 70 + 2 ** 20, "1180591620717412352000"],
    [0, "0"],
  ])("has every digit of the double %s", (double, digits) => {
    expect(exact(double).toFixed()).toBe(digits);
  });

  test.each([5e-324, 2 ** -1022, 2 ** -1022 - 2 ** -1074, Number.MAX_VALUE])(
    "and toDouble are inverse at %s",
    (double) => {
      expect(toDouble(exact(double))).toBe(double);
      // 2^1074 times a double is a whole number
      const P = arithmetic(1000);
      expect(P.mul(exact(double), P.pow(2, 1074)).isInteger()).toBe(true);
    },
  );
});

test("toDouble has no Infinity: beyond the doubles it is the largest of them", () => {
  const far = arithmetic(20).pow(10, 400);
  expect([toDouble(far), toDouble(far.neg())]).toEqual([Number.MAX_VALUE, -Number.MAX_VALUE]);
});
