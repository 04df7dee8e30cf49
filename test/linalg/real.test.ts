import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Ball, exactly, minus, ONE, plus, signOf, timesPowerOfTwo, ZERO } from "../../src/linalg/ball.ts";
import { exp, naturalLogOf2 } from "../../src/linalg/ball-exp.ts";
import { type Real, RealArithmetic } from "../../src/linalg/real.ts";
import { endsOf, nearestReal, putReal } from "../../src/linalg/real-rounding.ts";
import { boundedAt, isWithin, Wide } from "../helpers/bounded.ts";
import { exact } from "../promise/exact.ts";

/** The first digits after the point, as they are published: OEIS A002162, A001113. */
const LN_2 =
  "6931471805599453094172321214581765680755001343602552541206800094933936219696947156058633269964186875420014810205";
const E =
  "7182818284590452353602874713526624977572470936999595749669676277240766303535475945713821785251664274274663919320";
const DIGITS = 110;

const any = fc.double({ noNaN: true, noDefaultInfinity: true });
const moderate = fc.double({ min: -40, max: 40, noNaN: true });
const seeded = (seed: number, numRuns = 150) => ({ seed, numRuns });

/** More than the arithmetics have, and not so many that e^-1e200 beside 1 fills the memory. */
const MOST = 4000;
/** All that a real number can be, as a ball. */
const whole = ({ head, tail }: Real): Ball => plus(head, tail, MOST);
/** Whether the two can be the same number. */
const mayEqual = (a: Ball, b: Ball) => !signOf(minus(a, b, MOST));

describe("published constants", () => {
  test("ln 2 to 110 digits", () => {
    const bits = 400;
    const scaled = (naturalLogOf2(bits) * 10n ** BigInt(DIGITS)) >> BigInt(bits);
    expect(`${scaled}`).toBe(LN_2.slice(0, DIGITS));
  });

  test("e to 110 digits, and within its radius", () => {
    const { mantissa, exponent, radius } = exp(ONE, 400);
    const digits = (m: bigint) => `${(m * 10n ** BigInt(DIGITS)) >> -exponent}`;
    expect(digits(mantissa)).toBe(`2${E.slice(0, DIGITS)}`);
    expect(digits(mantissa - radius)).toBe(digits(mantissa + radius));
  });

  test("e to any precision is within what fewer bits say of it", () => {
    for (const bits of [24, 53, 100, 192, 384]) expect(mayEqual(exp(ONE, bits), exp(ONE, 800))).toBe(true);
  });
});

describe("identities hold within the radii, at any precision", () => {
  test.each([64, 192, 700])("of %d bits", (bits) => {
    const A = new RealArithmetic(bits);
    fc.assert(
      fc.property(fc.oneof(moderate, any), (x) => {
        const [right, left] = [A.sigmoid(A.double(x)), A.sigmoid(A.double(-x))];
        // σ(x) + σ(−x) = 1, σ'(x) = σ(x)σ(−x)
        expect(mayEqual(whole(A.plus(right.value, left.value)), ONE)).toBe(true);
        expect(mayEqual(whole(right.derivative), whole(A.times(right.value, left.value)))).toBe(true);
        // tanh(x/2) = 2σ(x) − 1, tanh' = 1 − tanh²
        const t = A.tanh({ head: timesPowerOfTwo(exactly(x), -1n), tail: ZERO });
        expect(mayEqual(whole(t.value), minus(timesPowerOfTwo(whole(right.value), 1n), ONE, MOST))).toBe(true);
        expect(mayEqual(whole(A.plus(t.derivative, A.times(t.value, t.value))), ONE)).toBe(true);
      }),
      seeded(bits),
    );
  });

  test("a quotient times its divisor, and a root squared", () => {
    const A = new RealArithmetic(192);
    fc.assert(
      fc.property(any, any, (a, b) => {
        if (b !== 0)
          expect(mayEqual(whole(A.times(A.over(A.double(a), A.double(b)), A.double(b))), exactly(a))).toBe(true);
        const root = A.root(A.double(Math.abs(a)));
        expect(mayEqual(whole(A.times(root, root)), exactly(Math.abs(a)))).toBe(true);
      }),
      seeded(193),
    );
  });

  test("they would not, were a value off by its last bits", () => {
    const A = new RealArithmetic(192);
    const { value } = A.sigmoid(A.double(1.25));
    const off = { ...value, tail: plus(value.tail, timesPowerOfTwo(ONE, -180n)) };
    expect(mayEqual(whole(A.plus(off, A.sigmoid(A.double(-1.25)).value)), ONE)).toBe(false);
  });
});

describe("what lies far below the last digit still has a sign", () => {
  const tie = plus(ONE, timesPowerOfTwo(ONE, -53n));
  test.each([
    [1n, 1 + 2 ** -52],
    [-1n, 1],
  ])("a tie and %d · 2^-9000", (side, expected) => {
    const tail = { mantissa: side, exponent: -9000n, radius: 0n };
    expect(nearestReal(() => ({ head: tie, tail }))).toBe(expected);
    expect(endsOf({ head: tie, tail: { ...tail, mantissa: 3n * side, radius: 2n } })).toEqual([expected, expected]);
  });

  test("saturated gates: a memory that with 1 is half-way between doubles is rounded down, 1 − S is less", () => {
    const c_t = (A: RealArithmetic, z: number) => A.plus(A.double(2 ** 53 + 2), A.sigmoid(A.double(z)).value);
    // 2^53 + 3 is half-way between 2^53 + 2 and 2^53 + 4, which is even
    for (const z of [50, 1e6, 1e200]) expect(nearestReal((A) => c_t(A, z))).toBe(2 ** 53 + 2);
  });

  test("of a tie alone the even one", () => {
    expect(nearestReal(() => ({ head: tie, tail: ZERO }))).toBe(1);
    // as a coincidence that no precision tells from one
    expect(nearestReal(() => ({ head: tie, tail: { mantissa: 0n, exponent: -99999n, radius: 1n } }))).toBe(1);
  });
});

test("as a number with a bound it is within that, and known to 2^-100", () => {
  fc.assert(
    fc.property(any, any, (a, b) => {
      const out = new Float64Array(4);
      putReal(out, 0, (A) => A.times(A.double(a), A.double(b)));
      const found = boundedAt({ data: out, start: 0 });
      expect(isWithin(found, Wide.mul(exact(a), exact(b)))).toBe(true);
      expect(found.q).toBeLessThan(2 ** -100);
    }),
    seeded(194),
  );
  const out = new Float64Array(4);
  putReal(out, 0, () => ({ head: ZERO, tail: { mantissa: 0n, exponent: -300n, radius: 1n } }));
  expect([...out]).toEqual([0, 0, 0, Number.NaN]);
});

test("tanh of what surrounds zero is as far from it, on whichever side its middle lies", () => {
  for (const mantissa of [-5n, 5n]) {
    const around = { mantissa, exponent: -300n, radius: 10n };
    const { value, derivative } = new RealArithmetic(64).tanh({ head: ZERO, tail: around });
    expect(value.tail.radius).toBeGreaterThanOrEqual(15n);
    expect(derivative.tail.radius).toBeGreaterThan(0n);
  }
});
