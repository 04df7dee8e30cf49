import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { DlstmError } from "../../src/errors.ts";
import { exactGoldens, flatten } from "../helpers/fixtures.ts";
import { cellOf, PLAN_NAMES } from "./cells.ts";
import { climb } from "./climb.ts";
import { exact, Real, sigmoid, tanh } from "./exact.ts";
import { ALLOWED, compute, type Deviations, measure, type Numbers, violations } from "./measure.ts";
import { type NativeCell, reference } from "./reference.ts";

const CELLS = 250;

describe("rounded once", () => {
  const deviations: Deviations = new Map();
  beforeAll(() => {
    for (let seed = 0; seed < CELLS; seed++) measure(reference(cellOf(seed)), compute(cellOf(seed)), seed, deviations);
  });

  test(`every entry of ${CELLS} seeded cells is within half an ulp`, () => {
    expect(violations(deviations)).toEqual([]);
  });

  test("which is about most entries of every quantity, so that holding it means something", () => {
    expect(deviations.size).toBe(4 * 5 + 4 * 3 * 2 * 3 + 3 + 3 * 3 + 4);
    for (const [quantity, { errors, skipped }] of deviations) {
      expect(errors.length, quantity).toBeGreaterThan(2 * skipped);
      expect(errors.length, quantity).toBeGreaterThan(CELLS);
    }
  });

  test.each(["gates.", "c_t", "h_t", "jacobian.h_t.h_prev", "terms."])(
    "no climbing leads further, for %s",
    (family) => {
      const start = cellOf(PLAN_NAMES.indexOf("plain"));
      const height = climb(start, (quantity) => quantity.startsWith(family), 150, 7);
      expect(height).toBeGreaterThan(0.48);
      expect(height).toBeLessThanOrEqual(ALLOWED);
    },
  );
});

describe("at the ends of the double range", () => {
  const entry = fc.oneof(
    { weight: 3, arbitrary: fc.double({ min: -3, max: 3, noNaN: true }) },
    { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(0, -0, 5e-324, -1e308, Number.MAX_VALUE, -Number.MAX_VALUE, 1e160, 1e-160),
    },
  );
  const vector = fc.array(entry, { minLength: 2, maxLength: 2 });
  const square = fc.array(vector, { minLength: 2, maxLength: 2 });
  const matrices = ["W_f", "W_i", "W_o", "W_u", "U_f", "U_i", "U_o", "U_u"].map((key) => [key, square]);
  const vectors = ["b_f", "b_i", "b_o", "b_u", "x_t", "h_prev", "c_prev"].map((key) => [key, vector]);
  const cells: fc.Arbitrary<NativeCell> = fc.record(Object.fromEntries([...matrices, ...vectors]));

  test("every result is finite, or an error that names the entry", () => {
    let finite = 0;
    const check = (cell: NativeCell) => {
      try {
        const infinite = [...compute(cell)].filter(([, rows]) => !rows.every((row) => row.every(Number.isFinite)));
        if (infinite.length > 0) throw new Error(`not finite: ${infinite.map(([quantity]) => quantity)}`);
        finite += 1;
      } catch (error) {
        if (!(error instanceof DlstmError)) throw error;
        expect(error.problems).toEqual([
          expect.objectContaining({ code: "overflow", place: expect.stringMatching(/^[\w.]+(\[\d\])+$/) }),
        ]);
      }
    };
    fc.assert(fc.property(cells, check), { seed: 2008, numRuns: 2000 });
    expect(finite).toBeGreaterThan(100);
  });
});

describe("the reference", () => {
  test.each(exactGoldens())("agrees with mpmath to 24 digits: $name", (golden) => {
    const own = reference(golden.cell);
    const expected = flatten<string>(golden.expected);
    expect([...expected.keys()].sort()).toEqual([...own.keys()].sort());
    for (const [quantity, rows] of own) {
      expect(expected.get(quantity)!.map((row) => row.length)).toEqual(rows.map((row) => row.length));
      rows.forEach((entries, row) => {
        entries.forEach(({ value }, column) => {
          const theirs = new Real(expected.get(quantity)![row][column]);
          const apart = theirs.minus(value).abs();
          // what is far below the doubles, σ(−1e200) say, is some tiny number in both
          const close = apart.lte(value.abs().times("1e-24")) || apart.lt("1e-340");
          expect(close, `${quantity}[${row}][${column}]: ${value.toPrecision(26)}, mpmath ${theirs}`).toBe(true);
        });
      });
    }
  });

  test("takes a double for what it is, not for the shortest decimal that reads back as it", () => {
    expect(exact(0.1).toFixed()).toBe("0.1000000000000000055511151231257827021181583404541015625");
    expect(exact(-(2 ** 80)).toFixed()).toBe("-1208925819614629174706176");
    expect(exact(Number.MIN_VALUE).times(new Real(2).pow(1074)).toPrecision(30)).toBe(`1.${"0".repeat(29)}`);
  });

  test("keeps 30 digits of σ′ and 1 − tanh² at |z| = 300", () => {
    for (const z of [300, -300]) {
      const e = new Real(-300).exp();
      const near = (derivative: Real, series: Real) =>
        expect(derivative.div(series).minus(1).abs().lt("1e-50")).toBe(true);
      near(sigmoid(exact(z)).derivative, e.minus(e.times(e).times(2)));
      near(tanh(exact(z)).derivative, e.times(e).times(4).minus(e.pow(4).times(8)));
    }
  });
});

describe("an error planted in what src computes is found", () => {
  /** What the measure says of the cell's numbers once an error is planted in them. */
  function findings(cell: NativeCell, plant: (numbers: Numbers) => void): string[] {
    const numbers = compute(cell);
    expect(violations(measure(reference(cell), numbers, 0))).toEqual([]);
    plant(numbers);
    return violations(measure(reference(cell), numbers, 0));
  }

  const wide: NativeCell = { ...cellOf(PLAN_NAMES.indexOf("plain")), name: "plain" };
  const one = (z: number): NativeCell => ({ U_f: [[0.7]], U_i: [[0.3]], U_o: [[-0.2]], U_u: [[0.9]], b_f: [z] });

  test("one entry of any quantity off by one ulp", () => {
    for (const [quantity, rows] of compute(wide)) {
      // what is exactly zero by form is known to be
      if (rows[0]![0] === 0) continue;
      const found = findings(wide, (numbers) => {
        numbers.get(quantity)![0]![0]! *= 1 + 2 ** -52;
      });
      expect(found).toEqual([expect.stringContaining(`${quantity}[0][0] of cell 0`)]);
    }
  });

  test("a gate from a plain dot product where U h cancels against W x", () => {
    const cell: NativeCell = { ...one(0), W_f: [[1e10, 0.1]], x_t: [0.1, 3], h_prev: [1], b_f: [0.25] };
    for (const g of ["i", "o", "u"] as const) cell[`W_${g}`] = [[0, 0]];
    cell.U_f = [[-1e9]];
    const found = findings(cell, (numbers) => {
      const z = 1e10 * 0.1 + 0.1 * 3 + -1e9 * 1 + 0.25;
      numbers.set("gates.f", [[1 / (1 + Math.exp(-z))]]);
    });
    expect(found).toEqual([expect.stringContaining("gates.f[0][0]")]);
  });

  test("σ′ as σ(1 − σ) at z = 20", () => {
    const f = 1 / (1 + Math.exp(-20));
    const found = findings(one(20), (numbers) => numbers.set("jacobian.f.h_prev", [[f * (1 - f) * 0.7]]));
    expect(found).toEqual([expect.stringContaining("jacobian.f.h_prev[0][0]")]);
  });

  test("a transposed Jacobian, a missing quantity, a NaN and an exact zero that is not zero", () => {
    const cell = cellOf(PLAN_NAMES.length * 3);
    const transpose = (rows: number[][]) => rows[0].map((_, k) => rows.map((row) => row[k]));
    const plants: [string, (rows: number[][]) => number[][] | undefined][] = [
      ["jacobian.f.h_prev", transpose],
      ["gates.o", () => undefined],
      ["c_t", (rows) => rows.map(() => [Number.NaN])],
      ["jacobian.u.c_prev", (rows) => rows.map((row) => row.map(() => 1e-300))],
    ];
    expect(reference(cell).get("c_t")!.length).toBeGreaterThan(1);
    for (const [quantity, spoil] of plants) {
      const found = findings(cell, (numbers) => {
        const spoilt = spoil(numbers.get(quantity)!);
        if (spoilt) numbers.set(quantity, spoilt);
        else numbers.delete(quantity);
      });
      expect(found).toEqual([expect.stringContaining(quantity)]);
    }
  });
});
