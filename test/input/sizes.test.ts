import { describe, expect, test } from "vitest";
import { inferSizes } from "../../src/input/sizes.ts";

function sizesOf(values: Record<string, unknown>) {
  const entries = Object.entries(values).map(([key, value]) => [key, { value, file: null, place: key }] as const);
  const { hidden, input } = inferSizes(new Map(entries));
  return [hidden?.length ?? null, input?.length ?? null];
}
const array = (rows: number, cols: number) => Array(rows).fill(Array(cols).fill(0));

describe("inferSizes", () => {
  test.each([
    ["U", { U_f: array(4, 4) }, [4, null]],
    ["W", { W_f: array(4, 3) }, [4, 3]],
    ["a bias", { b_u: [1, 2] }, [2, null]],
    ["state and upstream gradients", { h_prev: [1, 2], dc_t: [1, 2] }, [2, null]],
    ["x_t", { x_t: [1, 2, 3] }, [null, 3]],
    ["a sequence, whose length is no size", { x: array(7, 3) }, [null, 3]],
    ["nothing", {}, [null, null]],
  ])("tells the sizes from %s", (_, values, sizes) => {
    expect(sizesOf(values)).toEqual(sizes);
  });

  test("goes with the majority", () => {
    expect(sizesOf({ U_f: array(2, 2), U_i: array(3, 3), b_f: [1, 2, 3] })).toEqual([3, null]);
    expect(sizesOf({ W_f: array(2, 5), W_i: array(2, 4), x_t: [1, 2, 3, 4] })).toEqual([2, 4]);
  });

  test("goes with the first on a tie", () => {
    expect(sizesOf({ W_f: array(2, 5), x_t: [1, 2, 3, 4] })).toEqual([2, 5]);
    expect(sizesOf({ U_f: array(3, 2) })).toEqual([3, null]);
  });

  test("learns nothing from what is no array, or empty", () => {
    expect(sizesOf({ U_f: [], U_i: 3, b_f: "abc", x_t: null, W_f: [1, 2] })).toEqual([2, null]);
  });
});
