import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberFault, typedNumber } from "../../../src/input/typed/number.ts";
import { randomDoubles } from "../../helpers/random-doubles.ts";

/** Enough digits for every tie between doubles, whose quotients end after 1,100 of them. */
const Exact = Decimal.clone({ precision: 1200, minE: -9e15, maxE: 9e15 });

describe("a number as it is typed", () => {
  test("doubles over all 53 bits and all exponents come back from every spelling", () => {
    const next = randomDoubles(15);
    for (let k = 0; k < 500; k++) {
      const value = next();
      const size = Math.abs(value);
      const minus = value < 0 ? "\u2212" : "";
      const spellings = [
        ...[String(value), value.toExponential().toUpperCase(), value.toPrecision(17)],
        ...[`${minus}${String(size).replace("e-", "e\u2212")}`, `${value}/1`, `${-value}/-1`],
        ...[`${value}`.replace(/^(-?)0\./, "$1."), size === value ? `+${value}` : `${value}`],
      ];
      for (const text of spellings) expect([text, typedNumber(text)]).toEqual([text, value]);
    }
    expect([".5", "5.", "+1", "007", "5.e2", "\u22121.5"].map(typedNumber)).toEqual([0.5, 5, 1, 7, 500, -1.5]);
    expect(Object.is(typedNumber("\u22120"), -0)).toBe(true);
  });

  test("a fraction is the exact quotient of its decimals, rounded once", () => {
    const digits = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n });
    const exponent = fc.integer({ min: -40, max: 40 });
    fc.assert(
      fc.property(digits, exponent, digits, exponent, (a, m, b, n) => {
        fc.pre(b !== 0n);
        const quotient = new Exact(a.toString())
          .times(new Exact(10).pow(m))
          .div(b.toString())
          .div(new Exact(10).pow(n));
        // as a sum of hundreds of digits the quotient is read by the engine, rounded once
        expect(typedNumber(`${a}e${m}/${b}e${n}`)).toBe(Number(quotient.toString()));
      }),
      { seed: 15, numRuns: 400 },
    );
  });

  test("a fraction that rounding its parts first would get wrong", () => {
    // 0.1 is no double: 0.1/0.3 in doubles is 0.33333333333333337
    expect([0.1 / 0.3, typedNumber("0.1/0.3")]).toEqual([0.33333333333333337, 1 / 3]);
    expect(typedNumber("9007199254740993/1")).toBe(2 ** 53);
    expect(typedNumber("9007199254740995/1")).toBe(2 ** 53 + 4);
    expect(typedNumber(`3/${2n ** 1075n}`)).toBe(2 ** -1073);
    expect(typedNumber(`5/${2n ** 1075n}`)).toBe(2 ** -1073);
    expect(typedNumber(`${2n ** 1024n - 2n ** 970n - 1n}/1`)).toBe(Number.MAX_VALUE);
    expect(typedNumber("0/5e-400")).toBe(0);
  });

  test("exponents far beyond the doubles cost nothing where they cancel", () => {
    expect(typedNumber("1e999999999/2e999999999")).toBe(0.5);
    expect(typedNumber("1e-99999999999999999999/4e-99999999999999999999")).toBe(0.25);
  });

  test.each([
    ["", "empty, expected a number such as -0.5, 1e-3 or 1/3"],
    ["abc", "abc is not a number, expected one such as -0.5, 1e-3 or 1/3"],
    ["0x1F", "0x1F is not a number"],
    ["1_000", "1_000 is not a number"],
    ["1/2/3", "1/2/3 is not a number"],
    ["1+2", "1+2 is not a number"],
    ["--1", "--1 is not a number"],
    ["1/", "1/ is not a number, expected one such as -0.5, 1e-3 or 1/3, without spaces"],
    ["/2", "/2 is not a number, expected one such as -0.5, 1e-3 or 1/3, without spaces"],
    ["\u20131", "\u20131 has the dash U+2013, expected -"],
    ["nan", "nan is not a finite number"],
    ["-Inf", "-Inf is not a finite number"],
    ["1/0", "1/0 is divided by zero, expected another denominator"],
    ["0/0e5", "0/0e5 is divided by zero"],
    ["1e400", "1e400 is a number beyond the range of a double"],
    ["1e308/1e-9", "1e308/1e-9 is a number beyond the range of a double"],
    ["1e-400", "1e-400 is a number that is not zero but nearer to it than any double"],
    ["-1/1e400", "-1/1e400 is a number that is not zero but nearer to it than any double"],
    [`1/${2n ** 1075n}`, "1/"],
    [`${"1".repeat(20_000)}/3`, `${"1".repeat(80)}…: 20002 characters, expected at most 16384 in a fraction`],
  ])("%j is none", (text, fault) => {
    expect(typedNumber(text)).toBeNaN();
    expect(numberFault(text)).toContain(fault);
  });

  test("what takes long to read as a number is refused as fast as it comes", () => {
    for (const text of [`${"1".repeat(2e5)}x`, `1e${"9".repeat(16_000)}/1`, `1${"0".repeat(2e5)}.e`]) {
      expect(typedNumber(text)).toBeNaN();
    }
  });
});
