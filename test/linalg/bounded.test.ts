import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, divide, multiply, nearest, negate, put, squareRoot, WORDS } from "../../src/linalg/bounded.ts";
import { E, exponential, found } from "../../src/linalg/bounded-exp.ts";
import { boundedAt, isWithin, Wide as P } from "../helpers/bounded.ts";
import { exact, type Real } from "../promise/exact.ts";

const double = fc.double({ noNaN: true, noDefaultInfinity: true });
const near = fc.double({ min: -8, max: 8, noNaN: true });

/** A number with a bound, and a true number within it: (h + l)·2^x with an error of −q, 0 or q, or somewhere between. */
const number = fc
  .tuple(
    fc.oneof(near, double),
    fc.oneof(fc.constant(0), fc.double({ min: -1, max: 1, noNaN: true })),
    fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -3000, max: 3000 }) }),
    fc.oneof(fc.constant(0), fc.constantFrom(2 ** -110, 2 ** -90, 2 ** -60, 2 ** -20, 0.25)),
    fc.oneof(fc.constantFrom(-1, 0, 1), fc.double({ min: -1, max: 1, noNaN: true })),
  )
  .map(([h, share, x, q, side]) => {
    const words = new Float64Array(WORDS);
    put(words, 0, h, Math.abs(h) > 1e-280 ? h * share * 2 ** -54 : 0, x, q);
    const { middle, q: kept } = boundedAt({ data: words, start: 0 });
    return { words, truth: P.mul(middle, P.add(P.mul(exact(kept), exact(side)), 1)) };
  });

const at = (data: Float64Array) => boundedAt({ data, start: 0 });
const result = (compute: (out: Float64Array) => void) => {
  const out = new Float64Array(WORDS);
  compute(out);
  return at(out);
};
const seeded = (seed: number) => ({ seed, numRuns: 600 });

describe("the bound of a result holds for all numbers within those of its operands", () => {
  test.each([
    ["a + b", add, (a: Real, b: Real) => P.add(a, b)],
    ["a · b", multiply, (a: Real, b: Real) => P.mul(a, b)],
    ["a / b", divide, (a: Real, b: Real) => P.div(a, b)],
  ] as const)("%s", (_, operation, truth) => {
    let told = 0;
    fc.assert(
      fc.property(number, number, fc.boolean(), (a, b, isNegative) => {
        // a and −a, so that sums cancel
        const other = isNegative ? a : b;
        const words = new Float64Array(WORDS);
        negate(words, 0, other.words, 0);
        const [second, value] = isNegative ? [words, other.truth.neg()] : [other.words, other.truth];
        if (operation === divide && value.isZero()) return;
        const found = result((out) => operation(out, 0, a.words, 0, second, 0));
        expect(isWithin(found, truth(a.truth, value))).toBe(true);
        if (found.q < 2 ** -50) told += 1;
      }),
      seeded(2017),
    );
    // a bound that never says anything would hold too
    expect(told).toBeGreaterThan(150);
  });

  test("√a and a · 2^k", () => {
    fc.assert(
      fc.property(number, fc.integer({ min: -900, max: 900 }), ({ words, truth }, k) => {
        const scaled = result((out) => put(out, 0, words[0], words[1], words[2] + k, words[3]));
        expect(isWithin(scaled, P.mul(truth, P.pow(2, k)))).toBe(true);
        if (truth.isNeg() || words[0] < 0) return;
        const root = result((out) => squareRoot(out, 0, words, 0));
        const square = { middle: P.mul(root.middle, root.middle), q: root.q * (2 + root.q) };
        expect(isWithin(square, truth)).toBe(true);
        if (words[3] === 0 && words[0] > 0) expect(root.q).toBeLessThan(2 ** -99);
      }),
      seeded(2018),
    );
  });

  test("sums and products of two doubles are exact", () => {
    fc.assert(
      fc.property(near, near, (a, b) => {
        const words = (x: number) => {
          const out = new Float64Array(WORDS);
          put(out, 0, x, 0, 0, 0);
          return out;
        };
        if (Math.min(Math.abs(a), Math.abs(b)) < 1e-100 && a !== 0 && b !== 0) return;
        const product = result((out) => multiply(out, 0, words(a), 0, words(b), 0));
        expect([product.q, product.middle.eq(P.mul(exact(a), exact(b)))]).toEqual([0, true]);
        const sum = result((out) => add(out, 0, words(a), 0, words(b), 0));
        expect([sum.q, sum.middle.eq(P.add(exact(a), exact(b)))]).toEqual([0, true]);
      }),
      seeded(2019),
    );
  });

  test("nothing is known of a quotient by what may be zero", () => {
    const [one, zero, unknown] = [1, 0, 1].map((h, k) => {
      const words = new Float64Array(WORDS);
      put(words, 0, h, 0, 0, k === 2 ? 1 : 0);
      return words;
    });
    for (const b of [zero!, unknown!]) expect(result((out) => divide(out, 0, one!, 0, b, 0)).q).toBeNaN();
  });

  test("a sum that all but cancels is told by its nearest double and what is left", () => {
    const [a, b] = [new Float64Array(WORDS), new Float64Array(WORDS)];
    put(a, 0, 1, -(2 ** -53) + 2 ** -106, 0, 0);
    put(b, 0, -(1 - 2 ** -53), 2 ** -108, 0, 0);
    const sum = new Float64Array(WORDS);
    add(sum, 0, a, 0, b, 0);
    const unit = 2 ** sum[2]!;
    expect([sum[0]! * unit, sum[1]! * unit]).toEqual([2 ** -106 + 2 ** -108, 0]);
  });

  test("a sum that cancels says how much it lost; to nothing, that nothing is known; of zeros, that it is zero", () => {
    const make = (h: number, q: number) => Float64Array.of(h, 0, 0, q);
    const cancelled = result((out) => add(out, 0, make(1, 2 ** -90), 0, make(-1 + 2 ** -30, 0), 0));
    expect(cancelled.q).toBeGreaterThanOrEqual(2 ** -60);
    expect(cancelled.q).toBeLessThan(2 ** -59);
    expect(result((out) => add(out, 0, make(1, 2 ** -90), 0, make(-1, 0), 0)).q).not.toBeLessThan(Infinity);
    expect(result((out) => add(out, 0, make(0, 0), 0, make(0, 0), 0)).q).toBe(0);
    const unknown = Float64Array.of(0, 0, 0, Number.NaN);
    expect(result((out) => multiply(out, 0, make(0, 0), 0, unknown, 0)).q).toBe(0);
    expect(result((out) => multiply(out, 0, make(2, 0), 0, unknown, 0)).q).toBeNaN();
  });
});

describe("the nearest double", () => {
  test("is that of every number within the bound, or none is told", () => {
    let told = 0;
    fc.assert(
      fc.property(number, ({ words, truth }) => {
        const found = nearest(words, 0);
        if (Number.isNaN(found)) return;
        told += 1;
        expect(found === doubleOf(truth), `${found} for ${truth}`).toBe(true);
      }),
      { seed: 2020, numRuns: 1500 },
    );
    expect(told).toBeGreaterThan(700);
  });

  test("is told of an exact number, of a tie not where an error could break it", () => {
    const tie = (q: number) => nearest(Float64Array.of(1, 2 ** -53, 0, q), 0);
    expect([tie(0), tie(2 ** -100)]).toEqual([1, Number.NaN]);
    expect(nearest(Float64Array.of(1.5, 0, -1075, 0), 0)).toBe(2 ** -1074);
    expect(nearest(Float64Array.of(1, 0, -1075, 2 ** -90), 0)).toBeNaN();
    expect(nearest(Float64Array.of(-1.25, 0, -1072, 2 ** -90), 0)).toBe(-5 * 2 ** -1074);
    expect(nearest(Float64Array.of(1, 0, -9000, 0.5), 0)).toBe(0);
    expect(nearest(Float64Array.of(1, 0, 1024, 2 ** -90), 0)).toBe(Number.POSITIVE_INFINITY);
  });

  test("is rounded once where 53 digits would be the smallest normal number, and fewer are there", () => {
    // 2^-1075 below 2^-1022, and a bit more or less
    const below = (l: number, q: number) => nearest(Float64Array.of(1 - 2 ** -53, l, -1022, q), 0);
    expect([below(-(2 ** -70), 0), below(-(2 ** -70), 2 ** -110), below(0, 0)]).toEqual(Array(3).fill(Number.NaN));
    expect([below(2 ** -55, 2 ** -110), below(-(2 ** -55), 2 ** -110)]).toEqual([2 ** -1022, Number.NaN]);
  });
});

/** The double nearest to a decimal, read as JavaScript reads numerals. */
function doubleOf(x: Real): number {
  return Number(x.toString());
}

test("an error of a is one of e^-a: its bound grows with both", () => {
  for (const [a, q] of [
    [3.7, 2 ** -60],
    [0.9, 2 ** -80],
    [25.1, 2 ** -40],
  ]) {
    const z = new Float64Array(WORDS);
    put(z, 0, a, 0, 0, q);
    exponential(z, 0, 1);
    // e^{aq} − 1
    expect(found[E + 3]).toBeGreaterThanOrEqual(Math.expm1(a * q));
    expect(found[E + 3]).toBeLessThan(1.2 * a * q + 2 ** -95);
  }
  const z = new Float64Array(WORDS);
  put(z, 0, 3.7, 0, 0, 0.2);
  exponential(z, 0, 1);
  expect(found[E + 3]).toBeNaN();
});
