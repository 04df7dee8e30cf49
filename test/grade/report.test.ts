import { describe, expect, test } from "vitest";
import { matrix } from "../../src/grade/entries.ts";
import { fractionOf } from "../../src/grade/fraction.ts";
import { gradeAnswer } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
import { DEFAULT_OPTIONS } from "../../src/grade/options.ts";
import { mapOf, scored } from "../../src/grade/report.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { randomCell, workOut } from "./lesson.ts";

describe("what the teacher keeps back", () => {
  const native = randomCell(1);
  const key = cellKey(parseCell(native));
  const { z, gates } = workOut(native);
  const answer = {
    gates: { f: z.f.map(Math.tanh), i: gates.i.map((x) => x + 0.1) },
    jacobian: { f: { h_prev: [[1]] } },
  };

  test("no expected number is anywhere in the result", () => {
    const text = JSON.stringify(gradeAnswer(key, answer, { hideExpected: true }));
    const shown = JSON.stringify(gradeAnswer(key, answer));
    for (const x of [...gates.f, ...gates.i]) expect(text).not.toContain(String(x).slice(0, 8));
    expect(gates.f.some((x) => shown.includes(String(x).slice(0, 8)))).toBe(true);
    for (const { worst } of gradeAnswer(key, answer, { hideExpected: true }).tests)
      expect(worst?.expected ?? null).toBeNull();
  });

  test("hints are told in full, by name, or not at all", () => {
    const [full] = gradeAnswer(key, answer).tests;
    expect([full.diagnosis, full.hint]).toEqual(["tanh-for-sigmoid", expect.stringContaining("activation")]);
    const [id] = gradeAnswer(key, answer, { hints: "id" }).tests;
    expect([id.diagnosis, id.hint]).toEqual(["tanh-for-sigmoid", null]);
    for (const { diagnosis, hint } of gradeAnswer(key, answer, { hints: "none" }).tests) {
      expect([diagnosis, hint]).toEqual([null, null]);
    }
  });
});

test("five units that are not in the answer are named, and how many more there are", () => {
  const U_f = Array.from({ length: 7 }, (_, r) => Array.from({ length: 7 }, (_, k) => (r === k ? 1 : 0)));
  const units = U_f.map((h_prev, unit) => ({ unit, h_prev }));
  const messageWith = (n: number) =>
    gradeAnswer(cellKey(parseCell({ U_f })), { optimum: { gates: { f: units.slice(0, n) } } }).tests[0].message;
  expect(messageWith(1)).toContain("; units 1, 2, 3, 4, 5 and 1 more are not in the answer");
  expect(messageWith(2)).toContain("; units 2, 3, 4, 5, 6 are not in the answer");
  expect(messageWith(6)).toContain("; unit 6 is not in the answer");
});

test("a map of wrong entries is for at most 32 rows of 64 columns, and for what is not all right", () => {
  const mapFor = (rows: number, cols: number, wrongEntry: number | null) => {
    const wrong = new Uint8Array(rows * cols);
    if (wrongEntry !== null) wrong[wrongEntry] = 1;
    const comparison = {
      right: rows * cols - (wrongEntry === null ? 0 : 1),
      entries: rows * cols,
      missing: 0,
      missed: 0,
      wrong,
      worst: -1,
    };
    return mapOf(matrix({ rows, cols, data: new Float64Array(rows * cols) }), comparison);
  };
  expect(mapFor(2, 3, 4)).toEqual(["...", ".x."]);
  expect(mapFor(2, 3, null)).toBeNull();
  const largest = mapFor(32, 64, 64);
  expect([largest!.length, largest![0], largest![1]]).toEqual([32, ".".repeat(64), `x${".".repeat(63)}`]);
  expect([mapFor(33, 64, 0), mapFor(32, 65, 0), mapFor(33, 1, 0), mapFor(1, 65, 0)]).toEqual([null, null, null, null]);
});

test("a quantity of no entries earns nothing", () => {
  const finding = { name: "h_t", points: fractionOf(2), right: 0, entries: 0, message: "", worst: null, map: null };
  const unnamed = { diagnosis: null, follows: null, candidates: [], followed: [] };
  const { test: own } = scored({ ...finding, ...unnamed }, DEFAULT_OPTIONS);
  expect([own.score, own.max_score, own.status]).toEqual([0, 2, "failed"]);
});
