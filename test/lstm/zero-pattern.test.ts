import { expect, test } from "vitest";
import { exactly } from "../../src/linalg/ball.ts";
import { type Open, ZeroPattern } from "../../src/lstm/zero-pattern.ts";

type Rows = readonly (readonly number[])[];

function independent(
  weights: Readonly<Record<"f" | "i" | "o" | "u", Rows>>,
  open: Partial<Open> = {},
  steps = 5,
): boolean[] {
  const balls = (rows: Rows) => rows.map((row) => row.map(exactly));
  const { f, i, o, u } = weights;
  const pattern = new ZeroPattern({ f: balls(f), i: balls(i), o: balls(o), u: balls(u) });
  const unit: Open = { f: true, i: true, o: true, u: true, kept: true, ...open };
  for (let t = 0; t < steps; t++) pattern.add(f.map(() => unit));
  return pattern.isIndependent;
}

const none = [
  [0, 0],
  [0, 0],
];
const full = [
  [0.3, -2],
  [0.7, 1e300],
];
const doubled = [
  [0.3, -2],
  [0.6, -4],
];
const same = [
  [0.1, 0.1],
  [0.1, 0.1],
];

test("weights in general position leave no column to the others", () => {
  expect(independent({ f: full, i: full, o: full, u: full })).toEqual([true, true, true, true]);
});

test("a column that depends on those before it may stand anywhere", () => {
  const reads = (row: number, column: number) =>
    none.map((line, r) => line.map((_, c) => (r === row && c === column ? 0.5 : 0)));
  // h_1 goes to c_0 alone, as c_0 does
  expect(independent({ f: none, i: reads(0, 1), o: reads(0, 0), u: none })).toEqual([true, true, false, true]);
  expect(independent({ f: full, i: full, o: doubled, u: full })).toEqual([true, true, true, false]);
  expect(independent({ f: same, i: same, o: same, u: same })).toEqual([true, false, true, true]);
  expect(independent({ f: none, i: none, o: none, u: none })).toEqual([false, false, true, true]);
});

test("a gate that is exactly shut counts", () => {
  expect(independent({ f: full, i: full, o: full, u: full }, { o: false })).toEqual([true, true, false, false]);
});
