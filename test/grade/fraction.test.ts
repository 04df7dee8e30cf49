import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, type Fraction, fractionOf, share, toNumber, ZERO } from "../../src/grade/fraction.ts";

describe("scores as fractions", () => {
  test("three thirds are one, and ten tenths", () => {
    const sum = (part: Fraction, count: number) => Array(count).fill(part).reduce(add, ZERO);
    expect(toNumber(sum(share(fractionOf(1), 1, 3), 3))).toBe(1);
    expect(toNumber(sum(fractionOf(0.1), 10))).toBe(1);
    expect(toNumber(sum(share(fractionOf(0.1), 1, 7), 7))).toBe(0.1);
  });

  test("a decimal is what it is written as, and reads back", () => {
    expect(fractionOf(0.1)).toEqual({ numerator: 1n, denominator: 10n });
    for (const value of [0, 2.5, 1e21, 1.5e-7, 123456.789, 1e-9, 9007199254740992]) {
      expect(toNumber(fractionOf(value))).toBe(value);
    }
  });

  test("is rounded once: what 60 decimal digits round to", () => {
    const points = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
    const part = fc.integer({ min: 0, max: 97 });
    const Exact = Decimal.clone({ precision: 400 });
    fc.assert(
      fc.property(fc.array(fc.tuple(points, part), { minLength: 1, maxLength: 8 }), (tests) => {
        const exact = tests.reduce((sum, [p, k]) => sum.plus(new Exact(String(p)).times(k).div(97)), new Exact(0));
        const ours = tests.map(([p, k]) => share(fractionOf(p), k, 97)).reduce(add, ZERO);
        expect(toNumber(ours)).toBe(Number(exact.toString()));
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
