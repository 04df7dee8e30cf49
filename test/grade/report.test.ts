import { describe, expect, test } from "vitest";
import { gradeAnswer } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
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
