import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import { rowOf } from "../../../src/linalg/matrix.ts";
import { GATES, PATHS } from "../../../src/lstm/names.ts";
import { forwardResult, jacobianResult } from "../../../src/lstm/results/one-step.ts";
import { EDGES, type Edge, unitFlow } from "../../../src/lstm/results/unit-flow.ts";
import { fixture } from "../../helpers/fixtures.ts";
import { example } from "../../helpers/report.ts";

const flowOf = (hidden: number, unit: number) => {
  const cell = example(hidden);
  const { terms } = jacobianResult(cell, { of: null, wrt: ["h_prev"], terms: true });
  return { cell, terms: terms!, flow: unitFlow(forwardResult(cell), cell.state, terms!, unit) };
};

describe("unitFlow", () => {
  test("has the numbers of one unit, whose products add up to c_t", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(), (hidden, pick) => {
        const { cell, flow } = flowOf(hidden, pick % hidden);
        const { gates, c_t, h_t } = forwardResult(cell);
        for (const g of GATES) expect(flow.gates[g]).toBe(gates[g]![flow.unit]);
        expect(flow.c_t).toBe(c_t![flow.unit]);
        expect(flow.kept! + flow.written!).toBeCloseTo(c_t![flow.unit]!, 14);
        expect(gates.o![flow.unit]! * flow.tanh_c_t!).toBeCloseTo(h_t![flow.unit]!, 14);
      }),
      { numRuns: 20 },
    );
  });

  test("an edge carries the length of the sum of its paths' rows", () => {
    const { terms, flow } = flowOf(5, 3);
    for (const [edge, gates] of Object.entries(EDGES)) {
      const squares = Array.from(
        { length: 5 },
        (_, k) => gates.reduce((sum, g) => sum + rowOf(terms[g], 3)[k]!, 0) ** 2,
      );
      const length = Math.sqrt(squares.reduce((a, b) => a + b));
      expect(flow.carried!.norm[edge as Edge]).toBeCloseTo(length, 14);
    }
    expect(PATHS.reduce((sum, g) => sum + flow.carried!.share[g]!, 0)).toBeCloseTo(1, 12);
  });

  test("stays within the doubles where squares would not, and shares nothing of nothing", () => {
    const matrix = (...data: number[]) => ({ rows: 1, cols: data.length, data: Float64Array.from(data) });
    const { cell } = flowOf(1, 0);
    const huge = { f: matrix(3e300), i: matrix(4e300), o: matrix(0), u: matrix(-4e300) };
    const { norm, share } = unitFlow(forwardResult(cell), cell.state, huge, 0).carried!;
    expect(norm).toMatchObject({ f: 3e300, iu: 0, fiu: 3e300, all: 3e300 });
    expect(share.f).toBeCloseTo(1, 12);
    const none = { f: matrix(0), i: matrix(0), o: matrix(0), u: matrix(0) };
    expect(unitFlow(forwardResult(cell), cell.state, none, 0).carried!.share).toEqual({
      f: null,
      i: null,
      o: null,
      u: null,
    });
  });

  test("tells what a partial cell does, and nothing else", () => {
    const cell = parseCell(fixture("forget-gate-only.json"));
    const flow = unitFlow(forwardResult(cell), cell.state, null, 0);
    expect(Object.keys(flow.gates)).toEqual(["f"]);
    expect([flow.written, flow.c_t, flow.h_t, flow.carried]).toEqual([null, null, null, null]);
  });
});
