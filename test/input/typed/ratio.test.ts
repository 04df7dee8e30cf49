import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestRatio } from "../../../src/input/typed/ratio.ts";
import { decimalOf } from "../../../src/notation/decimal.ts";

const ONE = { digits: 1n, exponent: 0n };
const seeded = { seed: 15, numRuns: 500 };

test("a decimal over 1 is what the language reads, over all doubles and beyond", () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: -400, max: 330 }))
    .map(([digits, exponent]) => `${digits}e${exponent}`);
  fc.assert(
    fc.property(decimal, (text) => {
      // of zero, both signs are zero
      expect(nearestRatio(decimalOf(text), ONE) + 0, text).toBe(Number(text) + 0);
    }),
    seeded,
  );
});

test("a quotient of integers is the division of doubles, whatever their signs", () => {
  const integer = fc.maxSafeInteger();
  fc.assert(
    fc.property(integer, integer, (a, b) => {
      fc.pre(a !== 0 && b !== 0);
      const exact = (n: number) => ({ digits: BigInt(n), exponent: 0n });
      expect(nearestRatio(exact(a), exact(b))).toBe(a / b);
    }),
    seeded,
  );
});
