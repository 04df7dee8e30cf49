import { describe, expect, test } from "vitest";
import { vector } from "../../src/grade/entries.ts";
import { gradeAnswer } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
import { agrees, judged, type Tolerance } from "../../src/grade/tolerance.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { fixture } from "../helpers/fixtures.ts";
import { Draws } from "../promise/rounded-cells.ts";
import { answerWith, type Numbers, randomCell, scaleRows, workOut } from "./lesson.ts";

const SEEDS = [...Array(20).keys()];

function rounded(value: Numbers, digits: number): Numbers {
  return value.map((entry) =>
    Array.isArray(entry) ? rounded(entry, digits) : Number(entry.toPrecision(digits)),
  ) as Numbers;
}

/** Right answers of a random cell, by path. */
function rightAnswers(seed: number): [string, Numbers][] {
  const cell = randomCell(seed);
  const { gates, c_t, h_t, prime } = workOut(cell);
  return [
    ["gates.f", gates.f],
    ["c_t", c_t],
    ["h_t", h_t],
    ["jacobian.f.h_prev", scaleRows(prime.f, cell.U_f)],
  ];
}

const gradeOne = (seed: number, path: string, value: Numbers, tolerance?: Tolerance) => {
  const key = cellKey(parseCell(randomCell(seed)));
  return gradeAnswer(key, answerWith(path, value), tolerance ? { tolerance } : {}).tests[0];
};

describe("right answers in few digits", () => {
  test.each([15, 6, 5])("%d significant digits are right within the default of 1e-4", (digits) => {
    for (const seed of SEEDS) {
      for (const [path, value] of rightAnswers(seed)) {
        expect(gradeOne(seed, path, rounded(value, digits)).status).toBe("passed");
      }
    }
  });

  test("4 digits are right where half a unit of the last is within 1e-4 of the number, else they are too few, and it is said", () => {
    let failed = 0;
    for (const seed of SEEDS) {
      for (const [path, value] of rightAnswers(seed)) {
        const { status, diagnosis } = gradeOne(seed, path, rounded(value, 4));
        const isWithin = (value.flat() as number[]).every(
          (e) => Math.abs(Number(e.toPrecision(4)) - e) <= 1e-4 * Math.abs(e),
        );
        expect([status, diagnosis]).toEqual(isWithin ? ["passed", null] : ["failed", "too-few-digits"]);
        failed += isWithin ? 0 : 1;
      }
    }
    expect(failed).toBeGreaterThan(20);
  });

  test("3 decimals are too few, and it is said", () => {
    for (const seed of SEEDS) {
      for (const [path, value] of rightAnswers(seed)) {
        const short = value.map((x) => (Array.isArray(x) ? x.map((y) => Number(y.toFixed(3))) : Number(x.toFixed(3))));
        expect(gradeOne(seed, path, short as Numbers)).toMatchObject({ status: "failed", diagnosis: "too-few-digits" });
      }
    }
  });

  test("4 digits are right by sigfig and decdig that ask for 4 and for 3", () => {
    for (const seed of SEEDS) {
      for (const [path, value] of rightAnswers(seed)) {
        const four = rounded(value, 4);
        expect(gradeOne(seed, path, four, { compare: "sigfig", digits: 4 }).status).toBe("passed");
        expect(gradeOne(seed, path, four, { compare: "sigfig", digits: 6 }).status).toBe("failed");
      }
      const [[path, gates]] = rightAnswers(seed);
      expect(gradeOne(seed, path, rounded(gates, 4), { compare: "decdig", digits: 3 }).status).toBe("passed");
    }
  });

  test("the very number is right by sigfig also where half a unit of its last digit is below any double", () => {
    for (const e of [1e-320, -5e-324, 2.5e-310, 0]) {
      const numbers = judged(vector(Float64Array.of(e)), { compare: "sigfig", digits: 15 });
      expect(agrees(numbers, 0, e)).toBe(true);
      expect(agrees(numbers, 0, e + 1e-300)).toBe(e === 0);
    }
  });

  test("zeros and whole numbers are not right answers in few digits", () => {
    for (const seed of SEEDS) {
      const n = randomCell(seed).b_f.length;
      for (const x of [0, 1]) expect(gradeOne(seed, "gates.f", Array(n).fill(x)).diagnosis).toBeNull();
    }
  });
});

describe("the scale of the tolerance", () => {
  const entries = vector(Float64Array.of(0, 1e-17, 2e-17));
  const agreeing = (tolerance: Tolerance, answer: number[]) =>
    answer.map((a, k) => agrees(judged(entries, tolerance), k, a));

  test("is the row's, so that zeros do not match a saturated gate; absolute, they do", () => {
    const row: Tolerance = { compare: "row", rtol: 1e-4, atol: 1e-8 };
    expect(agreeing(row, [0, 0, 0])).toEqual([true, false, false]);
    expect(agreeing({ ...row, compare: "relabs" }, [0, 0, 0])).toEqual([true, true, true]);
    expect(agreeing(row, [1e-25, 1.0001e-17, 2.0002e-17])).toEqual([true, true, true]);
    expect(agreeing(row, [1e-24, 1.0002e-17, Number.NaN])).toEqual([false, false, false]);
  });

  test("a saturated cell is not matched by zeros, and is by its own digits", () => {
    const native = fixture<{ U_f: number[][] }>("saturated-gates.json");
    const key = cellKey(parseCell(native));
    const zeros = native.U_f.map((row) => row.map(() => 0));
    const { tests } = gradeAnswer(key, { jacobian: { f: { h_prev: zeros } } });
    expect(tests[0]).toMatchObject({ status: "failed" });
  });

  test("of a zero row is the quantity's, and of a zero quantity 1", () => {
    const row: Tolerance = { compare: "row", rtol: 0, atol: 1e-8 };
    const twoRows = { kind: "matrix", rows: 2, cols: 1, data: Float64Array.of(0, 1e-10) } as const;
    expect([1e-18, 1e-17].map((a) => agrees(judged(twoRows, row), 0, a))).toEqual([true, false]);
    const zero = vector(Float64Array.of(0, 0));
    expect([1e-8, 1.1e-8].map((a) => agrees(judged(zero, row), 0, a))).toEqual([true, false]);
  });

  test("NaN and infinities agree with nothing", () => {
    for (const tolerance of [
      { compare: "row", rtol: 1e9, atol: 1e9 },
      { compare: "decdig", digits: -400 },
    ] as const) {
      expect(agreeing(tolerance, [Number.NaN, Infinity, -Infinity])).toEqual([false, false, false]);
    }
  });
});

// bounds as PrairieLearn's is_correct_scalar_dd and is_correct_scalar_sf: e − eps < a < e + eps
test.each([
  ["decdig", 2, 0.5, 0.505, true],
  ["decdig", 2, 0.5, 0.5052, false],
  ["decdig", 0, 100, 100.5, true],
  ["sigfig", 2, 0, 0.05, true],
  ["sigfig", 2, 0, 0.052, false],
  ["sigfig", 3, 1234, 1239, true],
  ["sigfig", 3, 1234, 1239.2, false],
  ["sigfig", 2, 0.00123, 0.00128, true],
  ["sigfig", 2, -0.00123, -0.001282, false],
] as const)("%s with %d digits: for %d, %d is %s", (compare, digits, e, a, expected) => {
  expect(agrees(judged(vector(Float64Array.of(e)), { compare, digits }), 0, a)).toBe(expected);
});

test("ulp: so many units in the last place of the key's entry, 0 and subnormal numbers included", () => {
  const next = (x: number, k: number) => {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setFloat64(0, x);
    bits.setBigInt64(0, bits.getBigInt64(0) + BigInt(k));
    return bits.getFloat64(0);
  };
  const draws = new Draws(7);
  for (const e of [-1074, -1030, -1022, -1, 0, 52, 1000]) {
    const value = e < -1022 ? 3 * 2 ** e : Math.abs(draws.number(e));
    for (const ulps of [0, 1, 4]) {
      const key = judged(vector(Float64Array.of(value, -value)), { compare: "ulp", ulps });
      expect([agrees(key, 0, next(value, ulps)), agrees(key, 0, next(value, ulps + 1))]).toEqual([true, false]);
      expect([agrees(key, 1, next(-value, ulps)), agrees(key, 1, next(-value, ulps + 1))]).toEqual([true, false]);
    }
  }
  // there is no double after it, but one before
  const last = judged(vector(Float64Array.of(Number.MAX_VALUE, -Number.MAX_VALUE)), { compare: "ulp", ulps: 1 });
  expect([...last.allowances]).toEqual([2 ** 971, 2 ** 971]);
  const before = Number.MAX_VALUE - 2 ** 971;
  expect([agrees(last, 0, before), agrees(last, 1, -before)]).toEqual([true, true]);
  expect([agrees(last, 0, before - 2 ** 971), agrees(last, 0, Number.POSITIVE_INFINITY)]).toEqual([false, false]);
  const zero = judged(vector(Float64Array.of(0)), { compare: "ulp", ulps: 2 });
  expect([agrees(zero, 0, -1e-323), agrees(zero, 0, 1.5e-323)]).toEqual([true, false]);
});
