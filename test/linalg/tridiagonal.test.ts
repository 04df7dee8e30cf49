import { describe, expect, test } from "vitest";
import { largestEigenpair } from "../../src/linalg/tridiagonal.ts";

const pair = (diagonal: number[], beside: number[]) =>
  largestEigenpair(Float64Array.from(diagonal), Float64Array.from(beside));

describe("the largest eigenvalue of a symmetric tridiagonal matrix, and the last component of its eigenvector", () => {
  test("are those of mpmath's eigsy with 40 digits", () => {
    const { value, last } = pair([4, 1, 3, 2.5], [1, 0.5, 2]);
    expect(value).toBeCloseTo(4.820149174096184, 14);
    expect(last).toBeCloseTo(0.6363553410817, 13);
  });

  test("of one entry are itself and 1", () => {
    expect(pair([7], []).value).toBeCloseTo(7, 14);
    expect(pair([7], []).last).toBe(1);
  });

  test("of [[2, 1], [1, 2]] are 3 and 1/√2", () => {
    const { value, last } = pair([2, 2], [1]);
    expect(value).toBeCloseTo(3, 14);
    expect(last).toBeCloseTo(Math.SQRT1_2, 14);
  });

  test("of the second difference matrix are 2 + 2cos(π/(n + 1)) and √(2/(n + 1)) sin(π/(n + 1))", () => {
    for (const n of [3, 30, 300]) {
      const { value, last } = pair(new Array(n).fill(2), new Array(n - 1).fill(1));
      const angle = Math.PI / (n + 1);
      expect(Math.abs(value / (2 + 2 * Math.cos(angle)) - 1)).toBeLessThanOrEqual(1e-14);
      expect(Math.abs(last / (Math.sqrt(2 / (n + 1)) * Math.sin(angle)) - 1)).toBeLessThanOrEqual(1e-8);
    }
  });

  test("keep a last component far below what the eigenvalue shows: diag(1, 0) with 1e-12 beside has the eigenvector (1, 1e-12)", () => {
    expect(pair([1, 0], [1e-12]).last / 1e-12).toBeCloseTo(1, 10);
  });

  test("of a matrix that falls apart belong to the part with the largest", () => {
    expect(pair([1, 5, 2], [0, 0]).last).toBeLessThanOrEqual(1e-15);
    expect(pair([1, 2, 5], [0, 0]).last).toBeCloseTo(1, 14);
  });

  test("of zero are zero and 1 or less", () => {
    const { value, last } = pair([0, 0, 0], [0, 0]);
    expect(value).toBe(0);
    expect(last).toBeLessThanOrEqual(1);
  });

  test("end for entries that are no numbers", () => {
    expect(pair([Number.NaN, 1], [0])).toEqual({ value: Number.NaN, last: Number.NaN });
  });
});
