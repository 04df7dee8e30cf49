import { describe, expect, test } from "vitest";
import { type Eigenvalue, eigenvalues } from "../../src/linalg/eigenvalues.ts";
import type { Matrix } from "../../src/linalg/matrix.ts";
import { scaleByPowerOfTwo } from "../../src/linalg/scale.ts";
import { singularValues } from "../../src/linalg/singular-values.ts";
import { symmetricEigenvalues } from "../../src/linalg/symmetric-eigenvalues.ts";
import { fixture } from "../helpers/fixtures.ts";
import { matrixOf, numbers, orthogonal, product, withSingularValues } from "../helpers/matrices.ts";
import { randomIn } from "../helpers/random.ts";

/** How many nε‖A‖_F a value may be off, and how many it is at most. */
const EPSILON = 2 ** -53;
const [PROMISED, MEASURED] = [8, 3];

interface Golden {
  readonly name: string;
  readonly rows: number[][];
  readonly eigenvalues: { readonly re: string; readonly im: string; readonly condition: number }[];
  readonly singular: string[];
}

const { matrices } = fixture<{ matrices: Golden[] }>("golden/spectra.json");

/** ‖A‖_F, its squares scaled. */
const frobenius = ({ data }: Matrix) => {
  const largest = data.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  return largest === 0 ? 0 : largest * Math.hypot(...data.map((entry) => entry / largest));
};

const doubles = (found: ReturnType<typeof eigenvalues>): Eigenvalue[] =>
  found!.values.map(({ re, im }) => ({
    re: scaleByPowerOfTwo(re, found!.exponent),
    im: scaleByPowerOfTwo(im, found!.exponent),
  }));

/** σ_min(A − λI)/‖A‖_F: how far A is from a matrix that has the eigenvalue exactly. */
function distance(matrix: Matrix, { re, im }: Eigenvalue): number {
  const n = matrix.rows;
  // a complex matrix as a real one of twice the size: A − re, im; −im, A − re
  const rows = Array.from({ length: 2 * n }, (_, r) =>
    Array.from({ length: 2 * n }, (_, k) => {
      const [p, q] = [r % n, k % n];
      if (r < n === k < n) return matrix.data[p * n + q]! - (p === q ? re : 0);
      return p === q ? (r < n ? im : -im) : 0;
    }),
  );
  const { values, exponent } = singularValues(matrixOf(rows));
  return scaleByPowerOfTwo(values.at(-1)!, exponent) / frobenius(matrix);
}

/** The worst backward error of the eigenvalues, in nε. */
function backwardError(matrix: Matrix, values = doubles(eigenvalues(matrix))): number {
  return Math.max(...values.map((value) => distance(matrix, value))) / (matrix.rows * EPSILON);
}

/** Those found for each expected one, the nearest each; every one is taken once. */
function matched(found: readonly Eigenvalue[], expected: readonly Eigenvalue[]): Eigenvalue[] {
  const left = [...found];
  return expected.map(({ re, im }) => {
    const apart = left.map((value) => Math.hypot(value.re - re, value.im - im));
    return left.splice(apart.indexOf(Math.min(...apart)), 1)[0]!;
  });
}

const isOrdered = (values: readonly Eigenvalue[]) =>
  values.every(({ re, im }, k) => {
    const before = values[k - 1];
    return before === undefined || Math.hypot(before.re, before.im) >= Math.hypot(re, im);
  });

const arePaired = (values: readonly Eigenvalue[]) =>
  values.every(({ re, im }, k) => {
    const [before, after] = [values[k - 1], values[k + 1]];
    return im === 0 || (im > 0 ? after?.re === re && after.im === -im : before?.re === re && before.im === -im);
  });

describe("against 60 digits", () => {
  const named = matrices.map(({ name, rows, ...golden }) => ({ title: `${name}, ${rows.length}`, rows, ...golden }));

  test.each(named)("eigenvalues of a matrix, $title", ({ rows, eigenvalues: golden }) => {
    const matrix = matrixOf(rows);
    const found = doubles(eigenvalues(matrix));
    const expected = golden.map(({ re, im }) => ({ re: Number(re), im: Number(im) }));
    const error = PROMISED * rows.length * EPSILON * frobenius(matrix);
    for (const [k, { re, im }] of matched(found, expected).entries()) {
      const apart = Math.hypot(re - expected[k]!.re, im - expected[k]!.im);
      // to first order; where that is all digits, as the root of a defective one
      const allowed = golden[k]!.condition > 1e9 ? 1e-3 : golden[k]!.condition * error * 1.01;
      expect(apart).toBeLessThanOrEqual(allowed);
    }
    expect(isOrdered(found) && arePaired(found)).toBe(true);
    if (rows.length < 16) expect(backwardError(matrix, found)).toBeLessThanOrEqual(MEASURED);
  });

  test.each(named)("singular values of a matrix, $title", ({ rows, singular }) => {
    const matrix = matrixOf(rows);
    const { values, exponent } = singularValues(matrix);
    const apart = singular.map((value, k) => Math.abs(scaleByPowerOfTwo(values[k]!, exponent) - Number(value)));
    expect(Math.max(...apart) / frobenius(matrix) / (rows.length * EPSILON)).toBeLessThanOrEqual(MEASURED);
  });

  test.each(named.filter(({ title }) => title.startsWith("symmetric")))(
    "symmetric eigenvalues of a matrix, $title",
    ({ rows, eigenvalues: golden }) => {
      const upperIgnored = matrixOf(rows.map((row, r) => row.map((entry, k) => (k > r ? Number.NaN : entry))));
      expect(symmetricEigenvalues(upperIgnored)[0]).not.toBeNaN();
      const found = symmetricEigenvalues(matrixOf(rows));
      const expected = golden.map(({ re }) => Number(re)).sort((a, b) => b - a);
      const apart = expected.map((value, k) => Math.abs(value - found[k]!));
      expect(Math.max(...apart) / frobenius(matrixOf(rows)) / (rows.length * EPSILON)).toBeLessThanOrEqual(MEASURED);
    },
  );
});

describe("eigenvalues that are known", () => {
  const companion = (coefficients: readonly number[]) =>
    matrixOf(
      coefficients.map((_, r) => coefficients.map((_, k) => (r === 0 ? -coefficients[k]! : k === r - 1 ? 1 : 0))),
    );
  const jordan = (n: number, value: number) =>
    matrixOf(
      Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, k) => (r === k ? value : k === r + 1 ? 1 : 0))),
    );

  test("of nothing but zeros, and of one entry", () => {
    expect(
      doubles(
        eigenvalues(
          matrixOf([
            [0, 0, 0],
            [0, 0, 0],
            [0, 0, 0],
          ]),
        ),
      ),
    ).toEqual(Array(3).fill({ re: 0, im: 0 }));
    expect(doubles(eigenvalues(matrixOf([[-3e-310]])))).toEqual([{ re: -3e-310, im: 0 }]);
    expect([...symmetricEigenvalues(matrixOf([[-3]]))]).toEqual([-3]);
    expect([
      ...singularValues(
        matrixOf([
          [0, 0],
          [0, 0],
        ]),
      ).values,
    ]).toEqual([0, 0]);
  });

  test("of a Jordan block and a nilpotent matrix, without rounding", () => {
    expect(doubles(eigenvalues(jordan(6, 0)))).toEqual(Array(6).fill({ re: 0, im: 0 }));
    expect(doubles(eigenvalues(jordan(5, 0.3)))).toEqual(Array(5).fill({ re: 0.3, im: 0 }));
  });

  test("of a cyclic shift: the roots of unity, which the usual shifts never find", () => {
    for (const n of [4, 5, 16]) {
      const shift = matrixOf(
        Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, k) => ((r + 1) % n === k ? 1 : 0))),
      );
      const expected = Array.from({ length: n }, (_, k) => ({
        re: Math.cos((2 * Math.PI * k) / n),
        im: Math.sin((2 * Math.PI * k) / n),
      }));
      const found = doubles(eigenvalues(shift));
      for (const [k, { re, im }] of matched(found, expected).entries()) {
        expect(Math.hypot(re - expected[k]!.re, im - expected[k]!.im)).toBeLessThan(n * n * EPSILON);
      }
    }
  });

  test("of a rotation by blocks, the upper one first", () => {
    expect(
      doubles(
        eigenvalues(
          matrixOf([
            [0, -2, 0],
            [2, 0, 0],
            [0, 0, 1],
          ]),
        ),
      ),
    ).toEqual([
      { re: 0, im: 2 },
      { re: 0, im: -2 },
      { re: 1, im: 0 },
    ]);
  });

  test("of matrices for which JAMA's iteration does not end, and of polynomials", () => {
    const jama = matrixOf([
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 1],
      [0, 0, 0, 1, 0],
      [1, 1, 0, 0, 1],
      [1, 0, 1, 0, 1],
    ]);
    expect(backwardError(jama)).toBeLessThanOrEqual(MEASURED);
    const tiny = matrixOf([
      [1e-200, 2e-200, 0],
      [3e-200, 4e-200, 1e-200],
      [1e-200, 0, 0],
    ]);
    expect(eigenvalues(tiny)!.values).toHaveLength(3);
    for (const coefficients of [
      [0, 0, 0, -1],
      [-10, 35, -50, 24],
      [1e8, 1, 1e-8, 1],
      [0, 0, 0, 0, 1e-300],
    ]) {
      expect(backwardError(companion(coefficients))).toBeLessThanOrEqual(MEASURED);
    }
  });

  test("are null where an entry is not finite", () => {
    expect(
      eigenvalues(
        matrixOf([
          [1, Number.NaN],
          [0, 1],
        ]),
      ),
    ).toBeNull();
    expect(
      eigenvalues(
        matrixOf([
          [1, Number.POSITIVE_INFINITY],
          [0, 1],
        ]),
      ),
    ).toBeNull();
  });
});

describe("of many random matrices the iteration ends, and each eigenvalue has a small backward error", () => {
  test("dense, with exponents all over, sparse, upper triangular but for rounding", () => {
    let worst = 0;
    for (let seed = 1; seed <= 72; seed++) {
      const next = randomIn(seed);
      const n = 2 + (seed % 9);
      const kind = Math.floor(seed / 9) % 4;
      const entry = (r: number, k: number) => {
        const plain = 2 * next() - 1;
        if (kind === 0) return plain;
        if (kind === 1) return plain * 10 ** (-300 * next());
        if (kind === 2) return next() < 0.6 ? 0 : Math.round(3 * plain);
        return r > k ? plain * 1e-16 : plain * 10 ** (6 * next());
      };
      const matrix = matrixOf(Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, k) => entry(r, k))));
      if (frobenius(matrix) > 0) worst = Math.max(worst, backwardError(matrix));
    }
    expect(worst).toBeLessThanOrEqual(MEASURED);
  });

  test("an eigenvalue that is off by 20nε, left out or taken twice is found", () => {
    const matrix = matrixOf([numbers(6, 1), numbers(6, 2), numbers(6, 3), numbers(6, 4), numbers(6, 5), numbers(6, 6)]);
    const found = doubles(eigenvalues(matrix));
    const planted = found.map((value, k) =>
      k === 2 ? { ...value, re: value.re + 20 * 6 * EPSILON * frobenius(matrix) } : value,
    );
    expect(backwardError(matrix, planted)).toBeGreaterThan(PROMISED);
    const trace = (values: readonly Eigenvalue[]) => values.reduce((sum, { re }) => sum + re, 0);
    const ofMatrix = Array.from({ length: 6 }, (_, k) => matrix.data[k * 7]!).reduce((sum, entry) => sum + entry, 0);
    expect(Math.abs(trace(found) - ofMatrix)).toBeLessThan(1e-14);
    expect(Math.abs(trace([...found.slice(0, 5), found[0]!]) - ofMatrix)).toBeGreaterThan(1e-3);
  });
});

test("singular and symmetric eigenvalues of 40 rows with clusters and zeros", () => {
  const d = Array.from({ length: 40 }, (_, k) => (k < 10 ? 1 : k < 20 ? 1 - k * 1e-12 : k < 30 ? 10 ** -(k - 18) : 0));
  const descending = [...d].sort((a, b) => b - a);
  const { values, exponent } = singularValues(withSingularValues(d, 3));
  const error = 40 * PROMISED * EPSILON * Math.hypot(...d);
  descending.forEach((value, k) => {
    expect(Math.abs(scaleByPowerOfTwo(values[k]!, exponent) - value)).toBeLessThan(error);
  });
  const q = orthogonal(40, 5);
  const turned = product(
    q.map((row) => row.map((entry, k) => entry * d[k]!)),
    q[0]!.map((_, k) => q.map((row) => row[k]!)),
  );
  const found = symmetricEigenvalues(matrixOf(turned));
  descending.forEach((value, k) => {
    expect(Math.abs(found[k]! - value)).toBeLessThan(error);
  });
});
