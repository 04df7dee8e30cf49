import { describe, expect, test } from "vitest";
import { isAboveSpectrum } from "../../src/linalg/definite.ts";
import { diagonal } from "../../src/linalg/matrix.ts";
import { matrixOf } from "../helpers/matrices.ts";

describe("x lies above every eigenvalue", () => {
  test("of [[2, 1], [1, 2]] from 3 on, which is one itself", () => {
    const matrix = matrixOf([
      [2, 1],
      [1, 2],
    ]);
    for (const x of [3 + 1e-14, 4, 1e300]) expect(isAboveSpectrum(matrix, x)).toBe(true);
    for (const x of [3, 3 - 1e-14, 1, 0, -5]) expect(isAboveSpectrum(matrix, x)).toBe(false);
  });

  test("of a diagonal matrix where it is above each entry", () => {
    const matrix = diagonal(Float64Array.of(1, 5, -7, 2));
    expect(isAboveSpectrum(matrix, 5)).toBe(false);
    expect(isAboveSpectrum(matrix, 5 + 2 ** -50)).toBe(true);
  });

  test("of the second difference matrix from 2 + 2cos(π/(n + 1)) on, to 1e-13", () => {
    const n = 80;
    const rows = Array.from({ length: n }, (_, r) =>
      Array.from({ length: n }, (_, c) => (r === c ? 2 : Math.abs(r - c) === 1 ? 1 : 0)),
    );
    const largest = 2 + 2 * Math.cos(Math.PI / (n + 1));
    expect(isAboveSpectrum(matrixOf(rows), largest * (1 + 1e-13))).toBe(true);
    expect(isAboveSpectrum(matrixOf(rows), largest * (1 - 1e-13))).toBe(false);
  });

  test("is never said where an entry is no number", () => {
    expect(
      isAboveSpectrum(
        matrixOf([
          [1, 0],
          [Number.NaN, 1],
        ]),
        9,
      ),
    ).toBe(false);
  });
});
