import { describe, expect, test } from "vitest";
import { log10, toNormalDouble } from "../../src/linalg/scaled-number.ts";

describe("a norm beyond the doubles", () => {
  test("is no double, but has a logarithm", () => {
    const far = { value: 1.5, exponent: -1370 };
    expect(toNormalDouble(far)).toBeNull();
    // log₁₀ 1.5 − 1370 log₁₀ 2
    expect(log10(far)).toBeCloseTo(0.17609125905568124 - 1370 * 0.3010299956639812, 10);
    expect(toNormalDouble({ value: 1.5, exponent: 1024 })).toBeNull();
    expect(log10({ value: 1, exponent: 10000 })).toBeCloseTo(3010.299956639812, 9);
  });

  test("is none either where the double would be subnormal; zero stays zero and has no logarithm", () => {
    expect(toNormalDouble({ value: 1, exponent: -1022 })).toBe(2 ** -1022);
    expect(toNormalDouble({ value: 1, exponent: -1023 })).toBeNull();
    expect(toNormalDouble({ value: 0, exponent: 0 })).toBe(0);
    expect(log10({ value: 0, exponent: 0 })).toBeNull();
  });
});
