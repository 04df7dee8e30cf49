import { describe, expect, test } from "vitest";
import { DlstmError } from "../../src/errors.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { StateOutput } from "../../src/lstm/names.ts";
import { outputOptimum, type UnitOutputOptimum } from "../../src/lstm/output-optimum.ts";
import { hardUnit, nativeCell, randomUnit, type UnitCell } from "../promise/optimum-cells.ts";
import { bestRival, scaleAt } from "../promise/optimum-rivals.ts";

const σ = (z: number) => 1 / (1 + Math.exp(-z));
const GOALS = ["max", "min"] as const;

type Given = Record<string, number[][] | number[]>;

/** A cell with these keys; the U that are not given are zero. */
function cellOf(given: Given) {
  const H = (Object.values(given).find((value) => Array.isArray(value[0])) as number[][]).length;
  const zero = () => Array.from({ length: H }, () => Array(H).fill(0));
  return parseCell({ U_f: zero(), U_i: zero(), U_o: zero(), U_u: zero(), ...given });
}

function first(given: Given, of: StateOutput, goal: "max" | "min" = "max") {
  return outputOptimum(cellOf(given), of, { goal, units: [0] })[0];
}

function judge(unit: UnitCell, goal: "max" | "min", bar: number): void {
  const sign = goal === "max" ? 1 : -1;
  for (const of of ["c_t", "h_t"] as const) {
    const [found] = outputOptimum(parseCell(nativeCell(unit)), of, { goal, units: [0] });
    const h = found.h_prev ?? unit.rows[0].map((_, k) => (k === 0 ? 1 : 0));
    const scale = scaleAt(unit, of, [...h]);
    const what = `${unit.name} ${of} ${goal}`;
    expect(sign * (found.bound - found.value), what).toBe(found.gap);
    expect(found.gap, what).toBeGreaterThanOrEqual(0);
    expect(found.gap / scale, what).toBeLessThanOrEqual(bar);
    const rival = bestRival(unit, of, sign, { samples: 300, climbs: 4 });
    const rounding = 64 * 2 ** -53 * scale * (1 + Math.hypot(...unit.rows.flat()));
    expect(sign * (rival - found.bound), what).toBeLessThanOrEqual(rounding);
    // the rivals come near enough to beat a bound that is too low by a tenth of the scale, so that beating none means something
    expect(sign * (rival - (found.bound - sign * 0.1 * scale)), what).toBeGreaterThan(0);
  }
}

describe("the optimum of c_t and h_t", () => {
  test.each([0, 1, 2, 3])("random cell %i: nothing beats the bound, and the gap is closed", (seed) => {
    judge(randomUnit(seed, 24), GOALS[seed % 2], 1e-12);
  });

  test.each([0, 3, 4, 6, 13])("hard cell %i: likewise", (seed) => {
    judge(hardUnit(seed), GOALS[seed % 2], 1e-10);
  });

  test("with one unit there are two unit vectors", () => {
    const rows = { U_f: [[0.7]], U_i: [[-1.1]], U_o: [[0.4]], U_u: [[0.9]], c_prev: [-0.5], b_o: [0.3] };
    const c = (h: number) => -0.5 * σ(0.7 * h) + σ(-1.1 * h) * Math.tanh(0.9 * h);
    const value = {
      c_t: c,
      tanh_c_t: (h: number) => Math.tanh(c(h)),
      h_t: (h: number) => σ(0.4 * h + 0.3) * Math.tanh(c(h)),
    };
    for (const of of ["c_t", "tanh_c_t", "h_t"] as const) {
      for (const goal of GOALS) {
        const [high, low] = value[of](1) > value[of](-1) ? [1, -1] : [-1, 1];
        const found = first(rows, of, goal);
        const best = goal === "max" ? high : low;
        expect([...found.h_prev!]).toEqual([best]);
        expect(found.value).toBeCloseTo(value[of](best), 15);
        expect(found.unique).toBe(true);
      }
    }
  });

  test("without memory and with constant i and o it is the optimum of u", () => {
    const rows = {
      U_u: [
        [3, -4],
        [0, 0],
      ],
      b_u: [0.2, 0],
      b_i: [0.5, 0],
      b_o: [-1, 0],
    };
    const most = σ(0.5) * Math.tanh(5.2);
    const values = { c_t: most, tanh_c_t: Math.tanh(most), h_t: σ(-1) * Math.tanh(most) };
    for (const of of ["c_t", "tanh_c_t", "h_t"] as const) {
      const found = first(rows, of);
      expect(found.h_prev![0]).toBeCloseTo(0.6, 7);
      expect(found.h_prev![1]).toBeCloseTo(-0.8, 7);
      expect(found.value).toBeCloseTo(values[of], 14);
      expect(found.bound - values[of]).toBeGreaterThanOrEqual(-1e-16);
      expect(found.gap).toBeLessThan(1e-13);
    }
  });

  test("rows of U_f do not matter where c_{t-1} is zero: every unit vector is optimal where the others are zero", () => {
    const rows = {
      U_f: [
        [1, 2],
        [0, 0],
      ],
      b_u: [0.4, 0],
    };
    expect(first(rows, "c_t")).toMatchObject({ h_prev: null, unique: false, gap: 0, value: σ(0) * Math.tanh(0.4) });
    expect(first({ ...rows, c_prev: [1, 0] }, "c_t")).toMatchObject({ unique: true });
    // u = 0 for good: neither i nor o matters
    expect(
      first(
        {
          U_i: [
            [1, 2],
            [0, 0],
          ],
          U_o: [
            [1, 1],
            [0, 0],
          ],
        },
        "h_t",
      ),
    ).toMatchObject({ h_prev: null, value: 0 });
  });

  test("keeps its relative digits where the output gate is closed, or every gate", () => {
    const unit = randomUnit(5, 3);
    judge({ ...unit, name: "closed output", biases: unit.biases.with(3, -40) }, "max", 1e-12);
    judge({ ...unit, name: "closed gates", biases: [-20, -20, -20, -20] }, "min", 1e-12);
  });

  test("exactly opposed rows have a sphere of optima, which is told", () => {
    // c = σ(3t)·tanh(0.3 − 3t) for t = h·(1, 0, 0): largest within (−1, 1)
    const rows = {
      U_i: [
        [3, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      U_u: [
        [-3, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      b_u: [0.3, 0, 0],
    };
    const grid = Array.from({ length: 20_001 }, (_, k) => k / 10_000 - 1);
    const most = Math.max(...grid.map((t) => σ(3 * t) * Math.tanh(0.3 - 3 * t)));
    const found = first(rows, "c_t");
    expect(found.unique).toBe(false);
    expect(found.value).toBeGreaterThanOrEqual(most - 1e-15);
    expect(found.value).toBeLessThan(most + 1e-7);
    expect(found.gap).toBeLessThan(1e-13);
  });

  test("tanh(c_t) has the optimum of c_t, and a minimum is a maximum of the mirrored cell", () => {
    const unit = randomUnit(3, 8);
    const cell = parseCell(nativeCell(unit));
    const [c] = outputOptimum(cell, "c_t", { units: [0] });
    const [t] = outputOptimum(cell, "tanh_c_t", { units: [0] });
    expect([...t.h_prev!]).toEqual([...c.h_prev!]);
    expect(t.value).toBeCloseTo(Math.tanh(c.value), 14);
    const [f, i, u, o] = unit.rows;
    const mirrored = { ...unit, rows: [f, i, u.map((x) => -x), o], biases: unit.biases.with(2, -unit.biases[2]) };
    const [low] = outputOptimum(cell, "h_t", { goal: "min", units: [0] });
    const other = parseCell(nativeCell({ ...mirrored, c_prev: -unit.c_prev }));
    const [high] = outputOptimum(other, "h_t", { units: [0] });
    expect([high.value, high.bound]).toEqual([-low.value, -low.bound]);
  });

  test("is finite with rows beyond all squares, and says how far it knows", () => {
    const rows = {
      U_f: [
        [1e200, 2],
        [0, 0],
      ],
      U_u: [
        [0, 3e160],
        [0, 0],
      ],
      U_i: [
        [1, 1e-200],
        [0, 0],
      ],
      c_prev: [1, 0],
    };
    for (const goal of GOALS) {
      const { value, bound, gap } = first(rows, "h_t", goal) as UnitOutputOptimum;
      expect([value, bound, gap].every(Number.isFinite)).toBe(true);
    }
  });

  test.each([
    ["tiny", "c_t", "min", [2.7, -3.2], [-1.9e-317, 1.8e-300], [-0.8, 1.4], [0, 0], 1, [0, 1.5e218, 2]],
    ["huge", "h_t", "min", [3e306, -7e297], [0, 0], [-2e271, -1e297], [-4e282, -1e285], -7633, [1, -3e111, 0]],
  ] as const)("gives a unit vector where rows are %s", (_, of, goal, f, i, u, o, c_prev, [b_f, b_i, b_u]) => {
    const row = (given: readonly number[]) => [[...given], [0, 0]];
    const rows = { U_f: row(f), U_i: row(i), U_u: row(u), U_o: row(o), c_prev: [c_prev, 0] };
    const found = first({ ...rows, b_f: [b_f, 0], b_i: [b_i, 0], b_u: [b_u, 0] }, of, goal);
    expect(Math.hypot(...found.h_prev!)).toBeCloseTo(1, 14);
    expect([found.value, found.bound, found.gap].every(Number.isFinite)).toBe(true);
  });

  // tanh of what is tiny is the identity and a closed gate an exponential, to all digits
  test.each(["c_t", "h_t"] as const)("a tiny %s has the optimum of one less tiny, as many times smaller", (of) => {
    const zero = [0, 0, 0];
    const optimum = (size: number) => {
      const rows = { U_i: [[2, -3, 1], zero, zero], U_o: [[0.3, 0.2, -1], zero, zero] };
      return first({ ...rows, U_u: [[size, 2 * size, -3 * size], zero, zero], b_i: [0.5, 0, 0] }, of);
    };
    const one = optimum(2 ** -90);
    for (const exponent of [600, 900]) {
      const { value, bound, unique } = optimum(2 ** -exponent);
      expect(value * 2 ** (exponent - 90)).toBeCloseTo(one.value, 40);
      expect((bound * 2 ** (exponent - 90)) / one.value - 1).toBeGreaterThanOrEqual(0);
      expect(unique).toBe(true);
    }
  });

  test("closed gates have the optimum of gates that are less closed", () => {
    const optimum = (bias: number) => {
      const rows = [
        [-0.8777122497558594, -0.3288154602050781, -1.1279716491699219],
        [1.8198339343070984, -0.12375426292419434, 0.229447603225708],
        [-1.9167752265930176, 0.2162986844778061, -0.20527315139770508],
        [1.392209529876709, 0.45325422286987305, 0.7975554466247559],
      ];
      return first(
        nativeCell({ name: "closed", rows, biases: [bias, bias, 0.021731138229370117, bias], c_prev: 0.7 }) as Given,
        "h_t",
      );
    };
    const [less, closed] = [optimum(-45), optimum(-340)];
    const times = Math.exp(2 * 295);
    expect((closed.value * times) / less.value).toBeCloseTo(1, 12);
    expect((closed.bound * times) / less.value).toBeGreaterThan(1 - 1e-14);
  });

  test("climbs begin on both sides of the step that a long row makes", () => {
    // u is the sign of −h[0], and c = σ(z_i)·u least where u is −1 and i as large as that allows: at h = (0, −1)
    const rows = {
      U_i: [
        [-1.9, -1.0],
        [0, 0],
      ],
      U_u: [
        [-4e292, 0],
        [0, 0],
      ],
      b_i: [-0.3, 0],
    };
    expect(first(rows, "c_t", "min").value).toBeCloseTo(-σ(0.7), 5);
  });

  test("names what leaves the doubles: the pre-activation of a row, and the bound", () => {
    const zero = [0, 0];
    const row = [1.7e308, 1.7e308];
    expect(() => first({ U_u: [row, zero] }, "c_t")).toThrow("optimum.2.max.c_t.preactivations.u[0]: leaves");
    const most = { U_f: [[1, 1], zero], b_f: [800, 0], c_prev: [Number.MAX_VALUE, 0] };
    expect(() => first(most, "c_t")).toThrow("optimum.2.max.c_t.bound[0]: leaves");
    expect(first(most, "tanh_c_t")).toMatchObject({ value: 1, bound: 1 });
  });

  test("refuses a unit that there is not, and a cell that lacks a gate", () => {
    const cell = parseCell({ U_f: [[1]], U_i: [[1]], U_u: [[1]] });
    expect(() => outputOptimum(cell, "c_t", { units: [1] })).toThrow(/1, expected 0 … 0/);
    expect(() => outputOptimum(cell, "h_t")).toThrow(DlstmError);
  });
});
