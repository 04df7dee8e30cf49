import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { affine, asSummand } from "../../src/linalg/affine.ts";
import { nearestReal } from "../../src/linalg/real-rounding.ts";
import { type RealVector, toDoubles } from "../../src/linalg/real-vector.ts";
import { boundedAt, isWithin, Wide } from "../helpers/bounded.ts";
import { exact, type Real } from "../promise/exact.ts";

/** a·v + b as one row. */
function dot(a: number[], v: number[], b: number | null = null): RealVector {
  const matrix = { rows: 1, cols: a.length, data: Float64Array.from(a) };
  const products = [{ matrix, vector: Float64Array.from(v) }];
  return affine(1, b === null ? products : [...products, asSummand(Float64Array.of(b))]);
}

const nearestOf = (sum: RealVector) => toDoubles(sum)[0];

function truth(a: number[], v: number[], b: number): Real {
  return a.reduce<Real>((sum, entry, k) => Wide.add(sum, Wide.mul(exact(entry), exact(v[k]))), exact(b));
}

function expectRight(a: number[], v: number[], b: number): void {
  const sum = dot(a, v, b);
  const found = boundedAt(sum);
  const value = truth(a, v, b);
  expect(isWithin(found, value)).toBe(true);
  expect(found.q).toBeLessThanOrEqual(2 ** -72);
  expect(nearestOf(sum)).toBe(nearestReal((A) => sum.exactly(A, 0)));
  expect(nearestOf(sum) === Number(value.toString())).toBe(true);
}

const size = fc.integer({ min: -30, max: 30 });
const number = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), size).map(([x, e]) => x * 10 ** e);
const any = fc.double({ noNaN: true, noDefaultInfinity: true });
const pairs = (entry: fc.Arbitrary<number>) => fc.array(fc.tuple(entry, entry), { minLength: 1, maxLength: 20 });

describe("b + A v", () => {
  test.each([
    ["moderate numbers", number, 150],
    ["all doubles", any, 100],
  ])("is within its bound, and rounded once, whatever cancels: %s", (_, entry, numRuns) => {
    fc.assert(
      fc.property(pairs(entry), entry, (entries, b) => {
        const a = entries.map(([x]) => x);
        const v = entries.map(([, y]) => y);
        expectRight(a, v, b);
        // most of it again with the opposite sign
        expectRight([...a, ...a.map((x) => -x * (1 - 2 ** -40))], [...v, ...v], b);
      }),
      { seed: 26, numRuns },
    );
  });

  test("ties of numbers of 24 bits are decided by what is left of them", () => {
    const short = fc.tuple(fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), fc.integer({ min: -8, max: 8 }));
    fc.assert(
      fc.property(pairs(short.map(([m, e]) => m * 2 ** e)), (entries) => {
        expectRight(
          entries.map(([x]) => x),
          entries.map(([, y]) => y),
          0,
        );
      }),
      { seed: 27, numRuns: 150 },
    );
    for (const odd of [1, 3]) {
      const tie = [2 ** 53, odd];
      expect(nearestOf(dot(tie, [1, 1]))).toBe(odd === 1 ? 2 ** 53 : 2 ** 53 + 4);
      expect(nearestOf(dot([...tie, 2 ** -300], [1, 1, 1]))).toBe(2 ** 53 + (odd === 1 ? 2 : 4));
    }
  });

  test.each([
    ["1e16 + 1 − 1e16", [1e16, 1, -1e16], [1, 1, 1], null, 1],
    ["1e100² − 1e100² + 1", [1e100, -1e100], [1e100, 1e100], 1, 1],
    ["(2³⁰ + 1)² − 2⁶⁰ − 2³¹", [2 ** 30 + 1, -(2 ** 60), -(2 ** 31)], [2 ** 30 + 1, 1, 1], null, 1],
    ["the largest double twice, and once off again", [1.7e308, 1.7e308, -1.7e308], [1, 1, 1], null, 1.7e308],
    ["1e400 − 1e400", [1e200, -1e200], [1e200, 1e200], null, 0],
    ["1e310 − 1e310 + 1, where only scaled products exist", [1e300, -1e300], [1e10, 1e10], 1, 1],
    ["products that underflow to a subnormal sum", [2 ** -540, 2 ** -540], [2 ** -530, 2 ** -530], null, 2 ** -1069],
    ["products far below the smallest double", [1e-200], [1e-200], null, 0],
    ["nothing but zeros", [0, 0], [5, 0], 0, 0],
    ["a sum beyond the doubles", [1e200], [1e200], null, Number.POSITIVE_INFINITY],
    ["another", [-1e308, -1e308], [1, 1], null, Number.NEGATIVE_INFINITY],
  ])("is exact for %s", (_, a, v, b, expected) => {
    expect(nearestOf(dot(a, v, b))).toBe(expected);
  });

  test("adds several products and two biases row by row", () => {
    const matrix = { rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, 4) };
    const column = { rows: 2, cols: 1, data: Float64Array.of(10, 20) };
    const products = [
      { matrix, vector: Float64Array.of(1, -1) },
      { matrix: column, vector: Float64Array.of(2) },
    ];
    const biases = [Float64Array.of(100, 200), Float64Array.of(2 ** -70, 0)].map(asSummand);
    const found = affine(2, [...products, ...biases]);
    expect(boundedAt(found, 0).middle.eq(exact(119).plus(exact(2 ** -70)))).toBe(true);
    expect(boundedAt(found, 1).middle.eq(239)).toBe(true);
    expect(boundedAt(affine(1, [])).middle.isZero()).toBe(true);
  });
});
