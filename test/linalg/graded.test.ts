import { describe, expect, test } from "vitest";
import { exactly, ONE, plus, timesPowerOfTwo, ZERO } from "../../src/linalg/ball.ts";
import { gradedTriangle } from "../../src/linalg/ball-graded.ts";
import { GradedProduct } from "../../src/linalg/graded-product.ts";
import { gradedSingularLogarithms } from "../../src/linalg/graded-rows.ts";
import { zeros } from "../../src/linalg/matrix.ts";
import { addProduct } from "../../src/linalg/multiply.ts";
import { rectangularNorm } from "../../src/linalg/rectangular-norm.ts";
import { singularValues } from "../../src/linalg/singular-values.ts";
import { matrixOf, orthogonal, product } from "../helpers/matrices.ts";
import { randomIn } from "../helpers/random.ts";

const rowsOf = (n: number, seed: number) => {
  const next = randomIn(seed);
  return Array.from({ length: n }, () => Array.from({ length: n }, () => 2 * next() - 1));
};

/** The length of each row without its projections on those before it. */
function residuals(rows: readonly (readonly number[])[]): number[] {
  const basis: number[][] = [];
  return rows.map((row) => {
    let rest = [...row];
    for (let pass = 0; pass < 2; pass++) {
      for (const q of basis) {
        const share = rest.reduce((sum, entry, k) => sum + entry * q[k]!, 0);
        rest = rest.map((entry, k) => entry - share * q[k]!);
      }
    }
    const length = Math.hypot(...rest);
    basis.push(rest.map((entry) => entry / length));
    return length;
  });
}

describe("singular values of rows with exponents of their own", () => {
  test.each([1, 2, 3])("2^-200 and more apart: each row without those above it, whatever the order (%d)", (seed) => {
    const rows = rowsOf(6, seed);
    const graded = rows.map((row, r) => ({ vector: Float64Array.from(row), exponent: 900 - 200 * r * (r + 1) }));
    const found = gradedSingularLogarithms([3, 0, 5, 1, 4, 2].map((k) => graded[k]!))!;
    residuals(rows).forEach((length, r) => {
      expect(found[r]!).toBeCloseTo(graded[r]!.exponent + Math.log2(length), 9);
    });
  });

  test("not apart at all: those of the matrix", () => {
    const rows = rowsOf(9, 4);
    const found = gradedSingularLogarithms(rows.map((row) => ({ vector: Float64Array.from(row), exponent: 3 })))!;
    const { values, exponent } = singularValues(matrixOf(rows));
    found.forEach((value, k) => {
      expect(value).toBeCloseTo(Math.log2(values[k]!) + exponent + 3, 9);
    });
  });
});

describe("a product from its factors", () => {
  const d = [1.1, 0.9, 0.5, 1e-3, 1e-4];
  const T = 80;
  const turned = Array.from({ length: T + 1 }, (_, t) => orthogonal(5, 7 * t + 1));
  const factor = (t: number) =>
    matrixOf(
      product(
        turned[t]!.map((row) => row.map((entry, k) => entry * d[k]!)),
        turned[t - 1]!.map((_, k) => turned[t - 1]!.map((row) => row[k]!)),
      ),
    );
  const logarithms = (noise?: () => number) => {
    const whole = new GradedProduct(5, noise);
    for (let t = 1; t <= T; t++) {
      whole.multiply((right) => {
        const scaled = zeros(5, 5);
        addProduct(scaled, factor(t), right);
        return { scaled, exponent: 0 };
      });
    }
    return gradedSingularLogarithms(whole.rows)!;
  };

  test("Q_t diag(d) Q_{t-1}ᵀ, t = 1 … 80: d^80, from 1e3 down to 1e-320, of which the product itself tells one", () => {
    logarithms().forEach((value, k) => {
      expect(Math.abs(value - T * Math.log2(d[k]!))).toBeLessThan(1e-6);
    });
  });

  test("noise shows what rounding does to it", () => {
    let sign = 1;
    const shaken = logarithms(() => {
      sign = -sign;
      return sign * 2 ** -30;
    });
    expect(Math.abs(shaken[4]! - T * Math.log2(d[4]!))).toBeGreaterThan(1e-6);
  });

  test("has as many rows as its rank", () => {
    const whole = new GradedProduct(3);
    whole.multiply(() => ({
      scaled: matrixOf([
        [1, 2, 3],
        [2, 4, 6],
        [0, 0, 1],
      ]),
      exponent: -2000,
    }));
    const found = gradedSingularLogarithms(whole.rows)!;
    expect(found).toHaveLength(2);
    const { values, exponent } = singularValues(
      matrixOf([
        [1, 2, 3],
        [2, 4, 6],
        [0, 0, 1],
      ]),
    );
    expect(found[1]!).toBeCloseTo(Math.log2(values[1]!) + exponent - 2000, 9);
  });
});

describe("a triangle from balls", () => {
  const small = timesPowerOfTwo(ONE, -300n);
  const columns = [
    [ONE, ONE],
    [ONE, plus(ONE, small)],
  ];

  test("keeps what many bits tell: 2 and 2^-301 of [1 1; 1 1 + 2^-300]", () => {
    const { rows, restBelow, growth } = gradedTriangle(columns, 2, 1024);
    const found = gradedSingularLogarithms(rows)!;
    expect([found[0]!, found[1]!].map((value) => Number(value.toFixed(9)))).toEqual([1, -301]);
    expect(restBelow).toBe(Number.NEGATIVE_INFINITY);
    expect(growth).toBeLessThan(2.1);
  });

  test("ends where few bits do, and says how much may be left", () => {
    const { rows, restBelow } = gradedTriangle(columns, 2, 128);
    expect(rows).toHaveLength(1);
    expect(restBelow).toBeGreaterThan(-300);
    expect(restBelow).toBeLessThan(-40);
  });

  test("of a known rank has no more rows", () => {
    const { rows, restBelow } = gradedTriangle(
      [
        [ONE, ZERO],
        [exactly(2), ZERO],
      ],
      1,
      256,
    );
    expect([rows.length, restBelow]).toEqual([1, Number.NEGATIVE_INFINITY]);
    expect(gradedSingularLogarithms(rows)![0]!).toBeCloseTo(Math.log2(Math.sqrt(5)), 12);
  });
});

test("‖A‖₂ of wide, tall, single and zero matrices, near the ends of the doubles too", () => {
  const norm = (rows: number[][]) => {
    const { value, exponent } = rectangularNorm(matrixOf(rows));
    return Math.log2(value) + exponent;
  };
  for (const scale of [1, 2 ** -1000, 2 ** 1000]) {
    for (const rows of [
      [[3, 4]],
      [[3], [4]],
      [
        [3, 0, 0],
        [0, 4, 3],
      ],
      [
        [3, 0],
        [4, 0],
        [0, 1],
      ],
    ]) {
      expect(norm(rows.map((row) => row.map((entry) => entry * scale)))).toBeCloseTo(Math.log2(5 * scale), 12);
    }
  }
  expect(rectangularNorm(zeros(2, 3)).value).toBe(0);
});
