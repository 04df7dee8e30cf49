import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { diagonal, type Matrix, transpose } from "../../src/linalg/matrix.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { stateJacobian, stepTimes, timesStep, wholeStep } from "../../src/lstm/state-jacobian.ts";
import { matrixOf, numbers, product, rowsOf } from "../helpers/matrices.ts";
import { randomSequence } from "../helpers/sequences.ts";

const oneStep = (H: number, seed = 1) => {
  const { x, ...native } = randomSequence(H, 2, 1, seed);
  return forward(parseCell({ ...native, x_t: x[0] }));
};

/** The largest difference of two matrices, relative to the largest entry. */
function difference(got: Matrix, expected: number[][]): number {
  const largest = Math.max(...expected.flat().map(Math.abs));
  const entries = rowsOf(got).flatMap((row, r) => row.map((entry, c) => Math.abs(entry - expected[r]![c]!)));
  return Math.max(...entries) / largest;
}

describe("∂(h_t, c_t)/∂(h_{t-1}, c_{t-1})", () => {
  test("has the four blocks where h and c stand", () => {
    const trace = oneStep(3);
    const rows = rowsOf(wholeStep(stateJacobian(trace)));
    const block = (r: number, c: number) => matrixOf(rows.slice(r, r + 3).map((row) => row.slice(c, c + 3)));
    expect(block(0, 0)).toEqual(jacobian(trace, "h_t", "h_prev"));
    expect(block(0, 3)).toEqual(jacobian(trace, "h_t", "c_prev"));
    expect(block(3, 0)).toEqual(jacobian(trace, "c_t", "h_prev"));
    expect(block(3, 3)).toEqual(diagonal(trace.gate("f")!));
  });

  test("keeps the memory's path where U = 0: ∂c_t/∂c_{t-1} = f, ∂h_t/∂c_{t-1} = o(1 − tanh²c_t)f", () => {
    const trace = forward(parseCell({ U_f: [[0]], U_i: [[0]], U_o: [[0]], U_u: [[0]] }));
    expect(rowsOf(wholeStep(stateJacobian(trace)))).toEqual([
      [0, 0.25],
      [0, 0.5],
    ]);
  });

  test("names the entry that leaves the double range", () => {
    const cell = parseCell({ U_f: [[1e200]], U_i: [[0]], U_o: [[0]], U_u: [[0]], c_prev: [1e200] });
    expect(() => stateJacobian(forward(cell))).toThrow(/^jacobian\.c_t\.h_prev\[0\]\[0\]: /);
  });
});

describe("products with a step", () => {
  test("are those of the whole matrices", () => {
    for (const H of [1, 2, 3, 5]) {
      const step = stateJacobian(oneStep(H, H));
      const [whole, left] = [rowsOf(wholeStep(step)), Array.from({ length: 3 }, (_, r) => numbers(2 * H, r + 1))];
      expect(difference(timesStep(step, matrixOf(left)), product(left, whole))).toBeLessThan(1e-15 * 8);
      const right = transpose(matrixOf(left));
      expect(difference(stepTimes(step, right), product(whole, rowsOf(right)))).toBeLessThan(1e-15 * 8);
      // the transpose is another matrix: the comparison tells
      const transposed = rowsOf(transpose(wholeStep(step)));
      if (H > 1) expect(difference(timesStep(step, matrixOf(left)), product(left, transposed))).toBeGreaterThan(1e-3);
    }
  });
});
