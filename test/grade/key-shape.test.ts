import { describe, expect, test } from "vitest";
import { cellKey, resultKey } from "../../src/grade/key.ts";
import { numbersOf } from "../../src/grade/key-shape.ts";
import { exampleCell } from "../../src/input/example.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { quantities } from "../../src/lstm/quantities.ts";
import { jsonLine } from "../../src/render/json.ts";

const square = [
  [1, 2],
  [3, 4],
];
const units = [
  { unit: 0, h_prev: [1, 0], preactivation: 1, activation: 0.7 },
  { unit: 1, h_prev: [0, 1], preactivation: 1, activation: 0.7 },
];

test("sizes that a key does not tell are those that it tells, or 1", () => {
  const none = { H: null, I: null, T: null };
  expect(numbersOf(none)).toBe(numbersOf({ H: 1, I: 1, T: 1 }));
  expect(numbersOf({ ...none, H: 3 })).toBe(numbersOf({ H: 3, I: 3, T: 1 }));
  expect(numbersOf({ ...none, I: 2, T: 5 })).toBe(numbersOf({ H: 2, I: 2, T: 5 }));
});

describe("a result as the key has the shapes of one cell", () => {
  test.each([
    [{ hidden_size: 2, c_t: [1, 2], gates: { f: [1, 2] } }],
    [{ jacobian: { f: { h_prev: square, x_t: [[1], [2]] } }, gradient: { x_t: [1] }, terms: { o: square } }],
    [{ loss: 1, gradient: { x: [[1], [2], [3]], W_f: [[1], [2]], U_f: square, b_f: [1, 2] } }],
    [{ input_size: null, optimum: { norm: "2", goal: "max", gates: { f: units } } }],
  ])("%j", (json) => {
    expect(() => resultKey(json, "key.json")).not.toThrow();
  });

  test.each([
    [{ gates: { f: [1, 2, 3] }, h_t: [1, 2] }, "h_t: 2 numbers, expected 3"],
    [{ hidden_size: 3, c_t: [1, 2] }, "c_t: 2 numbers, expected 3"],
    [{ c_t: 5 }, "c_t: a number, expected H"],
    [{ loss: [1] }, "loss: 1 number, expected a number"],
    [{ c_t: [1, 2], jacobian: { f: { h_prev: [[1, 2]] } } }, "jacobian.f.h_prev: 1 row of 2 numbers, expected 2 × 2"],
    [{ terms: { o: [[1, 2, 3]] } }, "terms.o: 1 row of 3 numbers, expected 1 × 1"],
    [{ gradient: { x_t: [1, 2, 3], W_f: [[1], [2]] } }, "gradient.W_f: 2 rows of 1 number, expected 2 × 3"],
    [{ c_t: [1, 2, 3], optimum: { gates: { f: units } } }, "optimum.2.max.f.h_prev: 2 rows of 2 numbers"],
  ])("not so %j", (json, message) => {
    expect(() => resultKey(json, "key.json")).toThrow(message);
  });
});

test("the numbers that an answer can hold are those of every quantity, whatever the sizes", () => {
  for (const [H, I] of [
    [1, 1],
    [2, 3],
    [5, 1],
  ] as const) {
    const key = cellKey(parseCell(JSON.parse(jsonLine(exampleCell(H, I, 3)))));
    const held = quantities().map((quantity) => key.expected(quantity)?.data.length ?? 0);
    const sum = held.reduce((total, count) => total + count, 0);
    expect(key.numbers).toBeGreaterThanOrEqual(sum);
    // what is added are the rows of x, and what stands beside the quantities of a step
    expect(key.numbers).toBeLessThanOrEqual(sum + I + 16 * H);
  }
  expect(resultKey({ h_t: [1, 2] }, null).numbers).toBe(numbersOf({ H: 2, I: null, T: null }));
  expect(numbersOf({ H: 2, I: 3, T: 1000 })).toBeGreaterThan(1000 * (3 + 12));
});
