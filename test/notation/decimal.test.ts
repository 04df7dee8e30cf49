import { expect, test } from "vitest";
import { decimalOf } from "../../src/notation/decimal.ts";

test.each([
  ["-1.5e-3", -15n, -4n],
  [".5", 5n, -1n],
  ["5.", 5n, 0n],
])("%s has its digits and its power of ten", (text, digits, exponent) => {
  expect(decimalOf(text)).toEqual({ digits, exponent });
});
