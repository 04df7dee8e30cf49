import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnFormat } from "../../src/render/number.ts";

function format(entries: readonly number[], digits = 6): string[] {
  const texts = entries.map(columnFormat(entries, digits));
  const width = Math.max(...texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
}

describe("columnFormat", () => {
  test("gives every entry the decimals that the largest needs for its digits", () => {
    expect(format([0.5, -0.25, 0.0125])).toEqual([" 0.500000", "-0.250000", " 0.012500"]);
    expect(format([123.456, 1.5])).toEqual(["123.456", "  1.500"]);
    expect(format([0.0430034, 0.001])).toEqual(["0.0430034", "0.0010000"]);
  });

  test.each([
    [1, ["0.3", "0.1"]],
    [3, ["0.333", "0.125"]],
    [17, ["0.33333333333333331", "0.12500000000000000"]],
  ])("writes %s digits where asked to", (digits, texts) => {
    expect(format([1 / 3, 0.125], digits)).toEqual(texts);
  });

  test("writes whole numbers as they are", () => {
    expect(format([40, -2, 0])).toEqual(["40", "-2", " 0"]);
  });

  test("writes an exact zero as 0, without decimals and without a sign", () => {
    expect(format([0.5, 0, -0])).toEqual(["0.500000", "0       ", "0       "]);
    expect(format([1e-20, 0, -0])).toEqual(["1.00000e-20", "0          ", "0          "]);
    expect(format([0, -0])).toEqual(["0", "0"]);
  });

  test("writes exponents where a column spans more than 10⁶, fixed decimals up to there", () => {
    expect(format([1.5, 1.5e-6])).toEqual(["1.50000", "0.00000"]);
    expect(format([1.5, 1.4e-6])).toEqual(["1.50000e+0", "1.40000e-6"]);
  });

  test("writes exponents where all entries are tiny or huge", () => {
    expect(format([4.25e-18])).toEqual(["4.25000e-18"]);
    expect(format([1.5e200, 2.5e200])).toEqual(["1.50000e+200", "2.50000e+200"]);
    expect(format([5e-324, 1.7976931348623157e308], 17)).toEqual([
      "4.9406564584124654e-324",
      "1.7976931348623157e+308",
    ]);
  });

  test("aligns mantissas whose exponents differ in length", () => {
    expect(format([1.5, -4.25e-18, 2e100])).toEqual([" 1.50000e+0  ", "-4.25000e-18 ", " 2.00000e+100"]);
    expect(format([3, 1e-9], 1)).toEqual(["3e+0", "1e-9"]);
  });

  test("tells nothing of an empty column", () => {
    expect(columnFormat([], 6)(0)).toBe("0");
  });

  test("aligns any column at the decimal point, within the digits of the entry", () => {
    const entry = fc.oneof(
      fc.double({ min: -1e307, max: 1e307, noNaN: true }),
      fc.double({ min: -10, max: 10, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 2, max: 17 }),
        (entries, digits) => {
          const texts = format(entries, digits);
          expect(new Set(texts.map((text) => text.length)).size).toBe(1);
          const points = texts.filter((text) => text.includes(".")).map((text) => text.indexOf("."));
          expect(new Set(points).size).toBeLessThanOrEqual(1);
          const largest = Math.max(...entries.map(Math.abs));
          for (const [k, text] of texts.entries()) {
            expect(Math.abs(Number(text) - entries[k]!)).toBeLessThanOrEqual(largest * 10 ** (1 - digits));
            expect(Number(text) === 0 && text.includes(".") ? entries[k] : 1).not.toBe(0);
          }
        },
      ),
      { seed: 20260705, numRuns: 500 },
    );
  });
});
