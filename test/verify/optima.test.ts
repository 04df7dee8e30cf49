import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import type { UnitOutputOptimum } from "../../src/lstm/output-optimum.ts";
import { ownOptima } from "../../src/lstm/results/output-optimum.ts";
import type { OutputOptima } from "../../src/lstm/results/records.ts";
import { judgeOptima } from "../../src/verify/optima.ts";
import { nativeCell, randomUnit } from "../promise/optimum-cells.ts";

const cell = parseCell(nativeCell(randomUnit(2, 5)));
const own = ownOptima(cell);

/** The claims with unit 0 of h_t's maximum changed. */
function planted(change: (right: UnitOutputOptimum) => Partial<UnitOutputOptimum>): OutputOptima[] {
  return own.map((one) => {
    const [first, ...others] = one.outputs.h_t!;
    if (one.goal === "min" || first === undefined) return one;
    return { ...one, outputs: { ...one.outputs, h_t: [{ ...first, ...change(first) }, ...others] } };
  });
}

/** What is claimed wrongly of h_t: a vector with the value that it has, and a bound right above it. */
function claimedAt(h_prev: Float64Array): Partial<UnitOutputOptimum> {
  const value = forward({ ...cell, state: { ...cell.state, h_prev } }).h_t![0]!;
  const bound = value + Math.abs(value) * 2 ** -50;
  return { h_prev, value, bound, gap: bound - value };
}

describe("the optima that a check judges", () => {
  test("are our own for every output and goal, zero rows among them, and hold", () => {
    const verdicts = judgeOptima(cell, own);
    expect(verdicts.map(({ of, goal }) => `${goal} ${of}`)).toEqual(
      ["max", "min"].flatMap((goal) => ["c_t", "tanh_c_t", "h_t"].map((of) => `${goal} ${of}`)),
    );
    expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
    expect(own[0]!.outputs.h_t!.some(({ h_prev }) => h_prev === null)).toBe(true);
  });

  test.each<[string, (right: UnitOutputOptimum) => Partial<UnitOutputOptimum>]>([
    ["the opposite vector, with its value", ({ h_prev }) => claimedAt(h_prev!.map((entry) => -entry))],
    ["a component of h alone", ({ h_prev }) => claimedAt(h_prev!.map((_, k) => (k === 1 ? 1 : 0)))],
    [
      "a value in the next place",
      ({ value, bound }) => ({ value: value * (1 + 2 ** -52), gap: bound - value * (1 + 2 ** -52) }),
    ],
    ["a vector longer than one", ({ h_prev }) => claimedAt(h_prev!.map((entry) => entry * 1.001))],
    ["a gap that is another", ({ gap }) => ({ gap: gap / 2 })],
    ["every vector", ({ value }) => ({ h_prev: null, value, bound: value, gap: 0 })],
  ])("are found wrong with %s", (_, change) => {
    const wrong = judgeOptima(cell, planted(change)).filter(({ passed }) => !passed);
    expect(wrong.map(({ of, goal, worst }) => [of, goal, worst.unit])).toEqual([["h_t", "max", 0]]);
  });
});
