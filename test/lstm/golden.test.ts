import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Gate, Goal, Norm } from "../../src/lstm/names.ts";
import { optimum } from "../../src/lstm/optimum.ts";
import { exactGoldens, fixture, flatten } from "../helpers/fixtures.ts";
import { Real } from "../promise/exact.ts";
import { compute, measure, violations } from "../promise/measure.ts";
import { type NativeCell, type Reference, reference } from "../promise/reference.ts";

describe("mpmath's values of one step", () => {
  test.each(exactGoldens())("are met within half an ulp: $name", ({ cell, expected: nested }) => {
    const expected = flatten<string>(nested);
    // what is known from the reference, the values from the golden
    const golden: Reference = new Map();
    for (const [quantity, rows] of reference(cell)) {
      const strings = expected.get(quantity)!;
      golden.set(
        quantity,
        rows.map((row, r) => row.map((entry, c) => ({ ...entry, value: new Real(strings[r][c]) }))),
      );
    }
    const computed = compute(cell);
    expect([...computed.keys()].sort()).toEqual([...expected.keys()].sort());
    // a golden has some 26 digits, so that a tie is half an ulp and a little
    expect(violations(measure(golden, computed, 0), 0.5 + 1e-8)).toEqual([]);
  });

  test.each(exactGoldens())("tell where the optimum is the only one: $name", ({ cell: native, expected }) => {
    const cell = parseCell(native);
    type Unique = Record<string, Record<string, Record<string, { unique: boolean }[]>>>;
    for (const [norm, goals] of Object.entries(expected.optimum as Unique)) {
      for (const [goal, gates] of Object.entries(goals)) {
        for (const [gate, units] of Object.entries(gates)) {
          const ours = optimum(cell, gate as Gate, { norm: norm as Norm, goal: goal as Goal });
          expect(ours.map(({ unique }) => unique)).toEqual(units.map(({ unique }) => unique));
        }
      }
    }
  });
});

describe("PyTorch's values of one step", () => {
  type Golden = { cell: NativeCell; expected: unknown };
  const cells = fixture<{ cells: Golden[] }>("golden/pytorch.json").cells;

  test.each(cells)("are met to 1e-12 of each row's largest entry: $cell.name", ({ cell, expected }) => {
    const computed = compute(cell);
    for (const [quantity, rows] of flatten<number>(expected)) {
      rows.forEach((row, r) => {
        const tolerance = 1e-12 * Math.max(...row.map(Math.abs));
        row.forEach((entry, c) => {
          const apart = Math.abs(computed.get(quantity)![r][c] - entry);
          expect(apart, `${quantity}[${r}][${c}]`).toBeLessThanOrEqual(tolerance);
        });
        expect(computed.get(quantity)![r].length).toBe(row.length);
      });
    }
  });
});
