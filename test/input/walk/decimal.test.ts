import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearestDouble } from "../../../src/input/walk/decimal.ts";
import { Scanner } from "../../../src/input/walk/scanner.ts";

const scan = (text: string) => new Scanner(Buffer.from(text)).number();
/** Every double, from the bits. */
const anyDouble = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
});

describe("nearestDouble", () => {
  test("is what JSON.parse makes of numerals of up to 18 digits, or leaves them to it", () => {
    const digits = fc.bigInt({ min: 1n, max: 10n ** 18n - 1n });
    let told = 0;
    fc.assert(
      fc.property(digits, fc.integer({ min: -50, max: 25 }), (mantissa, exponent) => {
        const text = String(mantissa);
        const found = nearestDouble(
          Number(text.slice(0, 9)),
          Number(text.slice(9)),
          Math.max(0, text.length - 9),
          exponent,
        );
        if (Number.isNaN(found)) return;
        told += 1;
        expect(found).toBe(JSON.parse(`${text}e${exponent}`));
      }),
      { numRuns: 20_000, seed: 17 },
    );
    expect(told).toBeGreaterThan(17_000);
  });

  test("does not tell what lies halfway between two doubles", () => {
    // 2^53 + 1, with a power of ten that hides it
    expect(nearestDouble(900719925, 474099300, 9, -2)).toBeNaN();
    expect(scan("900719925474099300e-2")).toBe(9007199254740992);
    expect(scan("900719925474099301e-2")).toBe(9007199254740994);
  });
});

describe("Scanner.number", () => {
  test("reads every double as it is written", () => {
    fc.assert(
      fc.property(anyDouble, (x) => {
        if (!Number.isFinite(x)) return;
        expect(Object.is(scan(JSON.stringify(x)), JSON.parse(JSON.stringify(x)))).toBe(true);
        expect(scan(`${x.toPrecision(21)} `)).toBe(Number(x.toPrecision(21)));
      }),
      { numRuns: 5_000, seed: 17 },
    );
  });

  test.each([
    "0",
    "-0",
    "0.0",
    "0e5",
    "1e5",
    "1E+5",
    "1.5e-3",
    "-12.50",
    "123456789012345678901234",
    "0.1e1",
    "1e-7",
    "5e-324",
  ])("takes %s as JSON.parse does", (text) => {
    expect(Object.is(scan(text), JSON.parse(text))).toBe(true);
  });

  test.each(["", "-", "+1", ".5", "1.", "1.e2", "1e", "1e+", "0e", "-0e-", "NaN", "1e999", "1e-400", "0.0e", "e5"])(
    "leaves %j to others",
    (text) => {
      expect(scan(text)).toBeNaN();
    },
  );

  test.each(["01", "-00", "1.2.3", "1e5e5", "1_000", "0x1f"])("stops within %s, where JSON has no number", (text) => {
    const scanner = new Scanner(Buffer.from(text));
    scanner.number();
    expect(scanner.next()).toBeDefined();
  });
});
