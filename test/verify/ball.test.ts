import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import {
  add,
  type Ball,
  compare,
  divide,
  fromDouble,
  multiply,
  ONE,
  timesPowerOfTwo,
  toDouble,
  topOf,
  ZERO,
} from "../../src/verify/ball.ts";
import { dot, wholeDot, wholeNumbers } from "../../src/verify/ball-dot.ts";
import { exp, exponentials } from "../../src/verify/ball-exp.ts";
import { randomDoubles } from "../helpers/random-doubles.ts";

// a product of doubles has up to 1,534 digits, which an oracle must not round
const Oracle = Decimal.clone({ precision: 1600, minE: -9e15, maxE: 9e15 });
const real = ({ m, e }: Ball) => new Oracle(m.toString()).times(new Oracle(2).pow(e));
const radius = ({ r, e }: Ball) => new Oracle(r.toString()).times(new Oracle(2).pow(e));
/** A double with every digit of it: the library reads its shortest decimal. */
const oracleOf = (double: number) => real(fromDouble(double));
const holds = (ball: Ball, value: Decimal) => real(ball).minus(value).abs().lte(radius(ball));

describe("a ball", () => {
  test("has every digit of a double, and gives it back", () => {
    // Python: Decimal(0.1)
    expect(real(fromDouble(0.1)).toFixed()).toBe("0.1000000000000000055511151231257827021181583404541015625");
    expect(real(fromDouble(5e-324)).toString()).toBe(new Oracle(2).pow(-1074).toString());
    const draw = randomDoubles(1);
    for (let k = 0; k < 500; k++) {
      const double = draw();
      expect(toDouble(fromDouble(double))).toBe(double);
    }
  });

  test("is rounded to a double once, ties to even, also below the normal range", () => {
    const at = (m: bigint, e: number) => toDouble({ m, e, r: 0n });
    expect(at(2n ** 54n + 2n, -54)).toBe(1);
    expect(at(2n ** 54n + 6n, -54)).toBe(1 + 2 ** -51);
    expect(at(2n ** 200n + 2n ** 147n + 1n, -200)).toBe(1 + 2 ** -52);
    expect([at(1n, -1075), at(3n, -1076), at(-3n, -1075), at(1n, -3e9)]).toEqual([0, 2 ** -1074, -(2 ** -1073), 0]);
    expect([at(2n ** 1024n - 1n, 0), at(-1n, 3e9)]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(at(2n ** 1024n - 2n ** 970n - 1n, 0)).toBe(Number.MAX_VALUE);
  });

  test("agrees with the processor, which rounds once", () => {
    const draw = randomDoubles(2);
    for (let k = 0; k < 1000; k++) {
      const [a, b] = [draw(), draw()];
      const [p, q] = [fromDouble(a), fromDouble(b)];
      expect(toDouble(add(p, q, Number.POSITIVE_INFINITY))).toBe(a + b);
      expect(Math.abs(toDouble(multiply(p, q, 300)))).toBe(Math.abs(a * b));
      expect(compare(p, q)).toBe(Math.sign(a - b) || (a < b ? -1 : Number(a > b)));
    }
  });

  test("holds the exact result of each operation on what it was made of, at any precision", () => {
    const draw = randomDoubles(3);
    for (let k = 0; k < 300; k++) {
      const bits = 10 + 7 * (k % 40);
      const [a, b, c] = [draw(), draw(), draw()];
      const [x, y, z] = [a, b, c].map(oracleOf) as [Decimal, Decimal, Decimal];
      const [p, q, s] = [a, b, c].map(fromDouble) as [Ball, Ball, Ball];
      // the digits of 1/3, so that nothing is exact
      const third = divide(p, fromDouble(3), bits);
      expect(holds(third, x.div(3)), `${a}/3`).toBe(true);
      expect(holds(multiply(third, q, bits), x.times(y).div(3)), `${a}·${b}/3`).toBe(true);
      expect(holds(divide(third, q, bits), x.div(3).div(y)), `${a}/3/${b}`).toBe(true);
      const sum = add(multiply(third, q, bits), multiply(s, s, bits), bits);
      if (Math.abs(topOf(multiply(p, q, 60)) - 2 * topOf(s)) < 1500) {
        expect(holds(sum, x.times(y).div(3).plus(z.times(z))), `${a}·${b}/3 + ${c}²`).toBe(true);
      }
    }
  });

  test("adds what lies however far apart, and cancels exactly", () => {
    const far = timesPowerOfTwo(ONE, -3e9);
    const sum = add(ONE, far, 100);
    expect([real(sum).toNumber(), sum.r > 0n, topOf({ ...sum, m: sum.r }) < -90]).toEqual([1, true, true]);
    const tiny = fromDouble(5e-324);
    const exact = add(fromDouble(1e300), tiny, Number.POSITIVE_INFINITY);
    expect(toDouble(add(exact, fromDouble(-1e300), Number.POSITIVE_INFINITY))).toBe(5e-324);
    expect(add(ONE, { ...ONE, m: -1n }, 50)).toMatchObject({ m: 0n, r: 0n });
  });

  test("divides by no ball that may be zero", () => {
    expect(() => divide(ONE, ZERO, 50)).toThrow(RangeError);
    expect(() => divide(ONE, { m: 3n, e: 0, r: 3n }, 50)).toThrow(RangeError);
  });
});

describe("dot", () => {
  test("is exact for doubles at any stride, and for others unless they lie beyond what doubles do", () => {
    const draw = randomDoubles(53);
    const doubles = Float64Array.from({ length: 40 }, (_, k) => (k % 7 === 0 ? 0 : draw() * 2 ** (50 * (k % 5) - 100)));
    const others = Array.from(doubles, (entry, k) => fromDouble(k % 9 === 0 ? 0 : draw() * entry));
    const exactly = (from: number, stride: number, count: number) =>
      others.slice(0, count).reduce((sum, other, k) => {
        return sum.plus(real(fromDouble(doubles[from + stride * k])).times(real(other)));
      }, new Oracle(0));
    expect(real(dot(doubles, 0, 1, others, 100)).eq(exactly(0, 1, 40))).toBe(true);
    expect(real(dot(doubles, 1, 3, others.slice(0, 13), 100)).eq(exactly(1, 3, 13))).toBe(true);
    const apart = dot(Float64Array.of(1e308, 5e-324), 0, 1, [fromDouble(1e308), fromDouble(5e-324)], 53);
    expect([topOf(apart) > 2040, apart.r]).toEqual([true, 0n]);
    const far = dot(Float64Array.of(1, 1), 0, 1, [ONE, timesPowerOfTwo(ONE, -(2 ** 40))], 100);
    expect([toDouble(far), far.r > 0n]).toEqual([1, true]);
  });
});

describe("wholeDot", () => {
  test("is exact, for rows of doubles that lie up to 2^948 apart; others are no whole numbers", () => {
    const draw = randomDoubles(54);
    let whole = 0;
    for (let k = 0; k < 200; k++) {
      const [a, b] = [0, 1].map((side) =>
        Float64Array.from({ length: 12 }, (_, j) => {
          const double = draw() * (k % 2 === 0 ? 1 : 2 ** -(k + side));
          return (j + k) % 5 === 0 ? 0 : k % 3 === 0 ? double : Math.sign(double) + (double % 1) * 2 ** -(k + side);
        }),
      ) as [Float64Array, Float64Array];
      const [left, right] = [wholeNumbers(a), wholeNumbers(b)];
      if (left === null || right === null) continue;
      whole += 1;
      const exactly = a.reduce((sum, own, j) => sum.plus(oracleOf(own).times(oracleOf(b[j]!))), new Oracle(0));
      expect(real(wholeDot(left, right)).eq(exactly), `${k}`).toBe(true);
    }
    expect(whole).toBeGreaterThan(100);
    expect(wholeNumbers(Float64Array.of(1, 0, 2 ** -948))).not.toBeNull();
    expect(wholeNumbers(Float64Array.of(1, 0, 2 ** -949))).toBeNull();
    expect(real(wholeDot(wholeNumbers(Float64Array.of(5e-324))!, wholeNumbers(Float64Array.of(2))!)).toString()).toBe(
      new Oracle(2).pow(-1073).toString(),
    );
    const zeros = wholeNumbers(new Float64Array(2))!;
    expect([wholeDot(zeros, zeros), wholeDot(zeros, wholeNumbers(new Float64Array())!)]).toEqual([ZERO, ZERO]);
  });
});

describe("exp and exponentials", () => {
  test.each([20, 64, 256, 700])("hold the exact power, to the last few of %i bits", (bits) => {
    const Digits = Decimal.clone({ precision: 260, minE: -9e15, maxE: 9e15 });
    const draw = randomDoubles(bits);
    for (let k = 0; k < 20; k++) {
      const double = draw();
      // sizes from 2^−39 to 2^20, with the double's digits
      const x = timesPowerOfTwo(fromDouble(double), 3 * k - 39 - topOf(fromDouble(double)));
      const power = Digits.exp(new Digits(real(x)));
      for (const [ball, value] of [
        [exp(x, bits), power],
        [exponentials(x, bits).power, power],
        [exponentials(x, bits).lessOne, power.minus(1)],
      ] as const) {
        expect(holds(ball, value), `at ${real(x).toPrecision(5)}`).toBe(true);
        expect(radius(ball).div(value.abs()).toNumber()).toBeLessThanOrEqual(2 ** (4 - bits));
      }
    }
  });

  test("keep the digits of what is tiny", () => {
    expect(toDouble(exponentials(fromDouble(5e-324), 200).lessOne)).toBe(5e-324);
    expect(topOf(exp(timesPowerOfTwo(ONE, 49), 100))).toBe(Math.floor(2 ** 49 / Math.LN2) + 1);
  });

  test("hold the power of every number in a ball that went in", () => {
    const around = { m: 3n << 60n, e: -60, r: 1n << 40n };
    for (const r of [around.r, -around.r]) {
      expect(holds(exp(around, 200), Oracle.exp(real({ ...around, m: around.m + r }).toSignificantDigits(80)))).toBe(
        true,
      );
    }
  });

  test("refuse what has no exponent", () => {
    expect(() => exp(timesPowerOfTwo(ONE, 50), 100)).toThrow(RangeError);
  });
});
