import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Matrix } from "../../src/linalg/matrix.ts";
import { stepDerivatives } from "../../src/lstm/results/derivatives.ts";
import { checkOwn, entriesOf, failuresOfSequence, failuresOfStep, namesOf, placeOf } from "../helpers/claims.ts";
import { fixture, fixtureNames } from "../helpers/fixtures.ts";
import { randomDoubles } from "../helpers/random-doubles.ts";
import { cellOf, PLAN_NAMES } from "../promise/cells.ts";
import type { NativeCell } from "../promise/reference.ts";

const CELL = fixture<NativeCell>("bias-and-input.json");
const SEQUENCE = fixture("sequence.json");
const PATHS = [...stepDerivatives(parseCell(CELL)).keys()];
const GATES = ["f", "i", "o", "u"] as const;
/** The entry that the least has been cancelled from. */
const largestOf = (entries: Float64Array) =>
  entries.reduce((best, e, k) => (Math.abs(e) > Math.abs(entries[best]!) ? k : best), 0);
const sigma = (z: number) => 1 / (1 + Math.exp(-z));

/** One gate g alone, a unit, z_g = z, with the given other pre-activations. */
const oneUnit = (z: Partial<Record<(typeof GATES)[number], number>>): NativeCell => {
  const cell: NativeCell = { h_prev: [1], c_prev: [0.75] };
  for (const g of GATES) {
    cell[`U_${g}`] = [[0.5]];
    cell[`b_${g}`] = [(z[g] ?? 0.25) - 0.5];
  }
  return cell;
};

describe("our own derivatives pass", () => {
  test.each(fixtureNames(".").filter((name) => name.endsWith(".json")))("of fixtures/%s", (name) => {
    const { passed, quantities } = checkOwn(fixture(name));
    expect(quantities.filter((quantity) => !quantity.passed)).toEqual([]);
    expect(passed).toBe(true);
  });

  test.each(PLAN_NAMES.map((name, k) => [name, k] as const))("of random cells: %s", (_, k) => {
    const native = cellOf(k + 5 * PLAN_NAMES.length);
    expect(checkOwn(native, { columns: 2 }).quantities.filter(({ passed }) => !passed)).toEqual([]);
  });

  test.each<[string, object]>([
    ["a lone gate", { U_i: [[1]], W_i: [[1]], x_t: [1] }],
    ["all zeros", { U_f: [[0]], U_i: [[0]], U_o: [[0]], U_u: [[0]] }],
    ["W without x_t", { ...CELL, x_t: undefined }],
    ["no state", { ...CELL, h_prev: undefined, c_prev: undefined }],
    ["no o", { U_f: [[1]], U_i: [[1]], U_u: [[1]], h_prev: [1] }],
    ["|z| of 1e305", { U_f: [[1e300]], U_i: [[1e300]], U_o: [[1]], U_u: [[-1e300]], h_prev: [1e5] }],
    ["the smallest doubles", { ...oneUnit({}), U_f: [[5e-324]], U_u: [[1e-310]], c_prev: [5e-324] }],
    ["gates beyond the doubles", oneUnit({ f: 700, i: -745, o: 740, u: 372 })],
    ["the largest c_prev", { ...oneUnit({ f: 40 }), c_prev: [1.7e308] }],
    ["upstream gradients that cancel and are huge", { ...oneUnit({}), dh_t: [1e300], dc_t: [-1e300] }],
  ])("of %s", (_, native) => {
    const given = JSON.parse(JSON.stringify(native));
    expect(checkOwn(given).quantities.filter(({ passed }) => !passed)).toEqual([]);
  });

  test("where a product of gradients is below all doubles, and zero is its double", () => {
    const tiny = {
      ...oneUnit({ o: -600, u: 1e-300 }),
      U_f: [[1e-290]],
      U_i: [[1e-290]],
      U_o: [[1e-290]],
      U_u: [[1e-290]],
    };
    expect(checkOwn(tiny).passed).toBe(true);
  });
});

describe("one entry off by 1e-12 is found where it is", () => {
  test.each(PATHS)("%s", (path) => {
    const claim = stepDerivatives(parseCell(CELL)).get(path)!;
    for (const k of [0, entriesOf(claim).length - 1]) {
      const plant = (claims: Map<string, typeof claim>) => {
        const entries = entriesOf(claims.get(path)!);
        entries[k] = entries[k] === 0 ? 1e-300 : entries[k]! * (1 + 1e-12);
      };
      // once among all the others, which pass
      const found = failuresOfStep(CELL, plant, k === 0 ? undefined : path);
      expect(found).toMatchObject([{ ...namesOf(path), worst: placeOf(claim, k) }]);
      expect(found).toHaveLength(1);
    }
  });

  test.each([1, 3, 5])("at step %s of a sequence, by block", (t) => {
    for (const of of ["h_t", "c_t"] as const) {
      const byState = failuresOfSequence(SEQUENCE, ({ steps }) => {
        steps[t - 1]![of].h_prev.data[2]! *= 1 + 1e-12;
      });
      expect(byState).toContainEqual(
        expect.objectContaining({ of, wrt: "h_prev", worst: expect.objectContaining({ t, row: 1, column: 0 }) }),
      );
      const byMemory = failuresOfSequence(SEQUENCE, ({ steps }) => {
        steps[t - 1]![of].c_prev[1]! *= 1 + 1e-12;
      });
      expect(byMemory).toContainEqual(
        expect.objectContaining({ of, wrt: "c_prev", worst: expect.objectContaining({ t, row: 1, column: 1 }) }),
      );
    }
  });

  test("in the product and in the gradient of a sequence", () => {
    let paths: string[] = [];
    failuresOfSequence(SEQUENCE, ({ whole }) => {
      paths = [...whole.keys()];
    });
    expect(paths).toEqual(expect.arrayContaining(["jacobian.h_T.c_0", "gradient.x", "gradient.W_u", "gradient.b_f"]));
    // steps.* have a test of their own
    for (const path of paths.filter((known) => !known.startsWith("steps."))) {
      let index = 0;
      let place = {};
      const found = failuresOfSequence(SEQUENCE, ({ whole }) => {
        const claim = whole.get(path)!;
        index = largestOf(entriesOf(claim));
        place = placeOf(claim, index);
        // what is summed over the steps cancels to a sixtieth in b_i
        entriesOf(claim)[index]! *= 1 + (path.startsWith("gradient") ? 1e-11 : 1e-12);
      });
      expect(found, path).toMatchObject([{ ...namesOf(path), worst: place }]);
    }
  });

  test.each([300, -300])("of a gate at z = %s, and of every path through it", (z) => {
    for (const g of GATES) {
      const paths = [`jacobian.${g}.h_prev`, `terms.${g}`, `gradient.U_${g}`];
      for (const path of paths) {
        const found = failuresOfStep(
          oneUnit({ [g]: z }),
          (claims) => {
            entriesOf(claims.get(path)!)[0]! *= 1 + 1e-12;
          },
          path,
        );
        expect(found, `${path} at ${z}`).toMatchObject([namesOf(path)]);
      }
    }
  });

  test("near the smallest normal double", () => {
    const cell = { ...oneUnit({}), U_f: [[1e-300]] };
    const found = failuresOfStep(cell, (claims) => {
      entriesOf(claims.get("jacobian.f.h_prev")!)[0]! *= 1 + 1e-12;
    });
    expect(found).toMatchObject([{ of: "f", wrt: "h_prev" }]);
  });
});

describe("a wrong formula is found", () => {
  /** Row r and column k of a claim as a function of the right entry. */
  const replace = (path: string, entry: (right: number, r: number, k: number, matrix: Matrix) => number) =>
    failuresOfStep(
      CELL,
      (claims) => {
        const right = claims.get(path) as Matrix;
        const data = right.data.map((value, index) => {
          return entry(value, Math.floor(index / right.cols), index % right.cols, right);
        });
        claims.set(path, { ...right, data });
      },
      path,
    ).map(({ of, wrt }) => `${of} by ${wrt}`);

  const z = (g: (typeof GATES)[number], r: number) => {
    const dot = (row: number[], v: number[]) => row.reduce((sum, entry, k) => sum + entry * v[k]!, 0);
    return dot(CELL[`W_${g}`]![r]!, CELL.x_t!) + dot(CELL[`U_${g}`]![r]!, CELL.h_prev!) + CELL[`b_${g}`]![r]!;
  };

  const SQUARE = PATHS.filter((path) => /^(jacobian\..*h_prev|terms|gradient\.U)/.test(path));
  test.each(SQUARE)("%s transposed", (path) => {
    const found = replace(path, (_, r, k, { data, cols }) => data[k * cols + r]!);
    expect(found).toEqual([`${namesOf(path).of} by ${namesOf(path).wrt}`]);
  });

  test.each(GATES)("∂%s without σ′", (g) => {
    expect(replace(`jacobian.${g}.h_prev`, (_, r, k) => CELL[`U_${g}`]![r]![k]!)).toEqual([`${g} by h_prev`]);
    expect(replace(`jacobian.${g}.x_t`, (_, r, k) => CELL[`W_${g}`]![r]![k]!)).toEqual([`${g} by x_t`]);
  });

  test.each(["f", "i", "o"] as const)("∂%s with the columns of U scaled", (g) => {
    const slope = (d: number) => sigma(z(g, d)) * sigma(-z(g, d));
    // the slope of the column in place of the row's, the entry itself right
    expect(replace(`jacobian.${g}.h_prev`, (right, r, k) => (right / slope(r)) * slope(k))).toEqual([`${g} by h_prev`]);
  });

  test.each(["f", "i", "u"] as const)("T_%s, ∂h_t and ∂L without 1 − tanh²", (g) => {
    const c_t = (r: number) => sigma(z("f", r)) * CELL.c_prev![r]! + sigma(z("i", r)) * Math.tanh(z("u", r));
    const without = (right: number, r: number) => right / (1 - Math.tanh(c_t(r)) ** 2);
    expect(replace(`terms.${g}`, without)).toEqual([`terms.${g} by h_prev`]);
    expect(replace(`jacobian.h_t.c_prev`, without)).toEqual(["h_t by c_prev"]);
    expect(replace(`gradient.U_${g}`, without)).toEqual([`loss by U_${g}`]);
  });

  test.each([40, -300, 345])("zero for the derivative of a gate at z = %s", (at) => {
    for (const g of GATES) {
      for (const path of [`jacobian.${g}.h_prev`, `terms.${g}`, `gradient.b_${g}`]) {
        const found = failuresOfStep(
          oneUnit({ [g]: at }),
          (claims) => {
            entriesOf(claims.get(path)!)[0] = 0;
          },
          path,
        );
        expect(found, path).toMatchObject([{ ...namesOf(path), max_rel_error: 1, worst: { closed_form: 0 } }]);
      }
    }
  });

  test("a product that misses the path of the memory", () => {
    const found = failuresOfSequence(SEQUENCE, ({ steps, whole }) => {
      let product = [1, 0, 0, 1];
      for (const { h_t } of steps) {
        const [a, b, c, d] = h_t.h_prev.data as unknown as [number, number, number, number];
        const [p, q, r, s] = product as [number, number, number, number];
        product = [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s];
      }
      (whole.get("jacobian.h_T.h_0") as Matrix).data.set(product);
    });
    expect(found).toMatchObject([{ of: "h_T", wrt: "h_0" }]);
  });
});

describe("every double enters the reference exactly", () => {
  const one = (value: number) => ({ U_f: [[value]], U_i: [[value]], U_o: [[value]], U_u: [[value]] });
  const weights = { W_f: [[1]], W_i: [[1]], W_o: [[1]], W_u: [[1]] };

  // the shortest decimal of a double is another number
  test("an upstream gradient of 0.3 along a sequence is expected to be 0.3", () => {
    const cell = { ...one(0.5), ...weights, x: [[1]], dh_t: [0.3] };
    expect(checkOwn(cell).quantities.filter(({ passed }) => !passed)).toEqual([]);
  });

  test("so is one of any 53 bits and any exponent, at every step", () => {
    const draw = randomDoubles(11);
    for (let k = 0; k < 20; k++) {
      const dh_t = [[draw()], [draw()], [draw()]];
      const { quantities } = checkOwn({ ...one(0.5), ...weights, x: [[1], [0.1], [-2]], dh_t });
      expect(quantities.filter(({ passed }) => !passed)).toEqual([]);
    }
  });
});

describe("what leaves the double range is named, and the rest judged", () => {
  const CELLS = { U_f: [[0.1]], U_i: [[0.2]], U_o: [[0.3]], U_u: [[0.4]], h_prev: [0.5], c_prev: [0.7] };
  const LARGE = { ...CELLS, W_f: [[0]], W_i: [[0]], W_o: [[0]], W_u: [[0]], dh_t: [1e200] };

  test.each([
    ["a step", { x_t: [1e200] }],
    ["a sequence", { x: [[1], [1e200]] }],
  ])("of %s", (_, input) => {
    const { passed, quantities, not_judged } = checkOwn({ ...LARGE, ...input });
    expect(passed).toBe(true);
    expect(not_judged).toEqual(
      ["W_f", "W_i", "W_o", "W_u"].map((wrt) => ({ of: "loss", wrt, entries: 1, first: { row: 0, column: 0 } })),
    );
    expect(quantities.map(({ wrt }) => wrt)).toEqual(expect.arrayContaining(["U_f", "b_u", "c_prev"]));
  });

  test("entry by entry, with its step", () => {
    const dh_t = [[0.1], [1.7e308], [1.7e308]];
    const { quantities, not_judged } = checkOwn({ ...one(2), x: [[0], [0], [0]], dh_t });
    const steps = (list: readonly { of: string; wrt: string; entries: number }[]) =>
      list.find(({ wrt }) => wrt === "h_t")?.entries;
    expect([steps(quantities), steps(not_judged ?? [])]).toEqual([1, 2]);
    expect(not_judged?.find(({ wrt }) => wrt === "h_t")?.first).toEqual({ t: 2, row: 0, column: null });
  });

  test("of a step's Jacobian, whose product is judged all the same", () => {
    const cell = { ...one(1), U_f: [[1e308]], c_prev: [1e10], x: [[0], [0.1], [0.2]], dh_t: [0] };
    const { passed, quantities, not_judged } = checkOwn(cell);
    expect(passed).toBe(true);
    expect(not_judged).toContainEqual({ of: "c_t", wrt: "h_prev", entries: 1, first: { t: 1, row: 0, column: 0 } });
    expect(quantities.find(({ of, wrt }) => of === "c_T" && wrt === "h_0")?.entries).toBe(1);
  });

  const one = (value: number) => ({
    ...{ U_f: [[value]], U_i: [[value]], U_o: [[value]], U_u: [[value]] },
    ...{ W_f: [[1]], W_i: [[1]], W_o: [[1]], W_u: [[1]], c_prev: [1] },
  });
});
