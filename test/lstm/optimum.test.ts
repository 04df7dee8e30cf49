import { describe, expect, test } from "vitest";
import { DlstmError } from "../../src/errors.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { NORMS, type Norm } from "../../src/lstm/names.ts";
import { Maxima, type OptimumOptions, optimum, type UnitOptimum } from "../../src/lstm/optimum.ts";
import { matrix } from "../helpers/fixtures.ts";
import { deviation, exact, sigmoid } from "../promise/exact.ts";

/** The optimum of unit 0 of a cell whose U_f has this first row. */
function best(row: number[], options: OptimumOptions = {}, more: object = {}): UnitOptimum & { h: number[] | null } {
  const U_f = row.map((_, r) => (r === 0 ? row : row.map(() => 0)));
  const found = optimum(parseCell({ U_f, ...more }), "f", { units: [0], ...options })[0];
  return { ...found, h: found.h_prev && [...found.h_prev] };
}

describe("the maxima of a matrix", () => {
  const cell = parseCell({
    U_f: [
      [0.3, -1.7, 0.1],
      [1 / 3, 2e-9, -5],
      [7, 0, 1],
    ],
    U_u: [
      [0, 0, 0],
      [1, -1, 0],
      [2, 1, 3],
    ],
  });

  test("are computed once for many cells that share it, for each norm", () => {
    const maxima = new Maxima();
    const of = (norm: Norm, unit = 0) => maxima.of(cell.gates.f!.U, unit, norm);
    expect(of("2")).not.toBeNull();
    expect(of("2")).toBe(of("2"));
    expect(new Set(NORMS.flatMap((norm) => [0, 1, 2].map((unit) => of(norm, unit)))).size).toBe(9);
  });

  test("give what each cell gives alone", () => {
    const maxima = new Maxima();
    for (const b of [
      [0, 0, 0],
      [0.5, -3, 2],
    ]) {
      const biased = { ...cell, gates: { ...cell.gates, f: { ...cell.gates.f!, b: Float64Array.from(b) } } };
      for (const gate of ["f", "u"] as const) {
        for (const norm of NORMS) {
          for (const goal of ["max", "min"] as const) {
            const shared = optimum(biased, gate, { norm, goal }, maxima);
            expect(shared).toEqual(optimum(biased, gate, { norm, goal }));
          }
        }
      }
    }
  });
});

describe("the unit h_{t-1} at which a gate is largest", () => {
  test("for p = 2 is the row divided by its norm, and the gate σ of the norm", () => {
    const { h, preactivation, activation, unique } = best([3, -4]);
    expect([h, preactivation, unique]).toEqual([[0.6, -0.8], 5, true]);
    expect(deviation(activation, sigmoid(exact(5)).value)).toBeLessThan(1.2);
  });

  test("for p = 1 is a signed unit vector at the largest entry", () => {
    expect(best([3, -4], { norm: "1" })).toMatchObject({ h: [0, -1], preactivation: 4, unique: true });
  });

  test("for p = ∞ is the sign of every entry", () => {
    expect(best([3, -4], { norm: "inf" })).toMatchObject({ h: [1, -1], preactivation: 7, unique: true });
  });

  test("does not depend on W x + b, which its value does", () => {
    const more = { W_f: [[2], [0]], x_t: [3], b_f: [0.5, 0], h_prev: [9, 9] };
    expect(best([3, 4], {}, more)).toMatchObject({ h: [0.6, 0.8], preactivation: 11.5 });
  });

  test("has its minimum at the opposite vector, without a negative zero", () => {
    expect(best([3, 4], { goal: "min" })).toMatchObject({ h: [-0.6, -0.8], preactivation: -5 });
    expect(best([0, 2], { goal: "min", norm: "1" }).h).toEqual([0, -1]);
    expect(best([-0, 2], { goal: "min", norm: "inf" }).h).toEqual([0, -1]);
  });
});

describe("where several vectors are optimal", () => {
  test("p = 1 takes the first of equal largest entries and says so", () => {
    expect(best([1, -2, 2], { norm: "1" })).toMatchObject({ h: [0, -1, 0], unique: false });
  });

  test("p = ∞ leaves 0 where the row is zero and says so", () => {
    expect(best([1, 0], { norm: "inf" })).toMatchObject({ h: [1, 0], preactivation: 1, unique: false });
    expect(best([1, 0], { norm: "2" }).unique).toBe(true);
  });

  test.each(["1", "2", "inf"] as const)(
    "a zero row has no optimum of its own: null, the value at any h (p = %s)",
    (norm) => {
      for (const goal of ["max", "min"] as const) {
        expect(best([0, 0], { norm, goal }, { b_f: [0, 0] })).toMatchObject({
          h: null,
          preactivation: 0,
          activation: 0.5,
          unique: false,
        });
      }
    },
  );
});

describe("at extreme scales", () => {
  test.each([2 ** 665, 2 ** -665, 2 ** 1020, 2 ** -1070])("a row times %d has the same direction", (scale) => {
    const { h, preactivation } = best([3 * scale, 4 * scale]);
    expect(h).toEqual([0.6, 0.8]);
    expect(preactivation).toBe(5 * scale);
  });

  test("a norm beyond the doubles is an error that names the unit", () => {
    const problems = (options: OptimumOptions) => {
      try {
        return optimum(parseCell({ U_f: matrix(2, 1, 0, 1.7e308, 1.7e308) }), "f", options);
      } catch (error) {
        return (error as DlstmError).problems;
      }
    };
    const expected = (place: string) => [expect.objectContaining({ code: "overflow", place })];
    expect(problems({})).toEqual(expected("optimum.2.max.f.preactivation[1]"));
    expect(problems({ norm: "inf", goal: "min" })).toEqual(expected("optimum.inf.min.f.preactivation[1]"));
    expect(problems({ norm: "1" })).toMatchObject([{ preactivation: 1 }, { preactivation: 1.7e308 }]);
  });
});

test("the candidate's value is tanh, and only the units asked for are answered, in that order", () => {
  const found = optimum(parseCell({ U_u: matrix(2, 1, 0, 0, 0.5) }), "u", { units: [1, 0] });
  expect(found.map(({ unit, preactivation }) => [unit, preactivation])).toEqual([
    [1, 0.5],
    [0, 1],
  ]);
  expect(found[1].activation).toBe(0.7615941559557649);
});

test("a gate that the cell lacks is an error that names its key", () => {
  expect(() => optimum(parseCell({ U_f: [[1]] }), "o")).toThrow(DlstmError);
  expect(() => optimum(parseCell({ U_f: [[1]] }), "o")).toThrow(/U_o/);
});
