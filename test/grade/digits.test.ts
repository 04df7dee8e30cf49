import { describe, expect, test } from "vitest";
import { suspect } from "../../src/grade/diagnose.ts";
import { type Entries, matrix, vector } from "../../src/grade/entries.ts";
import type { Held } from "../../src/grade/held-entries.ts";

const held = (data: readonly number[], more: Partial<Held> = {}): Held => {
  return {
    data: Float64Array.from(data),
    absent: null,
    absentUnits: [],
    twiceUnits: [],
    readAs: null,
    nulls: new Set(),
    notNumbers: 0,
    ...more,
  };
};
const isRoundedRight = (right: Entries, own: Held) =>
  suspect({ all: [], span: right.data.map(() => 0) }, right, own).form === "too-few-digits";
const isRight = (right: readonly number[], answer: readonly number[]) =>
  isRoundedRight(vector(Float64Array.from(right)), held(answer));

describe("right to the digits that were given", () => {
  test.each([
    ["one decimal", [0.622, 0.378, 1.234], [0.6, 0.4, 1.2]],
    ["two decimals, of which one entry shows a single one", [0.622, 0.4012], [0.62, 0.4]],
    ["two significant digits", [12345.6, 67891.2], [12000, 68000]],
    ["two significant digits of what is small", [1.23456e-9, -6.789e-12], [1.2e-9, -6.8e-12]],
    ["half a unit of the last digit", [0.25, -0.75], [0.3, -0.8]],
    ["half a unit of the last of two significant digits", [12500, 99500], [13000, 100000]],
    [
      "four units of the last digit, as numbers that were rounded on the way are off",
      [0.622, 0.378, 1.234],
      [0.6, 0.4, 1.6],
    ],
    ["an entry that is zero, and one that rounds to it", [0, 0.004, 0.622], [0, 0, 0.62]],
  ])("%s", (_, right, answer) => {
    expect(isRight(right, answer)).toBe(true);
  });

  test.each([
    ["whole numbers, which are near to everything", [0.622, 0.378, 1.234], [1, 0, 1]],
    ["whole numbers of two digits, one of them only near by its decimals", [12.4, 0.3], [12, 0]],
    ["one significant digit", [12345.6, 67891.2], [10000, 70000]],
    ["a decimal that is right only by its one significant digit", [1.04], [0.6]],
    ["zeros", [0.0004, -0.0003], [0, -0]],
    ["an entry beyond four units of the last decimal", [0.622, 0.378, 1.234], [0.6, 0.4, 1.7]],
    ["an entry beyond four units of the last significant digit", [12345.6, 67891.2], [12000, 63000]],
    ["another sign", [0.622, 0.378], [0.62, -0.38]],
    ["no number", [0.622, 0.378], [0.62, Number.NaN]],
  ])("not %s", (_, right, answer) => {
    expect(isRight(right, answer)).toBe(false);
  });

  test("within 1e-9 of the largest, where no digit was left out", () => {
    const right = [0.312345678901e-6, -0.912345678901e-6];
    const off = (share: number) => right.map((entry) => entry + share * 0.912345678901e-6);
    expect([0.4e-9, 6e-9].map((share) => isRight(right, off(share)))).toEqual([true, false]);
  });

  test("within 2e-6 of the largest for numbers of single precision with twelve digits or more", () => {
    const [twelve, eleven] = [2459 / 2 ** 12, 1229 / 2 ** 11];
    expect([`${twelve}`, `${eleven}`]).toEqual(["0.600341796875", "0.60009765625"]);
    const offBy1e6 = (entry: number) => isRight([entry * (1 + 1e-6), 0.5 * (1 + 1e-6)], [entry, 0.5]);
    expect([twelve, eleven, twelve + 2 ** -50].map(offBy1e6)).toEqual([true, false, false]);
    expect(isRight([twelve * (1 + 9e-6)], [twelve])).toBe(false);
  });

  test("goes by the entries that the answer has, and that have a number", () => {
    const right = matrix({ rows: 3, cols: 1, data: Float64Array.of(0.622, 0.378, Number.NaN) });
    const absent = Uint8Array.of(0, 1, 0);
    expect(isRoundedRight(right, held([0.62, 0.123456, Number.NaN], { absent, nulls: new Set([2]) }))).toBe(true);
    expect(isRoundedRight(right, held([0.62, 9, Number.NaN], { nulls: new Set([2]) }))).toBe(false);
    expect(isRoundedRight(right, held([0.62, 0.38, Number.NaN]))).toBe(false);
    expect(isRoundedRight(right, held([0.62, 0.38, Number.NaN], { nulls: new Set([1]) }))).toBe(false);
  });
});
