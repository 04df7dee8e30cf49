import { describe, expect, test } from "vitest";
import { fromDouble, isZero, logarithm } from "../../src/linalg/ball.ts";
import { eliminate } from "../../src/linalg/independent-columns.ts";
import { bits53, randomIn } from "../helpers/random.ts";

const balls = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map(fromDouble));

describe("an elimination without a rounding", () => {
  test("tells columns that others make up, however far apart the entries lie", () => {
    const next = randomIn(3);
    const column = () => Array.from({ length: 5 }, () => bits53(next) * 2 ** Math.round(600 * (next() - 0.5)));
    const [a, b, c] = [column(), column(), column()];
    const columns = [a, a.map((entry) => -4 * entry), b, a.map(() => 0), c, b.map((entry) => entry / 8)];
    const matrix = a.map((_, r) => columns.map((entries) => entries[r]!));
    expect(eliminate(balls(matrix)).isIndependent).toEqual([true, false, true, false, true, false]);
    // the last bit of one entry
    matrix[1]![1]! *= 1 + 2 ** -52;
    expect(eliminate(balls(matrix)).isIndependent).toEqual([true, true, true, false, true, false]);
  });

  test("has no more independent columns than rows", () => {
    expect(eliminate(balls([[0, 2, 3]])).isIndependent).toEqual([false, true, false]);
  });

  test.each([
    [[[3]], 3],
    [
      [
        [0, 1e-300],
        [2e300, 5],
      ],
      2,
    ],
    [
      [
        [2, 3, 5],
        [7, 11, 13],
        [17, 19, 0.5],
      ],
      100.5,
    ],
  ])("of %j has the determinant ± %d", (matrix, expected) => {
    expect(Math.exp(logarithm(eliminate(balls(matrix)).determinant).value)).toBeCloseTo(expected, 10);
  });

  test("of dependent columns has the determinant 0", () => {
    const { determinant } = eliminate(
      balls([
        [1, 2],
        [2, 4],
      ]),
    );
    expect(isZero(determinant)).toBe(true);
  });
});
