import { expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { backward } from "../../src/lstm/backward.ts";
import { upstreamAt } from "../../src/lstm/upstream.ts";
import { matrixOf } from "../helpers/matrices.ts";

const at = (upstream: Parameters<typeof upstreamAt>[0], t: number, steps: number) => {
  const { dh_t, dc_t } = upstreamAt(upstream, t, steps, 2);
  return [[...dh_t], [...dc_t]];
};

test("absent, dh is all ones at the last step and zero before, dc is zero", () => {
  expect(at({ dh_t: null, dc_t: null }, 3, 3)).toEqual([
    [1, 1],
    [0, 0],
  ]);
  expect(at({ dh_t: null, dc_t: null }, 2, 3)).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test("a single row belongs to the last step", () => {
  const upstream = { dh_t: matrixOf([[3, 4]]), dc_t: matrixOf([[5, 6]]) };
  expect(at(upstream, 3, 3)).toEqual([
    [3, 4],
    [5, 6],
  ]);
  expect(at(upstream, 1, 3)).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(at(upstream, 1, 1)).toEqual([
    [3, 4],
    [5, 6],
  ]);
});

test("rows belong to the steps one by one", () => {
  const upstream = {
    dh_t: matrixOf([
      [1, 2],
      [3, 4],
    ]),
    dc_t: matrixOf([[9, 8]]),
  };
  expect(at(upstream, 1, 2)).toEqual([
    [1, 2],
    [0, 0],
  ]);
  expect(at(upstream, 2, 2)).toEqual([
    [3, 4],
    [9, 8],
  ]);
});

test("each of the two has its own default: dc given alone leaves dh at one", () => {
  expect(at({ dh_t: null, dc_t: matrixOf([[7, 7]]) }, 2, 2)).toEqual([
    [1, 1],
    [7, 7],
  ]);
});

test("gradients of another shape than the cell's and its steps' are refused by name", () => {
  const cell = parseCell({ U_f: [[1]], U_i: [[1]], U_o: [[1]], U_u: [[1]] });
  const wide = { dh_t: matrixOf([[1, 2]]), dc_t: null };
  expect(() => backward(cell, wide)).toThrow("dh_t: 1 × 2, expected 1 or 1 rows of 1 (the hidden size)");
  const long = { dh_t: null, dc_t: matrixOf([[1], [2]]) };
  expect(() => backward(cell, long)).toThrow("dc_t: 2 × 1, expected 1 or 1 rows of 1 (the hidden size)");
});
