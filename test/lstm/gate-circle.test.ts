import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { DEGREES, distanceOf, gateAt, gateCircle } from "../../src/lstm/gate-circle.ts";
import { GATES } from "../../src/lstm/names.ts";
import { forwardResult } from "../../src/lstm/results/one-step.ts";
import { fixture } from "../helpers/fixtures.ts";
import { example } from "../helpers/report.ts";

/** Two unit vectors across each other, the first of them h*. */
function across(best: Float64Array): Float64Array {
  const other = best.map((_, k) => (k === 0 ? 1 : 0));
  const along = best[0]!;
  const rest = other.map((entry, k) => entry - along * best[k]!);
  const length = Math.hypot(...rest);
  return rest.map((entry) => entry / length);
}

describe("gateCircle", () => {
  test("is what the forward pass gives at vectors of the circle", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.nat(), fc.constantFrom(...GATES), (hidden, pick, gate) => {
        const cell = example(hidden);
        const unit = pick % hidden;
        const { best, along, largest } = gateCircle(cell, gate, unit);
        const v = across(best!);
        for (const k of [0, 17, 60, 90, 120]) {
          const angle = (DEGREES[k]! * Math.PI) / 180;
          const h_prev = best!.map((entry, c) => Math.cos(angle) * entry + Math.sin(angle) * v[c]!);
          const there = forwardResult({ ...cell, state: { ...cell.state, h_prev } }).gates[gate]![unit]!;
          expect(along[k]).toBeCloseTo(there, 12);
        }
        expect(Math.max(...along)).toBe(along[60]);
        expect(along[60]).toBeCloseTo(largest, 14);
      }),
      { numRuns: 20 },
    );
  });

  test("finds the lines on which the gate has a value, and the angle of the given h", () => {
    const circle = gateCircle(example(2), "f", 1);
    for (const value of [0.1, 0.5, 0.7]) {
      const z = circle.offset + circle.slope * distanceOf(circle, value);
      expect(gateAt("f", Float64Array.of(z))[0]).toBeCloseTo(value, 12);
    }
    const { now, best } = circle;
    const cosine = (now!.h_prev[0]! * best![0]! + now!.h_prev[1]! * best![1]!) / Math.hypot(...now!.h_prev);
    expect(Math.cos((now!.degrees * Math.PI) / 180)).toBeCloseTo(cosine, 12);
  });

  test("is the same everywhere for a row of zeros, and does without h_{t-1}", () => {
    const { best, along, now } = gateCircle(parseCell(fixture("zero-row.json")), "f", 0);
    expect([best, now, new Set(along).size]).toEqual([null, null, 1]);
    const bare = parseCell({
      U_f: [
        [3, 4],
        [0, 1],
      ],
    });
    expect(gateCircle(bare, "f", 0)).toMatchObject({ slope: 5, offset: 0, now: null });
  });
});
