import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addPairs, dividePairs, multiplyPairs, type Pair, pairAt, pairZeros, toPair } from "../../src/linalg/pair.ts";
import { exact, type Real } from "../promise/exact.ts";

const size = fc.double({ min: 1e-60, max: 1e60, noNaN: true });
const pair = fc
  .tuple(size, fc.boolean(), fc.double({ min: -1, max: 1, noNaN: true }))
  .map(([x, negative, low]) => toPair(negative ? -x : x, x * low * 2 ** -53));
const value = ({ hi, lo }: Pair): Real => exact(hi).plus(exact(lo));
const seeded = { seed: 2005, numRuns: 300 };

/** |got − wanted| ≤ bound · scale */
function expectWithin(got: Pair, wanted: Real, bound: number, scale: Real): void {
  expect(
    value(got)
      .minus(wanted)
      .abs()
      .lte(scale.times(exact(bound))),
  ).toBe(true);
  expect(Math.abs(got.lo)).toBeLessThanOrEqual(Math.abs(got.hi) * 2 ** -53);
}

describe("pairs", () => {
  test("add within 2⁻¹⁰⁴ of the sum of magnitudes, also where they cancel", () => {
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        for (const other of [b, { hi: -a.hi, lo: b.lo * (a.hi / b.hi) }]) {
          expectWithin(
            addPairs(a, other),
            value(a).plus(value(other)),
            2 ** -104,
            value(a).abs().plus(value(other).abs()),
          );
        }
      }),
      seeded,
    );
  });

  test("multiply within 2⁻¹⁰³, relatively", () => {
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        const product = value(a).times(value(b));
        expectWithin(multiplyPairs(a, b), product, 2 ** -103, product.abs());
      }),
      seeded,
    );
  });

  test("divide within 2⁻¹⁰², relatively", () => {
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        const quotient = value(a).div(value(b));
        expectWithin(dividePairs(a, b), quotient, 2 ** -102, quotient.abs());
      }),
      seeded,
    );
  });

  test("toPair renormalises without loss, and drops a low part that is no number", () => {
    expect(toPair(1, 1)).toEqual({ hi: 2, lo: 0 });
    expect(toPair(1, 2 ** -60)).toEqual({ hi: 1, lo: 2 ** -60 });
    expect(toPair(2 ** -60, 1)).toEqual({ hi: 1, lo: 2 ** -60 });
    expect(toPair(Number.POSITIVE_INFINITY, 0)).toEqual({ hi: Number.POSITIVE_INFINITY, lo: 0 });
  });

  test("pairAt reads a component of a vector of pairs", () => {
    const vector = pairZeros(2);
    vector.hi[1] = 3;
    vector.lo[1] = 1e-20;
    expect([pairAt(vector, 0), pairAt(vector, 1)]).toEqual([
      { hi: 0, lo: 0 },
      { hi: 3, lo: 1e-20 },
    ]);
  });
});
