import { describe, expect, test } from "vitest";
import { diagonal, type Matrix } from "../../src/linalg/matrix.ts";
import { arbitraryUnitVector } from "../../src/linalg/orthonormal.ts";
import { toNormalDouble } from "../../src/linalg/scaled-number.ts";
import { spectralNorm } from "../../src/linalg/spectral-norm.ts";
import { matrixOf, numbers, withSingularValues } from "../helpers/matrices.ts";

/** How far ‖A‖₂ = value·2^exponent is from a double, relatively; scaled first, so that 1e±300 is no harder. */
function apart(matrix: Matrix, expected: number): number {
  const { value, exponent } = spectralNorm(matrix)!;
  const half = Math.floor(exponent / 2);
  return Math.abs(((value * 2 ** half) / expected) * 2 ** (exponent - half) - 1);
}

const diag = (entries: readonly number[]) => diagonal(Float64Array.from(entries));
const repeated = <T>(n: number, entry: (k: number) => T): T[] => Array.from({ length: n }, (_, k) => entry(k));

// mpmath 1.3.0, eigsy with 40 digits
const WILKINSON = 10.746194182903393;
const HILBERT = 1.7953720595619973;

describe("‖A‖₂ is the largest singular value to 1e-10", () => {
  const spectra: [string, number[]][] = [
    ["spread from 1 to 0", repeated(60, (k) => k / 59)],
    ["falling by tens, down to 1e-29", repeated(30, (k) => 10 ** -k)],
    ["all equal", repeated(40, () => 0.7)],
    ["twice the largest", [3, 3, 1, 0.5, 0]],
    ["clustered within 1e-8 of 1", repeated(60, (k) => 1 - (k * 1e-8) / 60)],
    ["clustered within 1e-12 of 1", repeated(30, (k) => 1 - (k * 1e-12) / 30)],
    ["one above many ones by 1e-9", repeated(100, (k) => (k === 50 ? 1 + 1e-9 : 1))],
    ["of rank 1", repeated(20, (k) => (k === 7 ? 5 : 0))],
    ["of rank 2, nearly equal", [2, 2 - 1e-9, ...repeated(30, () => 0)]],
    ["200 in number", repeated(200, (k) => 1 / (k + 1))],
  ];
  test.each(spectra)("for rotated singular values: %s", (_, d) => {
    for (const seed of d.length > 50 ? [1] : [1, 2, 3]) {
      expect(apart(withSingularValues(d, seed), Math.max(...d))).toBeLessThanOrEqual(1e-10);
    }
  });

  test.each(spectra)("for a diagonal matrix: %s", (_, d) => {
    expect(apart(diag(d), Math.max(...d))).toBeLessThanOrEqual(1e-10);
  });

  // the start vector of the iteration has hardly a share in the one entry that counts, or none at all
  test.each([1e-10, 2e-10, 1e-9, 1e-8, 1e-6, 1e-3])("for a single 1 + %f at any place among ones", (excess) => {
    for (const n of [2, 3, 50]) {
      for (let k = 0; k < n; k++) {
        const entries = repeated(n, (j) => (j === k ? 1 + excess : 1));
        expect(apart(diag(entries), 1 + excess), `${k} of ${n}`).toBeLessThanOrEqual(1e-10);
      }
    }
  });

  test.each([2, 3, 10, 60])("where the start vector is a singular vector, but of a smaller value: n = %i", (n) => {
    const v = arbitraryUnitVector(n);
    // with 0.8 beside 1, ‖A‖_F is hardly larger than what is found
    for (const share of [0.5, 0.2]) {
      const matrix = diag(repeated(n, () => 1));
      matrix.data.forEach((entry, at) => {
        matrix.data[at] = entry - share * v[Math.floor(at / n)]! * v[at % n]!;
      });
      expect(apart(matrix, 1)).toBeLessThanOrEqual(1e-10);
    }
  });

  test("for a block that the rest does not touch", () => {
    const blocks = diag([...repeated(20, (k) => 0.9 - k / 100), 0, 0]);
    blocks.data[20 * 22 + 21] = 1; // nilpotent: no eigenvalue shows it
    expect(apart(blocks, 1)).toBeLessThanOrEqual(1e-10);
  });

  test("for u vᵀ, which has the norm ‖u‖‖v‖", () => {
    for (const n of [1, 2, 5, 80]) {
      const [u, v] = [numbers(n, 3), numbers(n, 4)];
      const outer = matrixOf(u.map((a) => v.map((b) => a * b)));
      expect(apart(outer, Math.hypot(...u) * Math.hypot(...v))).toBeLessThanOrEqual(1e-10);
    }
  });

  test("for the second difference matrix, 2 + 2cos(π/(n + 1)), whose largest values crowd", () => {
    for (const n of [10, 100, 200]) {
      const rows = repeated(n, (r) => r).map((r) => repeated(n, (c) => (r === c ? 2 : Math.abs(r - c) === 1 ? -1 : 0)));
      expect(apart(matrixOf(rows), 2 + 2 * Math.cos(Math.PI / (n + 1)))).toBeLessThanOrEqual(1e-10);
    }
  });

  test("for Wilkinson's W₂₁⁺, whose two largest eigenvalues agree to 14 digits, and Hilbert's matrix", () => {
    const wilkinson = repeated(21, (r) => r).map((r) =>
      repeated(21, (c) => (r === c ? Math.abs(r - 10) : Math.abs(r - c) === 1 ? 1 : 0)),
    );
    expect(apart(matrixOf(wilkinson), WILKINSON)).toBeLessThanOrEqual(1e-10);
    const hilbert = repeated(12, (r) => r).map((r) => repeated(12, (c) => 1 / (r + c + 1)));
    expect(apart(matrixOf(hilbert), HILBERT)).toBeLessThanOrEqual(1e-10);
  });

  test("is the same for the transpose and scales with powers of two, to the ends of the doubles", () => {
    const rows = repeated(12, (r) => numbers(12, r + 1));
    const norm = toNormalDouble(spectralNorm(matrixOf(rows))!)!;
    const transposed = rows.map((_, c) => rows.map((row) => row[c]!));
    expect(apart(matrixOf(transposed), norm)).toBeLessThanOrEqual(1e-10);
    for (const k of [-1000, -500, 500, 1019]) {
      const scaled = rows.map((row) => row.map((entry) => entry * 2 ** k));
      expect(apart(matrixOf(scaled), norm * 2 ** k)).toBeLessThanOrEqual(1e-10);
    }
  });

  test("at 1e±300, for subnormal entries, and for entries 1e600 apart", () => {
    expect(
      apart(
        matrixOf([
          [3e300, 0],
          [4e300, 0],
        ]),
        5e300,
      ),
    ).toBeLessThanOrEqual(1e-10);
    expect(
      apart(
        matrixOf([
          [3e-300, 4e-300],
          [0, 0],
        ]),
        5e-300,
      ),
    ).toBeLessThanOrEqual(1e-10);
    expect(
      apart(
        matrixOf([
          [1e300, 0],
          [0, 1e-300],
        ]),
        1e300,
      ),
    ).toBeLessThanOrEqual(1e-10);
    const { value, exponent } = spectralNorm(
      matrixOf([
        [3 * 2 ** -1074, 0],
        [4 * 2 ** -1074, 0],
      ]),
    )!;
    expect(Math.abs((value * 2 ** (exponent + 1074)) / 5 - 1)).toBeLessThanOrEqual(1e-10);
  });

  test("for one entry it is its magnitude, for nothing but zeros 0", () => {
    for (const entry of [1, -2.5, 1e-300, -1.7e308, 5e-324])
      expect(apart(diag([entry]), Math.abs(entry))).toBeLessThanOrEqual(1e-10);
    for (const n of [1, 2, 30]) expect(spectralNorm(diag(repeated(n, () => 0)))).toEqual({ value: 0, exponent: 0 });
  });

  test("for entries that are not finite there is none", () => {
    for (const entry of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(spectralNorm(matrixOf([[entry]]))).toBeNull();
      expect(
        spectralNorm(
          matrixOf([
            [1, 0],
            [entry, 1],
          ]),
        ),
      ).toBeNull();
    }
  });

  test("a norm off by 2e-10 would be noticed", () => {
    expect(apart(diag([1, 0.5]), 1 + 2e-10)).toBeGreaterThan(1e-10);
  });
});
