import { expect, test } from "vitest";
import { exactly } from "../../src/linalg/ball.ts";
import { squaredPivots } from "../../src/linalg/ball-orthogonal.ts";

const columns = (...all: number[][]) => all.map((column) => column.map(exactly));

test("what is left of columns that are zeros is nothing, not something below 1", () => {
  const { squares, restBelow } = squaredPivots(columns([2, 0], [0, 0], [0, 0]), 64);
  expect(squares).toHaveLength(1);
  expect(restBelow).toBe(Number.NEGATIVE_INFINITY);
});

test("what is left of a later column, where an earlier one depends on those before, bounds the rest", () => {
  const { squares, restBelow } = squaredPivots(columns([2, 0], [1, 0], [0, 2 ** -20]), 64);
  expect(squares).toHaveLength(1);
  expect(restBelow).toBeGreaterThanOrEqual(-40);
  expect(restBelow).toBeLessThan(-36);
});
