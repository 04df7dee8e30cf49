import { describe, expect, test } from "vitest";
import { rowOf, zeros } from "../../src/linalg/matrix.ts";
import { arbitraryUnitVector, orthonormalise } from "../../src/linalg/orthonormal.ts";
import { matrixOf, numbers, product, rowsOf } from "../helpers/matrices.ts";

/** max |BBᵀ − I| */
function departure(basis: number[][]): number {
  const gram = product(
    basis,
    basis[0]!.map((_, c) => basis.map((row) => row[c]!)),
  );
  return Math.max(...gram.flatMap((row, r) => row.map((entry, c) => Math.abs(entry - (r === c ? 1 : 0)))));
}

describe("orthonormalising", () => {
  test("leaves (0, 1) of (3, 4) beside (1, 0), and says 4", () => {
    const v = Float64Array.of(3, 4);
    expect(orthonormalise(v, matrixOf([[1, 0]]), 1)).toBe(4);
    expect([...v]).toEqual([0, 1]);
  });

  test("looks at the first rows of the basis only", () => {
    const v = Float64Array.of(3, 4);
    expect(orthonormalise(v, matrixOf([[1, 0]]), 0)).toBe(5);
    expect(v[0]).toBeCloseTo(0.6, 15);
    expect(v[1]).toBeCloseTo(0.8, 15);
  });

  test("makes a basis that is orthonormal to rounding, even of vectors that nearly agree", () => {
    for (const apart of [1, 1e-4, 1e-8, 1e-12]) {
      const basis = zeros(30, 30);
      for (let j = 0; j < 30; j++) {
        const row = rowOf(basis, j);
        row.set(numbers(30, j + 1).map((x) => 1 + apart * x));
        expect(orthonormalise(row, basis, j)).toBeGreaterThan(0);
      }
      expect(departure(rowsOf(basis)), `${apart}`).toBeLessThanOrEqual(1e-13);
    }
  });

  test("leaves zero, and says so, where the rest is only rounding", () => {
    const basis = zeros(8, 8);
    for (let j = 0; j < 4; j++) {
      rowOf(basis, j).set(numbers(8, j + 1));
      orthonormalise(rowOf(basis, j), basis, j);
    }
    for (let trial = 0; trial < 200; trial++) {
      const v = new Float64Array(8);
      const shares = numbers(4, trial + 9);
      v.set(product([shares], rowsOf(basis).slice(0, 4))[0]!);
      expect(orthonormalise(v, basis, 4)).toBe(0);
      expect(v.every((entry) => entry === 0)).toBe(true);
    }
    expect(orthonormalise(new Float64Array(8), basis, 4)).toBe(0);
  });

  test("keeps a rest of 1e-13, which is more than rounding", () => {
    const v = Float64Array.of(1, 1e-13, 0);
    expect(orthonormalise(v, matrixOf([[1, 0, 0]]), 1)).toBe(1e-13);
    expect([...v]).toEqual([0, 1, 0]);
  });

  test("of a skew basis would be noticed", () => {
    expect(
      departure([
        [1, 0],
        [1e-12, 1],
      ]),
    ).toBeGreaterThan(1e-13);
  });
});

describe("an arbitrary unit vector", () => {
  test("has length 1, is the same each time, and another one for another seed", () => {
    for (const n of [1, 2, 100]) {
      const v = arbitraryUnitVector(n);
      expect(Math.hypot(...v)).toBeCloseTo(1, 14);
      expect(arbitraryUnitVector(n)).toEqual(v);
    }
    expect(arbitraryUnitVector(5, 2)).not.toEqual(arbitraryUnitVector(5));
  });

  test("prefers no direction: no component is zero, both signs occur", () => {
    const v = arbitraryUnitVector(400);
    expect(v.every((entry) => entry !== 0)).toBe(true);
    const positive = v.filter((entry) => entry > 0).length;
    expect(positive).toBeGreaterThan(150);
    expect(positive).toBeLessThan(250);
  });
});
