import { describe, expect, test } from "vitest";
import { add, type Ball, compare, fromDouble, magnitude, multiply, subtract, ZERO } from "../../src/verify/ball.ts";
import { type Estimate, Estimates, unitInFirstPlace } from "../../src/verify/estimate.ts";
import { bits53, randomIn } from "../helpers/random.ts";

const EXACT = Number.POSITIVE_INFINITY;
const next = randomIn(17);
/** All 53 bits, and exponents up to that far from 0. */
const drawn = (spread: number) => bits53(next) * 2 ** Math.floor((next() * 2 - 1) * spread);
/** About 160 bits, sometimes known only to 2^-70. */
const drawnBall = (k: number): Ball => {
  const wide = add(multiply(fromDouble(drawn(30)), fromDouble(drawn(30)), EXACT), fromDouble(drawn(20)), EXACT);
  return k % 3 === 0 ? { m: wide.m << 70n, e: wide.e - 70, r: 1n } : wide;
};
const isOff = ({ hi, lo, error }: Estimate, value: Ball) =>
  compare(magnitude(subtract(add(fromDouble(hi), fromDouble(lo), EXACT), value, EXACT)), fromDouble(error)) > 0;

describe("an estimate", () => {
  test("of Σ ab is off by no more than it says, and by little of Σ|ab|", () => {
    for (let k = 0; k < 600; k++) {
      const n = 1 + (k % 9);
      const balls = Array.from({ length: n }, (_, j) => drawnBall(k + j));
      const by = Float64Array.from({ length: n }, (_, j) => ((k + j) % 7 === 0 ? 0 : drawn(k % 2 === 0 ? 300 : 3)));
      // what all but cancels
      if (k % 5 === 0 && n > 1) {
        balls[1] = { ...balls[0]!, m: -balls[0]!.m + 1n };
        by[1] = by[0]!;
      }
      const near = new Estimates(n + 1);
      for (const [j, ball] of balls.entries()) near.set(j + 1, ball);
      // doubles as they are, so that nothing but the sum itself is rounded
      if (k % 4 === 1) {
        near.lo.fill(0);
        near.error.fill(0);
        for (const j of balls.keys()) balls[j] = fromDouble(near.hi[j + 1]!);
      }
      const found = new Estimates(1);
      found.setDot(0, near, 1, by, 0, n);
      const products = balls.map((ball, j) => multiply({ ...ball, r: 0n }, fromDouble(by[j]!), EXACT));
      const value = products.reduce((sum, product) => add(sum, product, EXACT), ZERO);
      const size = products.reduce((sum, product) => sum + Math.abs(Number(product.m) * 2 ** product.e), 0);
      expect(isOff(found.at(0), value), `${k}`).toBe(false);
      expect(found.error[0]).toBeLessThanOrEqual(size * 2 ** -58);
      expect(Math.abs(found.lo[0]!)).toBeLessThanOrEqual(Math.abs(found.hi[0]!) * 2 ** -53);
    }
  });

  test("is not known where doubles do not hold it, and zero where that is exact", () => {
    const near = new Estimates(5);
    const far = [fromDouble(1e200), fromDouble(1e-200), { m: 0n, e: -60, r: 1n }, { m: 1n << 2000n, e: -2000, r: 0n }];
    for (const [k, ball] of far.entries()) near.set(k, ball);
    near.set(4, ZERO);
    expect([...near.error.subarray(0, 4)]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(near.at(4)).toEqual({ hi: 0, lo: 0, error: 0, allowed: null });
    const found = new Estimates(2);
    near.set(0, fromDouble(3e-150));
    // what is lost of the error of this product is more than the estimate says
    found.setDot(0, near, 0, Float64Array.of(1e-150), 0, 1);
    found.setDot(1, near, 0, Float64Array.of(0, 0, 0, 0, 1e300), 0, 5);
    expect(found.error[0]).toBeNaN();
    expect(found.at(1)).toEqual({ hi: 0, lo: 0, error: 0, allowed: null });
  });
});

test("the unit in the first place is the power of two at or below", () => {
  for (let k = 0; k < 500; k++) {
    const double = Math.abs(drawn(900));
    const unit = unitInFirstPlace(double);
    expect(2 ** Math.round(Math.log2(unit))).toBe(unit);
    expect(unit <= double && double < 2 * unit, `${double}`).toBe(true);
  }
  expect([1, 1 - 2 ** -53, 2 - 2 ** -52, 2 ** -900].map(unitInFirstPlace)).toEqual([1, 0.5, 1, 2 ** -900]);
});
