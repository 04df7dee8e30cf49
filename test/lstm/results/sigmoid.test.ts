import { expect, test } from "vitest";
import { sigmoidResult } from "../../../src/lstm/results/sigmoid.ts";

test("the record of σ keeps the digits of a saturated derivative", () => {
  expect(sigmoidResult([0, 40])).toEqual({
    version: 1,
    values: [
      { z: 0, sigma: 0.5, derivative: 0.25 },
      { z: 40, sigma: 1, derivative: 4.248354255291589e-18 },
    ],
  });
});
