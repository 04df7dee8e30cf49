import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { affine, isReliable } from "../../src/linalg/affine.ts";
import type { Pair } from "../../src/linalg/pair.ts";
import { exact, sum } from "../promise/exact.ts";

/** a·v + b as one row. */
function dot(a: number[], v: number[], b: number | null = null): Pair {
  const matrix = { rows: 1, cols: a.length, data: Float64Array.from(a) };
  const { hi, lo } = affine(1, [{ matrix, vector: Float64Array.from(v) }], b === null ? null : Float64Array.of(b));
  return { hi: hi[0], lo: lo[0] };
}

/** |hi + lo − (a·v + b)| against γₙ²Σ|products| and the last bit of the pair, or the smallest double. */
function expectDot2(a: number[], v: number[], b: number): void {
  const { hi, lo } = dot(a, v, b);
  const terms = [...a.map((entry, k) => exact(entry).times(exact(v[k]))), exact(b)];
  const gamma = (terms.length * 2 ** -53) ** 2 * 1.001;
  const scale = sum(terms.map((term) => term.abs())).times(exact(gamma));
  const bound = scale
    .plus(
      sum(terms)
        .abs()
        .times(exact(2 ** -105)),
    )
    .plus(exact(2 ** -1074));
  const apart = exact(hi).plus(exact(lo)).minus(sum(terms)).abs();
  expect(apart.lte(bound), `${hi} + ${lo}`).toBe(true);
}

const size = fc.integer({ min: -30, max: 30 });
const number = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), size).map(([x, e]) => x * 10 ** e);
const pairs = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 30 });

describe("b + A v", () => {
  test("is Dot2: within γₙ² Σ|products|, whatever cancels", () => {
    fc.assert(
      fc.property(pairs, number, (entries, b) => {
        const a = entries.map(([x]) => x);
        const v = entries.map(([, y]) => y);
        expectDot2(a, v, b);
        // most of it again with the opposite sign
        expectDot2([...a, ...a.map((x) => -x * (1 + 2 ** -40))], [...v, ...v], b);
      }),
      { seed: 26, numRuns: 200 },
    );
  });

  test.each([
    ["1e16 + 1 − 1e16", [1e16, 1, -1e16], [1, 1, 1], null, 1],
    ["1e100² − 1e100² + 1", [1e100, -1e100], [1e100, 1e100], 1, 1],
    ["(2³⁰ + 1)² − 2⁶⁰ − 2³¹", [2 ** 30 + 1, -(2 ** 60), -(2 ** 31)], [2 ** 30 + 1, 1, 1], null, 1],
    ["the largest double twice, and once off again", [1.7e308, 1.7e308, -1.7e308], [1, 1, 1], null, 1.7e308],
    ["1e400 − 1e400", [1e200, -1e200], [1e200, 1e200], null, 0],
    [
      "products beyond the doubles whose difference is one",
      [2 ** 600, -(2 ** 600 - 2 ** 560)],
      [2 ** 450, 2 ** 450],
      null,
      2 ** 1010,
    ],
    ["products that underflow to a subnormal sum", [2 ** -540, 2 ** -540], [2 ** -530, 2 ** -530], null, 2 ** -1069],
    ["products far below the smallest double", [1e-200], [1e-200], null, 0],
    ["one product below the smallest double beside 1", [1e-200], [1e-200], 1, 1],
    ["nothing but zeros", [0, 0], [5, 0], 0, 0],
  ])("is exact for %s", (_, a, v, b, expected) => {
    expect(dot(a, v, b).hi).toBe(expected);
  });

  test("keeps the low part: 1 + 2⁻⁸⁰ is a pair", () => {
    expect(dot([1, 2 ** -40], [1, 2 ** -40])).toEqual({ hi: 1, lo: 2 ** -80 });
  });

  test("stays within Dot2's bound of 1e310 − 1e310 + 1, where only scaled products exist", () => {
    const { hi } = dot([1e300, -1e300], [1e10, 1e10], 1);
    expect(Math.abs(hi - 1)).toBeLessThanOrEqual(2e300 * 1e10 * (9 * 2 ** -106));
  });

  test("adds several products row by row", () => {
    const matrix = { rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, 4) };
    const column = { rows: 2, cols: 1, data: Float64Array.of(10, 20) };
    const products = [
      { matrix, vector: Float64Array.of(1, -1) },
      { matrix: column, vector: Float64Array.of(2) },
    ];
    expect([...affine(2, products, Float64Array.of(100, 200)).hi]).toEqual([119, 239]);
    expect([...affine(2, [], null).hi]).toEqual([0, 0]);
  });

  test("is infinite where the sum itself is beyond the doubles", () => {
    expect(dot([1e200], [1e200]).hi).toBe(Number.POSITIVE_INFINITY);
    expect(dot([-1e308, -1e308], [1, 1]).hi).toBe(Number.NEGATIVE_INFINITY);
  });

  test("a sum is formed again where it overflowed or its error terms may have underflowed", () => {
    expect(isReliable({ hi: 1, lo: 0, magnitude: 1 })).toBe(true);
    expect(isReliable({ hi: 0, lo: 0, magnitude: 0 })).toBe(true);
    expect(isReliable({ hi: 0, lo: 0, magnitude: 1e-300 })).toBe(false);
    expect(isReliable({ hi: Number.POSITIVE_INFINITY, lo: Number.NaN, magnitude: 1 })).toBe(false);
  });
});
