import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactly, sum, times } from "../../src/linalg/ball.ts";
import { nearestDouble } from "../../src/linalg/ball-rounding.ts";
import { asRow, type Matrix } from "../../src/linalg/matrix.ts";
import {
  times as componentwise,
  fromDoubles,
  type RealVector,
  refined,
  sigmoid,
  toDoubles,
} from "../../src/linalg/real-vector.ts";
import { sumWeightedColumns, sumWeightedRows } from "../../src/linalg/weighted-rows.ts";

const matrix = (rows: number, cols: number, ...data: number[]): Matrix => ({
  rows,
  cols,
  data: Float64Array.from(data),
});
const numbers = (...values: number[]) => fromDoubles(Float64Array.from(values));

describe("Σ diag(w) M", () => {
  test("a weight scales a row, not a column", () => {
    const result = sumWeightedRows([{ weights: numbers(2, 10), matrix: matrix(2, 3, 1, 2, 3, 4, 5, 6) }], 2, 3);
    expect(result).toEqual(matrix(2, 3, 2, 4, 6, 40, 50, 60));
  });

  test("terms add up, a row by itself stands for all, and the matrices stay as they were", () => {
    const [a, b] = [matrix(2, 2, 1, 2, 3, 4), matrix(2, 2, 5, 6, 7, 8)];
    const terms = [
      { weights: numbers(1, -1), matrix: a },
      { weights: numbers(0, 2), matrix: b },
      { weights: numbers(1, 1), matrix: asRow(Float64Array.of(100, 0)) },
    ];
    expect(sumWeightedRows(terms, 2, 2)).toEqual(matrix(2, 2, 101, 2, 111, 12));
    expect([a, b]).toEqual([matrix(2, 2, 1, 2, 3, 4), matrix(2, 2, 5, 6, 7, 8)]);
  });

  test("no terms add up to zeros", () => {
    expect(sumWeightedRows([], 1, 2)).toEqual(matrix(1, 2, 0, 0));
  });

  test("Σ Mᵀ w adds up the rows", () => {
    const terms = [
      { weights: numbers(10, -1), matrix: matrix(2, 3, 1, 2, 3, 4, 5, 6) },
      { weights: numbers(1), matrix: asRow(Float64Array.of(1000, 2000, 3000)) },
    ];
    expect([...sumWeightedColumns(terms, 3)]).toEqual([1006, 2015, 3024]);
  });

  test("what the bound leaves open is asked for by its place, and nothing else", () => {
    const data = Float64Array.of(1, 0, 0, 0, 1, 2 ** -53, 0, 2 ** -90);
    const asked: number[] = [];
    const weights: RealVector = {
      ...{ length: 2, data, start: 0 },
      exactly: (A, k) => {
        asked.push(k);
        return A.double(7);
      },
    };
    const result = sumWeightedRows([{ weights, matrix: matrix(2, 2, 1, 0, 0, 1) }], 2, 2);
    expect([result, asked]).toEqual([matrix(2, 2, 1, 0, 0, 7), [1]]);
  });

  test("nothing is computed to many bits for what is smaller than every double beside others", () => {
    const refuse = () => {
      throw new Error("asked for");
    };
    // f and i below e^-30,000 or so, as c_t finds them, times 3
    const far = sigmoid(numbers(-1e200, -40000)).value;
    const tiny = componentwise(refined({ ...far, data: far.data.slice() }), numbers(3, 3));
    const terms = [
      { weights: { ...tiny, exactly: refuse }, matrix: matrix(2, 2, 1e300, -1, 0, 1) },
      { weights: numbers(1, 1), matrix: matrix(2, 2, 0.1, 0, 0.2, 1e-300) },
    ];
    expect(sumWeightedRows(terms, 2, 2)).toEqual(matrix(2, 2, 0.1, 0, 0.2, 1e-300));
  });

  test("a weight below the doubles keeps its digits", () => {
    const small = sigmoid(numbers(-740, -800)).value;
    const rows = matrix(2, 1, 2 ** 1000, 2 ** 1020 * (1 + 2 ** -52));
    expect(sumWeightedRows([{ weights: small, matrix: rows }], 2, 1).data).toEqual(
      toDoubles(componentwise(small, fromDoubles(rows.data))),
    );
  });

  test("what is left out as negligible decides beside a tie", () => {
    // 1 + 2^-53 − 2^-101.5 + 0.99·2^-100.5: just above half-way, only by what is left out
    const weights = [1, 1, -(2 ** -101.5), 2 ** -700.5];
    const entries = [1, 2 ** -53, 1, 0.99 * 2 ** 600];
    const terms = weights.map((weight, k) => ({ weights: numbers(weight), matrix: matrix(1, 1, entries[k]) }));
    expect(sumWeightedRows(terms, 1, 1).data[0]).toBe(1 + 2 ** -52);
    expect(sumWeightedRows(terms.slice(0, 3), 1, 1).data[0]).toBe(1);
  });

  test("what a thousand small products lose decides beside a tie", () => {
    // 1 + 501·2^-53 + 1002·2^-100 − 17·2^-97: just above half-way; the sums in doubles keep 2^-93 of the third, and are just below
    const entries = [1, ...Array<number>(1002).fill(2 ** -54 + 2 ** -100), -17 * 2 ** -97];
    const terms = entries.map((entry) => ({ weights: numbers(1), matrix: matrix(1, 1, entry) }));
    expect(sumWeightedRows(terms, 1, 1).data[0]).toBe(1 + 251 * 2 ** -52);
  });

  test("is rounded once where 53 digits would be the smallest normal number, and fewer are there", () => {
    const [largestSubnormal, smallestNormal] = [2 ** -1022 - 2 ** -1074, 2 ** -1022];
    // (1 − 2^-53)(1 − 2^-82)·2^-1022 is less than half-way between them, by 2^-82 of it
    const share = sigmoid(numbers(2 ** -40)).derivative;
    const row = matrix(1, 1, 2 ** -1020 * (1 - 2 ** -53));
    expect(sumWeightedRows([{ weights: share, matrix: row }], 1, 1).data[0]).toBe(largestSubnormal);
    expect(sumWeightedRows([{ weights: numbers(0.25), matrix: row }], 1, 1).data[0]).toBe(smallestNormal);
    const small = componentwise(share, numbers(2 ** -1020 * (1 - 2 ** -53)));
    expect(sumWeightedRows([{ weights: small, matrix: matrix(1, 1, 1) }], 1, 1).data[0]).toBe(largestSubnormal);
    expect(toDoubles(small)[0]).toBe(largestSubnormal);
  });
});

describe("sums of exact numbers are the nearest doubles", () => {
  const far = fc.double({ noNaN: true, noDefaultInfinity: true });
  const near = fc.double({ min: -4, max: 4, noNaN: true });
  const entries = fc.oneof(
    { weight: 3, arbitrary: near },
    { weight: 1, arbitrary: far },
    { weight: 1, arbitrary: fc.constantFrom(0, 1, -1) },
  );
  const products = fc.array(fc.tuple(entries, entries), { minLength: 1, maxLength: 4 });

  test.each([
    [
      "rows",
      (a: number[], b: number[]) =>
        sumWeightedRows(
          a.map((w, k) => ({ weights: numbers(w), matrix: matrix(1, 1, b[k]) })),
          1,
          1,
        ).data[0],
    ],
    [
      "columns",
      (a: number[], b: number[]) =>
        sumWeightedColumns([{ weights: numbers(...a), matrix: matrix(a.length, 1, ...b) }], 1)[0],
    ],
  ] as const)("%s", (_, compute) => {
    fc.assert(
      fc.property(products, (terms) => {
        const found = compute(
          terms.map(([a]) => a),
          terms.map(([, b]) => b),
        );
        const { mantissa, exponent } = sum(terms.map(([a, b]) => times(exactly(a), exactly(b))));
        expect(found === nearestDouble(mantissa, exponent), `${found}`).toBe(true);
      }),
      { seed: 81, numRuns: 1500 },
    );
  });
});
