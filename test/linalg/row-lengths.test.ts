import { describe, expect, test } from "vitest";
import { rowLengths } from "../../src/linalg/row-lengths.ts";

const of = (...rows: number[][]) => ({
  rows: rows.length,
  cols: rows[0]!.length,
  data: Float64Array.from(rows.flat()),
});

describe("rowLengths", () => {
  // by hand: triangles of 3, 4, 5 and 5, 12, 13
  const matrix = of([3, -4], [5, 12], [0, 1], [-6, 8]);

  test("finds the longest and the shortest row, and the median", () => {
    const { longest, shortest, lengths, median } = rowLengths(matrix);
    expect([longest, shortest]).toEqual([1, 2]);
    for (const [row, length] of [5, 13, 1, 10].entries()) expect(lengths[row]).toBeCloseTo(length, 12);
    expect(median).toBeCloseTo(7.5, 12);
  });

  test("counts the rows that hold half of the squares", () => {
    // 169 of 25 + 169 + 1 + 100
    expect(rowLengths(matrix).half).toBe(1);
    expect(rowLengths(of([1], [1], [1], [1], [1], [1])).half).toBe(3);
    expect(rowLengths(of([2], [1.1], [1.1], [1.1])).half).toBe(1);
    expect(rowLengths(of([1.9], [1.1], [1.1], [1.1])).half).toBe(2);
  });

  test("is the same at the ends of the doubles", () => {
    for (const scale of [2 ** -1060, 2 ** 1015]) {
      const { longest, lengths, half } = rowLengths({ ...matrix, data: matrix.data.map((entry) => entry * scale) });
      expect([longest, half, lengths[1]! / scale]).toEqual([1, 1, 13]);
    }
  });

  test("of zeros nothing is longer than nothing", () => {
    expect(rowLengths(of([0, 0], [0, 0]))).toMatchObject({ longest: 0, shortest: 0, median: 0, half: 1 });
  });
});
