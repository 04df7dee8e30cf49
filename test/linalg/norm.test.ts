import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { euclideanNorm, maxNorm, scaleVector, sumNorm } from "../../src/linalg/norm.ts";
import { nearestReal } from "../../src/linalg/real-rounding.ts";
import { type RealVector, toDoubles } from "../../src/linalg/real-vector.ts";
import { scaleByPowerOfTwo } from "../../src/linalg/scale.ts";
import { boundedAt, isWithin, Wide } from "../helpers/bounded.ts";
import { exact, Real } from "../promise/exact.ts";

const entry = fc.oneof(
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const vectors = fc.array(entry, { minLength: 1, maxLength: 12 }).map((entries) => Float64Array.from(entries));
const nearest = (norm: RealVector) => toDoubles(norm)[0];

describe("norms", () => {
  test("the Euclidean norm and the sum norm are within their bounds, and rounded once", () => {
    fc.assert(
      fc.property(vectors, (v) => {
        const squares = [...v].reduce((sum, x) => Wide.add(sum, Wide.mul(exact(x), exact(x))), exact(0));
        const [euclidean, sum] = [euclideanNorm(v), sumNorm(v)];
        const { middle, q } = boundedAt(euclidean);
        expect(isWithin({ middle: Wide.mul(middle, middle), q: 2.1 * q }, squares)).toBe(true);
        expect(q).toBeLessThan(2 ** -75);
        const sizes = [...v].reduce((total, x) => Wide.add(total, exact(Math.abs(x))), exact(0));
        expect(isWithin(boundedAt(sum), sizes)).toBe(true);
        expect(nearest(sum) === Number(sizes.toString())).toBe(true);
        expect(nearest(euclidean) === Number(new Real(squares.toSignificantDigits(75)).sqrt().toString())).toBe(true);
      }),
      { seed: 1978, numRuns: 120 },
    );
  });

  test("the hypotenuse of 3 and 4 is 5 at any scale", () => {
    for (const k of [0, 900, -900, -1070]) {
      const v = Float64Array.of(scaleByPowerOfTwo(3, k), scaleByPowerOfTwo(-4, k));
      expect(nearest(euclideanNorm(v))).toBe(scaleByPowerOfTwo(5, k));
      expect(nearestReal((A) => euclideanNorm(v).exactly(A, 0))).toBe(scaleByPowerOfTwo(5, k));
    }
  });

  test("sumNorm keeps what a plain sum would round away", () => {
    const found = boundedAt(sumNorm(Float64Array.of(1, -(2 ** -60), 2 ** -60)));
    expect(found.middle.eq(exact(1).plus(exact(2 ** -59)))).toBe(true);
  });

  test("the zero vector has norm 0, and so has the empty one", () => {
    for (const v of [new Float64Array(3), new Float64Array(0)]) {
      expect([maxNorm(v), nearest(sumNorm(v)), nearest(euclideanNorm(v))]).toEqual([0, 0, 0]);
    }
  });

  test("maxNorm is the largest magnitude, which scaleVector brings to [1, 2)", () => {
    expect(maxNorm(Float64Array.of(1, -7, 3))).toBe(7);
    expect(scaleVector(Float64Array.of(1, -7, 3))).toEqual({ scaled: Float64Array.of(0.25, -1.75, 0.75), exponent: 2 });
  });

  test.each([1, 1e300, 1e-300, 5e-324, 1.7e308, 3])(
    "scaleVector is exact, and its largest entry near 1: %d",
    (largest) => {
      const { scaled, exponent } = scaleVector(Float64Array.of(largest, -largest / 2, 0, largest / 4));
      expect(scaled[0]).toBeGreaterThanOrEqual(1);
      expect(scaled[0]).toBeLessThan(2);
      expect(scaleByPowerOfTwo(scaled[0]!, exponent)).toBe(largest);
    },
  );

  test("scaleVector leaves zeros as they are", () => {
    expect(scaleVector(new Float64Array(4))).toEqual({ scaled: new Float64Array(4), exponent: 0 });
  });
});
