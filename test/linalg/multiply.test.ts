import { describe, expect, test } from "vitest";
import { zeros } from "../../src/linalg/matrix.ts";
import { addProduct } from "../../src/linalg/multiply.ts";
import { matrixOf, numbers, product, rowsOf } from "../helpers/matrices.ts";

const integers = (rows: number, cols: number, seed: number) =>
  Array.from({ length: rows }, (_, r) => numbers(cols, seed + r).map((x) => Math.round(100 * x)));

describe("out += left · right", () => {
  test("is the definition's, exactly for integers, at every remainder of the tiles", () => {
    for (let m = 1; m <= 5; m++) {
      for (let depth = 1; depth <= 6; depth++) {
        for (let n = 1; n <= 9; n++) {
          const [left, right, before] = [integers(m, depth, 1), integers(depth, n, 20), integers(m, n, 40)];
          const out = matrixOf(before);
          addProduct(out, matrixOf(left), matrixOf(right));
          const expected = product(left, right).map((row, r) => row.map((entry, c) => entry + before[r]![c]!));
          expect(rowsOf(out), `${m} × ${depth} × ${n}`).toEqual(expected);
        }
      }
    }
  });

  test("leaves its factors as they are", () => {
    const [left, right] = [matrixOf(integers(3, 3, 1)), matrixOf(integers(3, 3, 4))];
    const copies = [left.data.slice(), right.data.slice()];
    addProduct(zeros(3, 3), left, right);
    expect([left.data, right.data]).toEqual(copies);
  });

  test("carries Infinity and NaN to the entries that they belong to, and to no other", () => {
    const out = zeros(3, 5);
    const left = matrixOf([
      [1, 0],
      [0, 1],
      [1, 1],
    ]);
    addProduct(
      out,
      left,
      matrixOf([
        [1, 2, 3, 4, 5],
        [6, 7, 8, 9, Number.POSITIVE_INFINITY],
      ]),
    );
    expect(rowsOf(out)).toEqual([
      [1, 2, 3, 4, Number.NaN],
      [6, 7, 8, 9, Number.POSITIVE_INFINITY],
      [7, 9, 11, 13, Number.POSITIVE_INFINITY],
    ]);
  });

  test("carries what is not finite into no row below, however narrow the product", () => {
    for (const right of [[5], [5, 6], [5, 6, 7]]) {
      const out = zeros(2, right.length);
      addProduct(out, matrixOf([[Number.POSITIVE_INFINITY], [1]]), matrixOf([right]));
      expect(rowsOf(out)).toEqual([right.map(() => Number.POSITIVE_INFINITY), right]);
    }
  });
});
