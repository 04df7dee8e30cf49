import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { euclideanNorm, maxNorm, scaleVector, sumNorm } from "../../src/linalg/norm.ts";
import type { Pair } from "../../src/linalg/pair.ts";
import { scaleByPowerOfTwo } from "../../src/linalg/scale.ts";
import { exact, type Real, sum } from "../promise/exact.ts";

const entry = fc.double({ min: -2, max: 2, noNaN: true });
const vectors = fc.array(entry, { minLength: 1, maxLength: 40 }).map((entries) => Float64Array.from(entries));

function expectWithin({ hi, lo }: Pair, wanted: Real, bound: number): void {
  expect(
    exact(hi)
      .plus(exact(lo))
      .minus(wanted)
      .abs()
      .lte(wanted.times(exact(bound))),
  ).toBe(true);
}

describe("norms", () => {
  test("the Euclidean norm and the sum norm are pairs good to 2⁻⁹⁰ of the exact ones", () => {
    fc.assert(
      fc.property(vectors, (v) => {
        const { scaled, exponent } = scaleVector(v);
        const { hi, lo } = euclideanNorm(scaled);
        const squares = sum([...v].map((x) => exact(x).times(exact(x))));
        const back = { hi: scaleByPowerOfTwo(hi, exponent), lo: scaleByPowerOfTwo(lo, exponent) };
        // where its own low part is a normal double
        if (maxNorm(v) > 1e-250) expectWithin(back, squares.sqrt(), 2 ** -90);
        expectWithin(sumNorm(v), sum([...v].map((x) => exact(x).abs())), 2 ** -90);
      }),
      { seed: 1978, numRuns: 200 },
    );
  });

  test("the hypotenuse of 3 and 4 is 5 at any scale", () => {
    for (const k of [0, 900, -900, -1070]) {
      const { scaled, exponent } = scaleVector(Float64Array.of(scaleByPowerOfTwo(3, k), scaleByPowerOfTwo(-4, k)));
      expect(scaleByPowerOfTwo(euclideanNorm(scaled).hi, exponent)).toBe(scaleByPowerOfTwo(5, k));
    }
  });

  test("sumNorm keeps what a plain sum would round away", () => {
    expect(sumNorm(Float64Array.of(1, -(2 ** -60), 2 ** -60))).toEqual({ hi: 1, lo: 2 ** -59 });
  });

  test("the zero vector has norm 0, and so has the empty one", () => {
    for (const v of [new Float64Array(3), new Float64Array(0)]) {
      expect([maxNorm(v), sumNorm(v).hi, euclideanNorm(scaleVector(v).scaled).hi]).toEqual([0, 0, 0]);
    }
  });

  test("maxNorm is the largest magnitude", () => {
    expect(maxNorm(Float64Array.of(1, -7, 3))).toBe(7);
  });
});
