import { describe, expect, test } from "vitest";
import type { StateJacobian } from "../../src/lstm/state-jacobian.ts";
import { toDouble } from "../../src/verify/arithmetic.ts";
import type { Ball } from "../../src/verify/ball.ts";
import { ProductReference } from "../../src/verify/product.ts";
import { realOf } from "../helpers/balls.ts";
import { exact, product, Real } from "../promise/exact.ts";

/** A step of one unit: ∂h/∂h, ∂h/∂c, ∂c/∂h, ∂c/∂c. */
const step = (hh: number, hc: number, ch: number, cc: number): StateJacobian => {
  const row = (h: number, c: number) => ({
    h_prev: { rows: 1, cols: 1, data: Float64Array.of(h) },
    c_prev: Float64Array.of(c),
  });
  return { h_t: row(hh, hc), c_t: row(ch, cc) };
};

const productColumn = (steps: readonly StateJacobian[], k: number, exponent2: number) =>
  new ProductReference(
    steps.map((doubles) => ({ doubles, wide: null })),
    1,
    exponent2,
  ).column(k);

const apart = (got: Ball, expected: Real) => realOf(got).div(expected).minus(1).abs();

describe("productColumn", () => {
  test("keeps 25 digits of an entry 10³¹⁰ below the largest of its column", () => {
    // c → h → h beside c → c → c
    const steps = [step(0.1, 1e-307, 0, 1), step(1e-3, 0, 0, 1)];
    const [h, c] = productColumn(steps, 1, -501);
    expect(apart(h!.value, product([exact(1e-307), exact(1e-3), new Real(2).pow(501)])).lt(1e-25)).toBe(true);
    expect(apart(c!.value, new Real(2).pow(501)).lt(1e-25)).toBe(true);
  });

  test.each([1e-300, 0.3, 1e300])("neither overflows nor vanishes over a thousand steps of %s", (factor) => {
    const steps = Array.from({ length: 1000 }, () => step(factor, 0, 0, 0.5));
    const power = exact(factor).pow(1000);
    const exponent2 = Math.round(1000 * Math.log2(factor));
    const [h] = productColumn(steps, 0, exponent2);
    expect(apart(h!.value, power.div(new Real(2).pow(exponent2))).lt(1e-25)).toBe(true);
    expect(Number.isFinite(Number(realOf(h!.allowed)))).toBe(true);
  });

  test("keeps what a factor of 10³⁰⁰ brings back up", () => {
    // h → 10⁻⁵h, c → c/2 + 10³⁰⁰h
    const steps = Array.from({ length: 3 }, () => step(1e-5, 0, 1e300, 0.5));
    const [h, c] = productColumn(steps, 0, 0);
    const shrunk = exact(1e-5);
    expect(apart(h!.value, shrunk.pow(3)).lt(1e-25)).toBe(true);
    const grown = exact(1e300).mul(shrunk.pow(2).plus(shrunk.div(2)).plus(0.25));
    expect(apart(c!.value, grown).lt(1e-25)).toBe(true);
    expect(Number(realOf(c!.allowed)) / (2 * 4 * 2 ** -53 * Number(grown))).toBeCloseTo(1, 12);
  });

  test.each([0, 40, 1200])(
    "allows a single step, which is no product, to be itself times 2^%i, and no ulp more",
    (k) => {
      const exponent2 = 0 - k;
      const [h] = productColumn([step(0.1, 0, 1, 0)], 0, exponent2);
      const error = (double: number) => exact(double).mul(new Real(2).pow(k)).minus(realOf(h!.value)).abs();
      expect(error(0.1).lte(realOf(h!.allowed))).toBe(true);
      expect(error(0.1 + 2 ** -56).lte(realOf(h!.allowed))).toBe(false);
    },
  );

  test("allows exact zeros no error, and other entries about ε for a step and a product", () => {
    const [h, c] = productColumn([step(0.5, 0, 0, 1), step(0.5, 0, 0, 1), step(0.5, 0, 0, 1)], 0, 0);
    expect([h!.value, c!.value, c!.allowed].map(toDouble)).toEqual([0.125, 0, 0]);
    expect(toDouble(h!.allowed)).toBeCloseTo(0.125 * 8 * 2 ** -53, 25);
  });
});
