import { describe, expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import { type Matrix, zeros } from "../../../src/linalg/matrix.ts";
import { jacobianResult } from "../../../src/lstm/results/one-step.ts";
import { termWeights } from "../../../src/lstm/results/term-weights.ts";
import { fixture } from "../../helpers/fixtures.ts";

const of = (...entries: number[]): Matrix => ({ rows: 2, cols: 2, data: Float64Array.from(entries) });

describe("termWeights", () => {
  test("gives each path's norm and its part of the sum", () => {
    const terms = { o: of(3, 0, 0, 0), f: of(0, 0, 0, -1), i: of(0, 0, 0, 2), u: of(0, 0, 0, 0) };
    const { paths, norm } = termWeights(terms, of(3, 0, 0, 1));
    expect(norm).toBeCloseTo(3, 9);
    const expected = { f: [1, -0.1], i: [2, 0.2], o: [3, 0.9], u: [0, 0] };
    for (const { gate, norm: own, share } of paths) {
      expect(own).toBeCloseTo(expected[gate][0]!, 9);
      expect(share).toBeCloseTo(expected[gate][1]!, 12);
    }
  });

  test.each(["homework6.json", "saturated-gates.json", "extreme-scales.json", "zero-row.json"])(
    "shares of %s add up to one",
    (file) => {
      const { jacobian, terms } = jacobianResult(parseCell(fixture(file)), { of: null, wrt: ["h_prev"], terms: true });
      const { paths } = termWeights(terms!, jacobian.h_t!.h_prev!);
      expect(paths.reduce((sum, { share }) => sum + share!, 0)).toBeCloseTo(1, 9);
    },
  );

  test("has no shares of nothing", () => {
    const zero = zeros(2, 2);
    const { paths, norm } = termWeights({ o: zero, f: zero, i: zero, u: zero }, zero);
    expect(norm).toBe(0);
    expect(paths.map(({ share }) => share)).toEqual([null, null, null, null]);
  });
});
