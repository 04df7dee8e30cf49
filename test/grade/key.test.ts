import { describe, expect, test } from "vitest";
import { Grader, gradeAnswer } from "../../src/grade/grade.ts";
import { cellKey, resultKey } from "../../src/grade/key.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { jacobianResult } from "../../src/lstm/results/one-step.ts";
import { jsonLine } from "../../src/render/json.ts";
import { fixture } from "../helpers/fixtures.ts";
import { randomCell } from "./lesson.ts";

describe("keys that tell little", () => {
  const ones = (n: number) => Array.from({ length: n }, () => Array(n).fill(0.125));

  test("a cell with the forget gate alone", () => {
    const native = fixture<{ U_f: number[][] }>("forget-gate-only.json");
    const n = native.U_f.length;
    const result = gradeAnswer(cellKey(parseCell(native)), {
      jacobian: { f: { h_prev: ones(n) }, h_t: { h_prev: ones(n) } },
    });
    expect(result.tests).toMatchObject([{ name: "jacobian.f.h_prev", status: "failed", diagnosis: null }]);
    expect(result.notes[0]).toBe("the key does not tell jacobian.h_t.h_prev");
  });

  test("a cell whose wrong formulas leave the double range, or a quantity of its own", () => {
    const native = { U_f: [[1.7e308]], W_f: [[1.7e308]], b_f: [1e308], x_t: [0] };
    const key = cellKey(parseCell(native));
    expect(gradeAnswer(key, { jacobian: { f: { h_prev: [[1]] } } }).tests[0]).toMatchObject({ status: "failed" });
    const grader = new Grader(key);
    expect(grader.keyFault).toBeNull();
    const optimum = { norm: "1", gates: { f: [{ unit: 0, preactivation: 1 }] } };
    expect(grader.grade({ optimum })).toMatchObject({ passed: false, first_wrong: "answer" });
    expect(grader.grade({ optimum }).notes[0]).toMatch(/^the key does not tell optimum.1.max.f.preactivation/);
    expect(grader.keyFault?.message).toMatch(/leaves the range of a double/);
    expect(() => new Grader(key, { require: ["optimum.1.max.f.preactivation"] })).toThrow(/leaves the range/);
  });

  test("a sequence, and a result without a cell", () => {
    const sequence = cellKey(parseCell(fixture("sequence.json")));
    expect(gradeAnswer(sequence, { gradient: { b_f: [1, 2, 3] }, loss: 9 })).toMatchObject({ passed: false });
    const native = randomCell(3);
    const shown = jsonLine(jacobianResult(parseCell(native), { of: ["f", "i"], wrt: ["h_prev"], terms: false }));
    const key = resultKey(JSON.parse(shown), "key.json");
    const { f, i } = JSON.parse(shown).jacobian;
    const swapped = gradeAnswer(key, { jacobian: { f: i } }).tests[0];
    expect([swapped.status, swapped.diagnosis]).toEqual(["failed", "gates-swapped"]);
    expect(gradeAnswer(key, { jacobian: { f } }).passed).toBe(true);
  });

  test.each([
    [{ c_t: [1, null] }, /key.json: c_t\[1\]: no finite number/],
    [{ c_t: [] }, /key.json: c_t: empty/],
    [{ terms: { o: [[1, 2], [3]] } }, /key.json: terms.o\[1\]: expected a row of 2/],
    [{ jacobian: { h_T: { h_0: [[1]] } } }, /key.json: jacobian.h_T: no quantity/],
    [{ loss: 1, hessian: { h_prev: { h_prev: [[1]] } } }, /key.json: hessian: no quantity/],
    [{ version: 1 }, /key.json: no quantity in it/],
    [{ optimum: { gates: { f: [{ unit: 1, activation: 1 }] } } }, /no unit 0, expected every unit/],
    [{ optimum: { gates: { f: [{ unit: 0, h_prev: [Number.NaN] }] } } }, /h_prev\[0\]\[0\]: no finite number/],
    [{ optimum: { gates: { f: [{ unit: 0, activation: null }] } } }, /activation\[0\]: no finite number/],
  ])("a result with a fault is no key: %j", (json, message) => {
    expect(() => resultKey(json, "key.json")).toThrow(message);
  });
});
