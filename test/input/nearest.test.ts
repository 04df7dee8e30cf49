import { describe, expect, test } from "vitest";
import { nearest, nearestIs } from "../../src/input/nearest.ts";

const KEYS = ["W_f", "U_f", "h_prev", "c_prev"];

describe("nearest", () => {
  test.each([
    ["W_f", "W_f"],
    ["Wf", "W_f"],
    ["h_perv", "h_prev"],
    ["c_previous", "c_prev"],
    ["version", null],
    ["W", null],
    ["", null],
    ["h_prev".repeat(20), null],
  ])("of %j is %j: at most half of the letters are others", (word, found) => {
    expect(nearest(word, KEYS)).toBe(found);
    expect(nearestIs(word, KEYS)).toBe(found === null ? "" : `; the nearest is ${found}`);
  });

  test("is none where nothing is known", () => {
    expect(nearest("W_f", [])).toBeNull();
  });
});
