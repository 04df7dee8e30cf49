import { describe, expect, test } from "vitest";
import { type Enclosure, errorOf, over, plus, times, upTo } from "../helpers/enclosure.ts";

/**
 * The bounds of bounded.ts and bounded-exp.ts derived a second time, by interval arithmetic over the operations in their order.
 * A double-double is (h + l) with |l| ≤ u|h|; h in [1, 2), to which powers of two bring all others.
 */
const U = 2 ** -53;
const low = (h: number) => upTo(h * U);

describe("relative errors of double-doubles", () => {
  test("a · b within 2^-101: productError + (x·l_b + l_a·y), added to the product without error; l_a·l_b is left out", () => {
    const parts = Array.from({ length: 16 }, (_, k) => 1 + k / 16);
    for (const a of parts) {
      for (const b of parts) {
        const [x, y] = [upTo(a + 1 / 16), upTo(b + 1 / 16)];
        const rest = plus(errorOf(x.size * y.size), plus(times(x, low(2)), times(low(2), y)));
        expect((rest.error + (2 * U) ** 2) / (a * b), `${a} ${b}`).toBeLessThanOrEqual(2 ** -101);
      }
    }
  });

  test("a / b within 2^-99: (remainder + (l_a − quotient·l_b)) / y, the remainder without error", () => {
    for (let a = 1; a < 2; a += 1 / 16) {
      for (let b = 1; b < 2; b += 1 / 16) {
        const quotient = ((a + 1 / 16) / b) * (1 + U);
        // a_h − quotient·y is at most an ulp of the quotient times y; it is a difference of two doubles and their error
        const remainder = plus(upTo(2 * U * quotient * (b + 1 / 16)), upTo(0));
        const rest = over(plus(remainder, plus(low(2), times(upTo(quotient), low(2)))), upTo(b + 1 / 16), b);
        // what of l_b stands in the denominator: (h_a + l_a)/(y + l_b) − … = rest·l_b/y to first order, and its square
        const leftOut = (rest.size * 2 * U) / b;
        expect((rest.error + leftOut) / (a / (b + 1 / 16)), `${a} ${b}`).toBeLessThanOrEqual(2 ** -99);
      }
    }
  });

  test("√a within 2^-100: (a_h − root² + l_a) / 2root, the remainder without error", () => {
    for (let a = 1; a < 4; a += 1 / 16) {
      const root = Math.sqrt(a + 1 / 16);
      const remainder = plus(upTo(2 * U * root * root), low(4));
      const rest = over(remainder, upTo(2 * root), 2 * Math.sqrt(a));
      // √(r² + d) = r + d/2r − d²/8r³ …
      const leftOut = remainder.size ** 2 / (8 * Math.sqrt(a) ** 3);
      expect((rest.error + leftOut) / Math.sqrt(a), `${a}`).toBeLessThanOrEqual(2 ** -100);
    }
  });

  test("a + b of one sign within 2^-102: both sums' errors and the low parts' sum added up", () => {
    for (let share = 1 / 16; share <= 1; share += 1 / 16) {
      const [a, b] = [1, share];
      const sum = a + b;
      const lows = plus(low(a), low(b));
      const middle = plus(errorOf(sum), lows);
      const rest = plus(errorOf(lows.size), upTo(middle.size * U));
      // the low parts' own error is in the rest again: what is left is the roundings of middle and of rest
      const error = middle.size * U * U + rest.error + (middle.error - lows.error) * U;
      expect(error / sum, `${share}`).toBeLessThanOrEqual(2 ** -102);
    }
  });
});

describe("e^r − 1 for |r| < 2^-7.5", () => {
  const R = 2 ** -7.5;

  /** c + r·y in double-doubles: product + its error + r·y_l + r_l·y + c_l, added to the sum of c and the product. */
  function fold(c: number, y: Enclosure): Enclosure {
    const r = upTo(R);
    const product = R * y.size;
    const sum = c + product;
    const rest = plus(
      plus(errorOf(sum), plus(errorOf(product), plus(times(r, low(y.size)), times(low(R), upTo(y.size))))),
      low(c),
    );
    // of 1/3! and so on as double-doubles 2^-107 is lost, and r_l·y_l
    const leftOut = c * 2 ** -107 + R * U * y.size * U;
    // adding sum and rest leaves their error in the low part: it rounds once more
    return { size: sum * (1 + 2 * U), error: R * y.error + rest.error + leftOut + rest.size * U };
  }

  test("is within 2^-97 of itself", () => {
    // from r⁶/720 on in doubles: eleven roundings of numbers below 1/720·1.01
    const upper = (1 / 720) * 1.01;
    const part = { size: R * upper, error: R * (upper * 6 * U) };
    let y: Enclosure = { size: 1 / 120 + part.size, error: part.error + (1 / 120) * 2 ** -107 + part.size * U };
    for (const c of [1 / 24, 1 / 6, 1 / 2, 1]) y = fold(c, y);
    // r¹¹/11! is the last; then r·y, relatively as y
    const tail = R ** 11 / 479001600;
    const last = fold(0, y);
    expect((last.error / R + tail) / (1 - R)).toBeLessThanOrEqual(2 ** -97);
    // not by luck: with one more order of doubles it would not
    expect(part.error * R ** 3).toBeGreaterThan(2 ** -97 * R ** 4);
  });
});
