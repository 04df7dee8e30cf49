import { describe, expect, test } from "vitest";
import type { GradeTest } from "../../../src/grade/result.ts";
import { detailsOf, mapOf, pointsOf } from "../../../src/render/grade/details.ts";

const base: GradeTest = {
  ...{ name: "h_t", score: 0, max_score: 1, status: "failed", message: "1 of 2 entries is wrong" },
  ...{ diagnosis: null, follows: null, hint: null, worst: null, right: 1, entries: 2, map: null, followed: [] },
};
const worst = { row: 1, column: 0, answer: 0.5, expected: 0.25 };

describe("the details of a test", () => {
  test.each([
    ["six digits where they tell the numbers apart", worst, "[1][0] is 0.5, expected 0.25"],
    [
      "as many digits as tell them apart",
      { ...worst, answer: 1 / 3, expected: 0.33333334 },
      "[1][0] is 0.33333333, expected 0.33333334",
    ],
    ["a vector's entry", { ...worst, column: null }, "[1] is 0.5, expected 0.25"],
    ["a scalar", { ...worst, row: null, column: null }, "it is 0.5, expected 0.25"],
    ["what is no number", { ...worst, answer: null }, "[1][0] is no number, expected 0.25"],
    ["no right number where it is hidden", { ...worst, expected: null }, "[1][0] is 0.5"],
    ["equal numbers to the end", { ...worst, expected: 0.5 }, "[1][0] is 0.5, expected 0.5"],
  ])("give %s", (_, entry, text) => {
    expect(detailsOf({ ...base, worst: entry })).toEqual([base.message, `worst entry: ${text}`]);
  });

  test("give the mistake with its hint, or its name alone, or nothing", () => {
    expect(detailsOf({ ...base, diagnosis: "transposed", hint: "Turn it." })[1]).toBe("transposed: Turn it.");
    expect(detailsOf({ ...base, diagnosis: "transposed" })[1]).toBe("transposed");
    expect(detailsOf(base)).toEqual([base.message]);
  });

  test("map a matrix, not a vector", () => {
    expect(mapOf({ ...base, map: [".x", "x."] })).toEqual([".x", "x."]);
    expect(mapOf({ ...base, map: [".x"] })).toEqual([]);
  });

  test("round points to five digits", () => {
    expect(pointsOf({ score: 1 / 3, max_score: 1 })).toBe("0.33333 of 1 point");
    expect(pointsOf({ score: 2, max_score: 2 })).toBe("2 of 2 points");
  });
});
