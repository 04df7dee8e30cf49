import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { diagonal } from "../../src/linalg/matrix.ts";
import { LyapunovExponents } from "../../src/lstm/lyapunov.ts";
import { stepAt } from "../../src/lstm/sequence-jacobian.ts";
import { type StateJacobian, wholeStep } from "../../src/lstm/state-jacobian.ts";
import { unroll } from "../../src/lstm/unroll.ts";
import { matrixOf, rowsOf } from "../helpers/matrices.ts";
import { randomSequence } from "../helpers/sequences.ts";

/** Any 2 × 2 matrix is the Jacobian of a step of one unit. */
const step = (a: number, b: number, c: number, d: number): StateJacobian => ({
  h_t: { h_prev: matrixOf([[a]]), c_prev: Float64Array.of(b) },
  c_t: { h_prev: matrixOf([[c]]), c_prev: Float64Array.of(d) },
});

function exponentsOf(steps: readonly StateJacobian[], H = 1): (number | null)[] {
  const exponents = new LyapunovExponents(H);
  for (const one of steps) exponents.add(one);
  return exponents.values();
}

function expectExponents(got: readonly (number | null)[], expected: readonly (number | null)[], tolerance = 1e-12) {
  expect(got).toHaveLength(expected.length);
  expected.forEach((value, k) => {
    if (value === null) expect(got[k], `exponent ${k}`).toBeNull();
    else expect(Math.abs((got[k] ?? Number.NaN) - value), `exponent ${k}: ${got[k]}`).toBeLessThanOrEqual(tolerance);
  });
}

/** log|det|, by Gaussian elimination with pivoting. */
function logDeterminant(matrix: number[][]): number {
  const rows = matrix.map((row) => [...row]);
  let log = 0;
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows.slice(k).reduce((best, row) => (Math.abs(row[k]!) > Math.abs(best[k]!) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(k, 0, pivot);
    log += Math.log(Math.abs(pivot[k]!));
    for (const row of rows.slice(k + 1)) {
      const factor = row[k]! / pivot[k]!;
      row.forEach((entry, c) => {
        row[c] = entry - factor * pivot[c]!;
      });
    }
  }
  return log;
}

describe("the Lyapunov exponents", () => {
  test("of diagonal steps are the means of log|entry|, descending", () => {
    const steps = [step(0.5, 0, 0, -3), step(0.25, 0, 0, 2)];
    expectExponents(exponentsOf(steps), [Math.log(6) / 2, Math.log(1 / 8) / 2]);
  });

  test("of triangular steps are the means of log|diagonal entry|", () => {
    const steps = [step(2, 5, 0, 0.5), step(-3, 7, 0, 0.1), step(4, -1, 0, 0.2)];
    expectExponents(exponentsOf(steps), [Math.log(24) / 3, Math.log(0.01) / 3]);
  });

  test("of rotations are zero", () => {
    const angles = [0.3, 1, 2.5, -0.7];
    const steps = angles.map((a) => step(Math.cos(a), -Math.sin(a), Math.sin(a), Math.cos(a)));
    expectExponents(exponentsOf(steps), [0, 0]);
  });

  test("of one symmetric step tend to the logarithms of its eigenvalues: 3 and 1 of [[2, 1], [1, 2]]", () => {
    expectExponents(exponentsOf(new Array(400).fill(step(2, 1, 1, 2))), [Math.log(3), 0], Math.LN2 / 400);
  });

  test("add up to the mean of log|det|", () => {
    for (const H of [1, 2, 4]) {
      const unrolled = unroll(parseCell(randomSequence(H, 2, 20, H, 1)));
      const steps = Array.from({ length: 20 }, (_, k) => stepAt(unrolled, k + 1));
      const logs = steps.map((one) => logDeterminant(rowsOf(wholeStep(one))));
      const mean = logs.reduce((sum, log) => sum + log, 0) / 20;
      const got = exponentsOf(steps, H);
      const total = got.reduce<number>((sum, value) => sum + value!, 0);
      expect(Math.abs(total - mean)).toBeLessThanOrEqual(1e-10 * Math.abs(mean));
      expect(got).toEqual([...got].sort((a, b) => b! - a!));
      expect(got).toHaveLength(2 * H);
    }
  });

  test("do not mind entries at the ends of the doubles", () => {
    const logs = [150, -150].map((e) => e * Math.LN10);
    expectExponents(exponentsOf([step(1e150, 0, 0, 1e-150)]), logs, 1e-10);
    expectExponents(
      exponentsOf(new Array(50).fill(step(1e308, 0, 0, 1e308))),
      [308 * Math.LN10, 308 * Math.LN10],
      1e-10,
    );
    expectExponents(
      exponentsOf(new Array(50).fill(step(1e-308, 0, 0, 1e-308))),
      [-308 * Math.LN10, -308 * Math.LN10],
      1e-10,
    );
  });

  test("off by 1e-9 would be noticed", () => {
    expect(() => expectExponents([1 + 1e-9, 0], [1, 0])).toThrow(/exponent 0/);
    expect(() => expectExponents([1, null], [1, 0])).toThrow(/exponent 1/);
  });
});

describe("a direction of which nothing is left", () => {
  // h leads nowhere, so S_t = [0 a_t; 0 f_t], and the product has the one singular value f_1 … f_{T−1} √(a_T² + f_T²)
  test("has the exponent −∞, null, and takes nothing away from the others: U = 0", () => {
    const a = [0.3, 0.9, 0.1];
    const f = [0.5, 0.8, 0.25];
    const expected = (Math.log(0.5) + Math.log(0.8) + Math.log(Math.hypot(0.1, 0.25))) / 3;
    expectExponents(exponentsOf(a.map((_, k) => step(0, a[k]!, 0, f[k]!))), [expected, null]);
  });

  test("of several units, with U = 0: as many as there are units", () => {
    const f = [0.9, 0.5, 0.2];
    const one: StateJacobian = {
      h_t: { h_prev: diagonal(new Float64Array(3)), c_prev: new Float64Array(3) },
      c_t: { h_prev: diagonal(new Float64Array(3)), c_prev: Float64Array.from(f) },
    };
    expectExponents(exponentsOf(new Array(30).fill(one), 3), [...f.map(Math.log), null, null, null]);
  });

  test("may be lost on the way, in one step of many", () => {
    const steps = [step(2, 0, 0, 3), step(0, 0, 0, 3), step(2, 0, 0, 3)];
    expectExponents(exponentsOf(steps), [Math.log(3), null]);
  });

  test("may be hidden by rounding: columns that agree to 16 digits", () => {
    expectExponents(exponentsOf([step(1, 1, 1, 1)]), [Math.log(2) / 2, null]);
    expectExponents(exponentsOf([step(0.1, 0.3, 0.7, 2.1)]), [Math.log(Math.hypot(0.1, 0.7)), null]);
  });

  test("is every direction where a step is zero", () => {
    expectExponents(exponentsOf([step(1, 2, 3, 4), step(0, 0, 0, 0), step(1, 2, 3, 4)]), [null, null]);
  });

  test("is not filled by the noise that the others are shaken with", () => {
    const shaken = new LyapunovExponents(1, () => 2 ** -36);
    for (let t = 0; t < 3; t++) shaken.add(step(0, 0.5, 0, 0.25));
    expectExponents(shaken.values(), [(2 * Math.log(0.25) + Math.log(Math.hypot(0.5, 0.25))) / 3, null], 2 ** -34);
  });
});
