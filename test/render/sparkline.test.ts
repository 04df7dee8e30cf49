import { describe, expect, test } from "vitest";
import { sparkline } from "../../src/render/sparkline.ts";

const range = (count: number) => Array.from({ length: count }, (_, k) => k);

describe("sparkline", () => {
  test("runs from the lowest bar at the smallest value to the full one at the largest", () => {
    expect(sparkline(range(8))).toEqual({ line: "▁▂▃▄▅▆▇█", from: 0, to: 7, size: 1 });
    expect(sparkline([5, -5])).toEqual({ line: "█▁", from: -5, to: 5, size: 1 });
  });

  test("has a bar a value up to 48 of them, then a bar for as few neighbours as fit 48", () => {
    expect(sparkline(range(48))).toMatchObject({ size: 1, line: expect.stringMatching(/^.{48}$/) });
    expect(sparkline(range(49))).toMatchObject({ size: 2, line: expect.stringMatching(/^.{25}$/) });
    const many = sparkline(range(200_000));
    expect(many.line).toMatch(/^▁+▂+▃+▄+▅+▆+▇+█+$/);
    expect(many.line.length).toBeLessThanOrEqual(48);
    expect([many.from, many.to]).toEqual([0, 199_999]);
  });

  test("stands for the mean of neighbours, and for their range in numbers", () => {
    // 24 pairs of mean 1/2 between two of mean 0 and 1
    const values = [0, 0, ...range(46).map((k) => k % 2), 1, 1];
    const { line, from, to } = sparkline(values);
    expect(line).toBe(`▁${"▅".repeat(23)}█`);
    expect([from, to]).toEqual([0, 1]);
  });

  test("leaves a gap where there is no value, and is empty where there is none at all", () => {
    expect(sparkline([0, null, 7]).line).toBe("▁ █");
    expect(sparkline([null, null])).toEqual({ line: "", from: 0, to: 0, size: 0 });
    expect(sparkline([])).toEqual({ line: "", from: 0, to: 0, size: 0 });
  });

  test("is flat where all values are the same", () => {
    expect(sparkline([-3, -3, -3])).toEqual({ line: "▁▁▁", from: -3, to: -3, size: 1 });
  });
});
