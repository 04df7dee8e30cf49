import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Ball,
  bitLength,
  exactly,
  integerRoot,
  magnitudeOf,
  minus,
  ONE,
  over,
  plus,
  rounded,
  signOf,
  squareRoot,
  times,
} from "../../src/linalg/ball.ts";
import { exp } from "../../src/linalg/ball-exp.ts";
import { nearestDouble } from "../../src/linalg/ball-rounding.ts";

const BITS = 128;
/** Many more digits than the balls hold. */
const P = Decimal.clone({ precision: 900, minE: -9e15, maxE: 9e15 });

const double = fc.double({ noNaN: true, noDefaultInfinity: true });
const moderate = fc.double({ min: -700, max: 700, noNaN: true });
/** A double, or a ball around it whose radius is up to 2⁻¹⁸ of it; with a number of that ball. */
const enclosed = fc
  .tuple(double, fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }))
  .map(([x, r, off]) => {
    const { mantissa, exponent } = exactly(x);
    const radius = BigInt(Math.abs(r));
    const inside = BigInt(Math.max(-Math.abs(r), Math.min(Math.abs(r), off)));
    return {
      ball: { mantissa, exponent, radius },
      value: decimal({ mantissa: mantissa + inside, exponent, radius: 0n }),
    };
  });

function decimal({ mantissa, exponent }: Ball): Decimal {
  return P.mul(new P(mantissa.toString()), P.pow(2, Number(exponent)));
}

function holds(ball: Ball, value: Decimal): boolean {
  const slack = value.abs().times("1e-880");
  const off = P.abs(P.sub(decimal(ball), value));
  return off.lte(decimal({ ...ball, mantissa: ball.radius }).plus(slack));
}

/** The radius as a share of the centre is what so many bits make it. */
function isTight(ball: Ball, bits: number): boolean {
  return ball.mantissa === 0n || bitLength(ball.mantissa) - bitLength(ball.radius) >= bits;
}

const nearest = ({ mantissa, exponent }: Ball) => nearestDouble(mantissa, exponent);

describe("a ball holds the true result", () => {
  test("of +, −, ×, ÷ of exact doubles and of balls", () => {
    fc.assert(
      fc.property(enclosed, enclosed, (a, b) => {
        expect(holds(plus(a.ball, b.ball, BITS), P.add(a.value, b.value))).toBe(true);
        expect(holds(minus(a.ball, b.ball, BITS), P.sub(a.value, b.value))).toBe(true);
        expect(holds(times(a.ball, b.ball, BITS), P.mul(a.value, b.value))).toBe(true);
        if (signOf(b.ball) !== 0 && signOf(b.ball) !== null) {
          expect(holds(over(a.ball, b.ball, BITS), P.div(a.value, b.value))).toBe(true);
        }
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  test("of √, exactly for squares", () => {
    fc.assert(
      fc.property(enclosed, ({ ball, value }) => {
        if (value.isNeg()) return;
        if (signOf(ball) !== null) expect(holds(squareRoot(ball, BITS), P.sqrt(value))).toBe(true);
        const square = times(ball, ball);
        if (ball.radius === 0n)
          expect(squareRoot(square, BITS)).toSatisfy((root: Ball) => root.radius === 0n && holds(root, value.abs()));
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test("of e^x, of balls too, to within a few units", () => {
    const Q = Decimal.clone({ precision: 120, minE: -9e15, maxE: 9e15 });
    for (const bits of [64, 192, 300]) {
      fc.assert(
        fc.property(moderate, fc.integer({ min: 0, max: 9 }), (x, r) => {
          const ball = { ...exactly(x), radius: BigInt(r) };
          const power = exp(ball, bits);
          for (const end of [-1n, 1n]) {
            const at = decimal({ ...ball, mantissa: ball.mantissa + end * ball.radius });
            const value = Q.exp(at);
            expect(
              decimal(power)
                .minus(value)
                .abs()
                .lte(decimal({ ...power, mantissa: power.radius }).plus(value.times("1e-115"))),
            ).toBe(true);
          }
          if (r === 0) expect(isTight(power, bits - 32)).toBe(true);
        }),
        { seed: 3, numRuns: 60 },
      );
    }
  });

  test("of e^x where the exponent is no double, and where x is hardly known", () => {
    const tiny = exp(exactly(-1e200), 64);
    expect(signOf(tiny)).toBe(1);
    expect(tiny.exponent).toBeLessThan(-(10n ** 200n));
    const vague = exp({ mantissa: -5n, exponent: 0n, radius: 3n }, 64);
    for (const x of [-8, -5, -2]) expect(holds(vague, P.exp(x))).toBe(true);
    expect(exp(exactly(0), 64)).toEqual(ONE);
  });
});

test("operations on exact numbers without a limit of bits are exact", () => {
  fc.assert(
    fc.property(double, double, double, (a, b, c) => {
      const [x, y, z] = [a, b, c].map(exactly);
      const left = times(plus(x, y), z);
      const right = plus(times(x, z), times(y, z));
      expect(left.radius).toBe(0n);
      expect(signOf(minus(left, right))).toBe(0);
    }),
    { seed: 4, numRuns: 300 },
  );
});

test("nothing divided by a ball is nothing, exactly", () => {
  expect(over(exactly(0), { mantissa: 5n, exponent: 0n, radius: 1n }, 64).radius).toBe(0n);
});

test("numbers that lie far apart cost no more than those that do not", () => {
  const sum = plus(exactly(1), { mantissa: -1n, exponent: -(10n ** 300n), radius: 0n }, 64);
  expect(bitLength(sum.mantissa)).toBeLessThan(70);
  expect(signOf(minus(exactly(1), sum))).toBe(null);
  expect(nearest(sum)).toBe(1);
});

test("a quotient by what may be zero, and the root of a negative number, are refused", () => {
  expect(() => over(exactly(1), { mantissa: 1n, exponent: 0n, radius: 1n }, 64)).toThrow(RangeError);
  expect(() => squareRoot(exactly(-1), 64)).toThrow(RangeError);
});

test("integer roots, bit lengths and magnitudes", () => {
  for (let n = 0n; n < 300n; n++) expect(integerRoot(n)).toBe(BigInt(Math.floor(Math.sqrt(Number(n)))));
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 1n << 3000n }), (n) => {
      const root = integerRoot(n);
      expect(root * root <= n && (root + 1n) * (root + 1n) > n).toBe(true);
      const length = n.toString(2).length;
      expect([length, length + 1]).toContain(bitLength(n));
      expect(magnitudeOf({ mantissa: -n, exponent: 5n, radius: 0n })! - 5n >= BigInt(length)).toBe(true);
    }),
    { seed: 5, numRuns: 200 },
  );
});

describe("rounded to a double", () => {
  test("every double is itself", () => {
    const any = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(any, (x) => {
        expect(nearest(exactly(x)) === x).toBe(true);
        expect(nearest(rounded(exactly(x), 200)) === x).toBe(true);
      }),
      { seed: 6, numRuns: 1000 },
    );
  });

  test("as the engine rounds decimals, subnormal numbers and ties among them", () => {
    // JavaScript reads a decimal numeral as the nearest double, ties to even
    const wide = fc.tuple(fc.bigInt({ min: -(1n << 120n), max: 1n << 120n }), fc.integer({ min: -1200, max: 950 }));
    fc.assert(
      fc.property(wide, ([m, e]) => {
        const numeral = e >= 0 ? `${m << BigInt(e)}` : `${m * 5n ** BigInt(-e)}e${e}`;
        expect(nearestDouble(m, BigInt(e)) === Number(numeral)).toBe(true);
      }),
      { seed: 7, numRuns: 1000 },
    );
    for (const [m, e] of [
      [0n, 2000],
      [(1n << 53n) + 1n, 0],
      [(1n << 53n) + 3n, 0],
      [(1n << 54n) - 1n, -1075 - 53],
      [1n, -1075],
      [3n, -1075],
      [(1n << 1024n) - (1n << 970n), 0],
      [(1n << 1024n) - (1n << 970n) - 1n, 0],
    ] as const) {
      const numeral = e >= 0 ? `${m << BigInt(e)}` : `${m * 5n ** BigInt(-e)}e${e}`;
      expect(nearestDouble(m, BigInt(e))).toBe(Number(numeral));
    }
  });
});
