import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addExactly, highHalf, productError, sumError } from "../../src/linalg/error-free.ts";
import { exact } from "../promise/exact.ts";

/** Enough digits that sums and products of these doubles are exact. */
const Wide = Decimal.clone({ precision: 2000 });
const wide = (x: number) => new Wide(exact(x));
const moderate = fc.double({ min: -1e140, max: 1e140, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-140);
const seeded = { seed: 1971, numRuns: 300 };

describe("error-free transformations", () => {
  test("a + b is exactly its double and sumError, whichever of the two is larger", () => {
    fc.assert(
      fc.property(moderate, moderate, (a, b) => {
        expect(
          wide(a + b)
            .plus(wide(sumError(a, b, a + b)))
            .eq(wide(a).plus(wide(b))),
        ).toBe(true);
      }),
      seeded,
    );
    expect(sumError(1, 2 ** -80, 1)).toBe(2 ** -80);
  });

  test("a · b is exactly its double and productError", () => {
    fc.assert(
      fc.property(moderate, moderate, (a, b) => {
        expect(
          wide(a * b)
            .plus(wide(productError(a, b, a * b)))
            .eq(wide(a).times(wide(b))),
        ).toBe(true);
      }),
      seeded,
    );
  });

  test("a sum of doubles is kept exactly, the smallest part first", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(moderate, fc.constantFrom(1, -1, 2 ** -53, 2 ** 60))), (terms) => {
        const parts: number[] = [];
        for (const x of terms) addExactly(parts, x);
        const truth = terms.reduce((sum, x) => sum.plus(wide(x)), wide(0));
        expect(parts.reduce((sum, x) => sum.plus(wide(x)), wide(0)).eq(truth)).toBe(true);
        parts.slice(1).forEach((part, k) => {
          expect(Math.abs(part)).toBeGreaterThan(Math.abs(parts[k]));
        });
        expect(parts).not.toContain(0);
      }),
      seeded,
    );
  });

  test("productError is NaN where a half overflows", () => {
    expect(productError(1.1e307, 1.1, 1.1e307 * 1.1)).toBeNaN();
  });

  test("highHalf has at most 26 bits, and so has what it leaves", () => {
    const bits = (x: number) => {
      let odd = BigInt(Math.abs(x) * 2 ** 52);
      while (odd !== 0n && odd % 2n === 0n) odd /= 2n;
      return odd.toString(2).length;
    };
    for (const a of [Math.PI / 2, -Math.E / 2, 1 + 2 ** -52, 2 - 2 ** -52]) {
      expect(bits(highHalf(a))).toBeLessThanOrEqual(26);
      expect(bits(a - highHalf(a))).toBeLessThanOrEqual(26);
    }
  });
});
