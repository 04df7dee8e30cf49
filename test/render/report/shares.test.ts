import { expect, test } from "vitest";
import { linearShare } from "../../../src/render/report/shares.ts";

test("the largest entry stands at the end of the scale, whatever its size", () => {
  for (const end of [5e-324, 1e-310, 0.3, 1.7e308, Number.MAX_VALUE]) {
    expect([-end, 0, end].map(linearShare(end))).toEqual([-1, 0, 1]);
  }
  expect(linearShare(1.6e308)(-0.8e308)).toBe(-0.5);
  expect(linearShare(0)(0)).toBe(0);
});
