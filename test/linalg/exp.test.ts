import { describe, expect, test } from "vitest";
import { expNegative } from "../../src/linalg/exp.ts";
import { exact, Real } from "../promise/exact.ts";

/** The relative error of e^(hi + lo). */
function relativeError(hi: number, lo: number): number {
  const { hi: high, lo: low } = expNegative(hi, lo);
  const truth = Real.exp(exact(hi).plus(exact(lo)));
  return exact(high).plus(exact(low)).div(truth).minus(1).abs().toNumber();
}

describe("e to a negative power", () => {
  test("is within 2⁻⁵⁸ as a pair down to e⁻⁶⁶⁰", () => {
    for (let k = 0; k <= 400; k++) {
      const x = -(k * 1.6503 + 1e-3 * Math.sin(k));
      expect(relativeError(x, 0), `at ${x}`).toBeLessThan(2 ** -58);
      expect(relativeError(x, x * 2 ** -54), `at ${x}, with a low part`).toBeLessThan(2 ** -58);
    }
  });

  test("is within 2⁻⁵⁸ on either side of each change of table entry", () => {
    for (let k = 0; k < 64; k++) {
      const middle = -((k + 0.5) * Math.LN2) / 32;
      for (const x of [middle, middle * (1 + 2 ** -50), middle * (1 - 2 ** -50)]) {
        expect(relativeError(x, 0), `at ${x}`).toBeLessThan(2 ** -58);
      }
    }
  });

  test("is the nearest double where it is subnormal, to within one of the smallest", () => {
    for (const x of [-708.5, -720, -744, -745.13]) {
      const { hi } = expNegative(x, 0);
      expect(Math.abs(hi - Real.exp(exact(x)).toNumber())).toBeLessThanOrEqual(2 ** -1074);
    }
  });

  test("is 1 at zero, grows by a tiny argument, and is 0 far below", () => {
    expect(expNegative(0, 0)).toEqual({ hi: 1, lo: 0 });
    expect(expNegative(-(2 ** -70), 0)).toEqual({ hi: 1, lo: -(2 ** -70) });
    expect(expNegative(-747, 0)).toEqual({ hi: 0, lo: 0 });
    expect(expNegative(-1e308, 0)).toEqual({ hi: 0, lo: 0 });
  });
});
