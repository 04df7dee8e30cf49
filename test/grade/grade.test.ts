import { describe, expect, test } from "vitest";
import { failure, nullIfRefused } from "../../src/errors.ts";

import { Grader, gradeAnswer } from "../../src/grade/grade.ts";
import { cellKey, resultKey } from "../../src/grade/key.ts";
import { parseAnswerJson } from "../../src/input/answer-json.ts";
import { parseJson } from "../../src/input/json.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { NORMS, OUTPUTS, WRTS } from "../../src/lstm/names.ts";
import { backwardResult } from "../../src/lstm/results/backward.ts";
import { forwardResult, jacobianResult, optimumResult, showResult } from "../../src/lstm/results/one-step.ts";
import { jsonLine } from "../../src/render/json.ts";
import { fixture } from "../helpers/fixtures.ts";
import { randomCell, workOut } from "./lesson.ts";

const FILES = [
  "bias-and-input",
  "extreme-scales",
  "forget-gate-only",
  "cancelling-preactivations",
  "homework6",
  "one-unit",
  "saturated-gates",
  "zero-row",
];

/** What the commands print for a cell, as text. */
function printed(native: object): string[] {
  const cell = parseCell(native);
  const wrt = cell.inputSize === null ? (["h_prev", "c_prev"] as const) : WRTS;
  const optima = NORMS.flatMap((norm) =>
    (["max", "min"] as const).map((goal) => () => optimumResult(cell, { gates: ["f"], norm, goal, units: null })),
  );
  const all: (() => unknown)[] = [
    () => forwardResult(cell),
    () => showResult(cell),
    () => jacobianResult(cell, { of: OUTPUTS, wrt, terms: true }),
    () => jacobianResult(cell, { of: ["f"], wrt: ["h_prev", "c_prev"], terms: false }),
    ...optima,
    () => optimumResult(cell, { gates: ["f"], norm: "1", goal: "min", units: [cell.hiddenSize - 1] }),
    () => backwardResult(cell, { steps: true }),
  ];
  // what a partial cell does not tell, or the doubles do not hold, is not printed
  return all.flatMap((run) => nullIfRefused(run) ?? []).map((record) => jsonLine(record));
}

describe("what the tool itself prints", () => {
  test.each(FILES)("is right in all it holds, for %s", (file) => {
    const native = fixture(`${file}.json`);
    const grader = new Grader(cellKey(parseCell(native)));
    expect(printed(native).length).toBeGreaterThan(4);
    for (const text of printed(native)) {
      const result = grader.grade(parseAnswerJson(text, null));
      expect(result).toMatchObject({ passed: true, first_wrong: null, score: result.max_score });
      expect(result.tests.length).toBeGreaterThan(0);
      expect(result).toMatchObject({ graded: "held", gradable: true, notes: [] });
      for (const { worst, map, diagnosis } of result.tests) expect([worst, map, diagnosis]).toEqual([null, null, null]);
    }
  });

  test.each(FILES)("is a key by which it is itself right, for %s", (file) => {
    for (const text of printed(fixture(`${file}.json`))) {
      // a single unit of several is no key
      if (/"unit":/.test(text) && !text.includes('"unit":0')) continue;
      const key = resultKey(parseJson(text), "key.json");
      expect(gradeAnswer(key, parseAnswerJson(text, null))).toMatchObject({ passed: true });
    }
  });

  test("of a sequence, the gradients are graded", () => {
    const cell = parseCell(fixture("sequence.json"));
    const result = gradeAnswer(cellKey(cell), JSON.parse(jsonLine(backwardResult(cell, { steps: false }))));
    expect(result.passed).toBe(true);
    expect(result.tests.map(({ name }) => name)).toContain("gradient.x");
  });

  test("comes in the order in which results are printed", () => {
    const native = randomCell(3);
    const cell = parseCell(native);
    const all = { ...backwardResult(cell, { steps: false }), ...showResult(cell), ...forwardResult(cell) };
    const { tests } = gradeAnswer(cellKey(cell), JSON.parse(jsonLine(all)));
    const names = tests.map(({ name }) => name);
    expect(names.slice(0, 11)).toEqual([
      ...["preactivations.f", "preactivations.i", "preactivations.o", "preactivations.u"],
      ...["gates.f", "gates.i", "gates.o", "gates.u", "c_t", "h_t", "jacobian.f.h_prev"],
    ]);
    expect(names.slice(11, 17)).toEqual([
      ...["jacobian.h_t.h_prev", "optimum.2.max.f.h_prev", "optimum.2.max.f.preactivation"],
      ...["optimum.2.max.f.activation", "loss", "gradient.x_t"],
    ]);
  });
});

describe("scores", () => {
  const native = randomCell(0);
  const key = cellKey(parseCell(native));
  const { gates, c_t, h_t } = workOut(native);
  const third = [gates.f[0], 9, 9];
  const twoThirds = [gates.i[0], gates.i[1], 9];

  test("are shares of points by entries, added up exactly and rounded once", () => {
    const answer = { gates: { f: third, i: third.map((x, k) => (k === 0 ? gates.i[0] : x)), o: twoThirds } };
    const result = gradeAnswer(key, { gates: { ...answer.gates, o: [gates.o[0], 9, 9] } });
    expect(result.tests.map(({ score }) => score)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(result).toMatchObject({ score: 1, max_score: 3, passed: false, first_wrong: "gates.f" });
  });

  test("go by the points that the teacher gives, read as decimals", () => {
    const points = new Map([
      ["gates.f", 0.1],
      ["c_t", 0.2],
      ["h_t", 0.7],
    ]);
    const full = gradeAnswer(key, { gates, c_t, h_t }, { points });
    expect(full).toMatchObject({ score: 1, max_score: 1, passed: true, graded: "required" });
    expect(full.tests.map(({ name }) => name)).toEqual(["gates.f", "c_t", "h_t"]);
    expect(gradeAnswer(key, { gates: { f: third }, h_t }, { points }).score).toBe(11 / 15);
  });

  test("are all or nothing on request", () => {
    const result = gradeAnswer(key, { gates: { ...gates, f: third } }, { partial: "all" });
    expect(result).toMatchObject({ score: 3, max_score: 4 });
    expect(result.tests[0]).toMatchObject({ score: 0, right: 1, entries: 3 });
  });

  describe("where entries are zero by the equations", () => {
    const c_prev = (rows: number[][]) => ({ jacobian: { c_t: { c_prev: rows } } });
    const [a, b, c] = gates.f;
    const diagonal = [
      [a, 0, 0],
      [0, b, 0],
      [0, 0, c],
    ];

    test("these have no share: zeros earn nothing, the rest all of it", () => {
      const zero = diagonal.map((row) => row.map(() => 0));
      for (const partial of ["entries", "all"] as const) {
        expect(gradeAnswer(key, c_prev(zero), { partial })).toMatchObject({ score: 0, passed: false });
      }
      expect(gradeAnswer(key, c_prev(diagonal))).toMatchObject({ score: 1, passed: true, tests: [{ entries: 3 }] });
    });

    test("a missed one takes the share of one other", () => {
      const missed = diagonal.map((row, r) => row.map((x, k) => (r === 0 && k === 1 ? 0.5 : x)));
      expect(gradeAnswer(key, c_prev(missed))).toMatchObject({ score: 2 / 3, passed: false, tests: [{ right: 2 }] });
    });

    test("what is said of missed ones is true, and tells no right number", () => {
      const messageOf = (rows: number[][]) => gradeAnswer(key, c_prev(rows), { hideExpected: true }).tests[0].message;
      const all = diagonal.map((row, r) => row.map((x, k) => (r === k ? x : 0.5)));
      expect(messageOf(all)).toBe("6 of 9 entries are wrong, which takes the points of 3 right ones");
      const two = diagonal.map((row, r) => row.map((x, k) => (r === 0 ? 0.5 : r > k ? 0 : x)));
      expect(messageOf(two)).toBe("3 of 9 entries are wrong, which takes the points of 2 right ones");
      expect(messageOf(diagonal.map(() => [0.5, 0.5, 0.5]))).toBe("9 of 9 entries are wrong");
      expect(messageOf(diagonal.map((row) => row.map((x) => x && 0.5)))).toBe("3 of 3 entries are wrong");
    });

    test("the zeros of an optimum are none of them: where they are is the question", () => {
      for (const seed of [0, 1, 2, 3]) {
        const { U_f } = randomCell(seed);
        const largest = U_f.map((row) => Math.max(...row.map(Math.abs)));
        const rows = U_f.map((row, r) => row.map((x) => (Math.abs(x) === largest[r] ? Math.sign(x) : 0)));
        const tests = [{ right: U_f.length ** 2, entries: U_f.length ** 2 }];
        const answer = { optimum: { norm: "1", f: { h_prev: rows } } };
        expect(gradeAnswer(cellKey(parseCell({ U_f })), answer)).toMatchObject({ score: 1, tests });
      }
    });

    test("a quantity of nothing else counts only where it is asked for", () => {
      const zero = { jacobian: { f: { c_prev: diagonal.map((row) => row.map(() => 0)) } } };
      const held = gradeAnswer(key, zero);
      expect(held).toMatchObject({ score: 0, max_score: 0, passed: false });
      expect(held.notes.join()).toContain("zero by the equations");
      const beside = gradeAnswer(key, { ...zero, gates: { f: [...gates.f] } });
      expect(beside).toMatchObject({ score: 1, max_score: 1, passed: true });
      const require = ["jacobian.f.c_prev"];
      expect(gradeAnswer(key, zero, { require })).toMatchObject({ score: 1, max_score: 1, passed: true });
    });
  });

  test("are all of them for a vector as a column or as the row of a matrix, which is said", () => {
    for (const column of [c_t.map((entry) => [entry]), [c_t]]) {
      const [test] = gradeAnswer(key, { c_t: column }).tests;
      expect(test).toMatchObject({ score: 1, diagnosis: null });
      expect(test.message).toMatch(/are right, read as a vector$/);
    }
    const ragged = gradeAnswer(key, { c_t: c_t.map((entry, k) => (k === 0 ? [entry, entry] : [entry])) }).tests[0];
    expect(ragged).toMatchObject({ score: 0, diagnosis: "wrong-shape" });
  });

  test("are nothing for what is required and missing", () => {
    const result = gradeAnswer(key, { gates: { f: gates.f } }, { require: ["h_t", "gates.f"] });
    expect(result).toMatchObject({ score: 1, max_score: 2, passed: false, first_wrong: "h_t" });
    expect(result.tests[1]).toMatchObject({ name: "h_t", score: 0, message: "not in the answer", worst: null });
  });

  test("are nothing for an answer that holds nothing, and it is wrong", () => {
    for (const answer of [{}, [], null, "gates", 5, { version: 1 }, { gates: {} }, { gates: "f" }]) {
      const nothing = { score: 0, passed: false, gradable: false };
      expect(gradeAnswer(key, answer)).toMatchObject({ ...nothing, max_score: 1, first_wrong: "answer" });
      const required = gradeAnswer(key, answer, { require: ["h_t", "c_t"] });
      expect(required).toMatchObject({ ...nothing, max_score: 2, first_wrong: "c_t" });
    }
  });

  test("are nothing for an answer that holds only what is not required, and it is not gradable", () => {
    expect(gradeAnswer(key, { h_t }, { require: ["c_t"] }).gradable).toBe(false);
    // what is required stands there, if in another shape: a wrong answer, not none
    expect(gradeAnswer(key, { c_t: 1 }, { require: ["c_t"] })).toMatchObject({ gradable: true, passed: false });
  });

  test("are nothing for what cannot be read, for all that was required", () => {
    const broken = failure("syntax", "no JSON", { place: "line 1, column 1" });
    const grader = new Grader(key, { require: ["c_t", "h_t"] });
    expect(grader.unreadable(broken)).toMatchObject({ score: 0, max_score: 2, error: { code: "syntax" } });
    expect(new Grader(key).unreadable(broken)).toMatchObject({
      score: 0,
      max_score: 1,
      passed: false,
      gradable: false,
    });
  });
});
