import { describe, expect, test } from "vitest";
import { fromDoubles, plus } from "../../src/linalg/real-vector.ts";
import { forgetTimeScale, saturation } from "../../src/lstm/saturation.ts";
import { exact } from "../promise/exact.ts";

describe("the share of a gate's units that saturate", () => {
  test("counts below 0.1 and above 0.9, the ends not included", () => {
    const values = Float64Array.of(0, 0.09999, 0.1, 0.5, 0.9, 0.90001, 0.95, 1);
    for (const g of ["f", "i", "o"] as const) expect(saturation(g, values)).toEqual({ low: 2 / 8, high: 3 / 8 });
  });

  test("counts u, which runs from −1 to 1, below −0.9", () => {
    const values = Float64Array.of(-1, -0.95, -0.9, 0, 0.05, 0.95);
    expect(saturation("u", values)).toEqual({ low: 2 / 6, high: 1 / 6 });
    expect(saturation("o", values)).toEqual({ low: 5 / 6, high: 1 / 6 });
  });
});

describe("the time scale of a forget gate", () => {
  const scales = (...z: number[]) => forgetTimeScale(fromDoubles(Float64Array.from(z)));

  test.each([0, 1, -1, -40, -800, 10, 36.8, 40, 300, 700])("is 1 + e^z at z = %d, where 1 − f may round to 0", (z) => {
    const expected = exact(z).exp().plus(1).toNumber();
    const { median, largest } = scales(z);
    expect(Math.abs(median! / expected - 1)).toBeLessThanOrEqual(4 * 2 ** -53);
    expect(largest).toBe(median);
  });

  test("has the low part of z in it", () => {
    const [high, low] = [700, 4e-14].map((x) => fromDoubles(Float64Array.of(x)));
    const { median } = forgetTimeScale(plus(high, low));
    expect(median! / scales(700).median! - 1).toBeCloseTo(4e-14, 15);
  });

  test("has the median in the order of numbers, not of their digits", () => {
    // 1 + e^z = 2, 10, 100, 1000, 3
    const z = [2, 10, 100, 1000, 3].map((scale) => Math.log(scale - 1));
    expect(scales(...z).median).toBeCloseTo(10, 12);
    expect(scales(...z).largest).toBeCloseTo(1000, 10);
    expect(scales(...z, 9).median).toBeCloseTo((10 + 100) / 2, 11);
  });

  test("is null beyond the doubles, and only there", () => {
    expect(scales(800)).toEqual({ median: null, largest: null });
    const { median, largest } = scales(0, 0, 800);
    expect([median, largest]).toEqual([2, null]);
    expect(scales(709.7, 709.7).median).toBeGreaterThan(1e308);
  });
});
