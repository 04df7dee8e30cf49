import { describe, expect, test } from "vitest";
import { gradeAnswer } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { optimumResult } from "../../src/lstm/results/one-step.ts";
import { jsonLine } from "../../src/render/json.ts";
import { randomCell } from "./lesson.ts";

describe("an optimum of some units only", () => {
  const native = randomCell(2);
  const key = cellKey(parseCell(native));
  const H = native.b_f.length;
  const request = { gates: ["f"], norm: "2", goal: "max", units: [1] } as const;
  const answer = JSON.parse(jsonLine(optimumResult(parseCell(native), request)));

  test("is right as far as it goes, and earns those units' share of what is required", () => {
    expect(gradeAnswer(key, answer).tests.map(({ entries, status }) => [entries, status])).toEqual([
      [H, "passed"],
      [1, "passed"],
      [1, "passed"],
    ]);
    const [h_prev] = gradeAnswer(key, answer, { require: ["optimum.2.max.f.h_prev"] }).tests;
    expect(h_prev).toMatchObject({ score: 1 / H, status: "failed", diagnosis: null, right: H, entries: H * H });
  });

  test.each([
    [1, "unit 1 is"],
    [2, "units 1, 2 are"],
    [7, "units 1, 2, 3, 4, 5 and 2 more are"],
  ])("is told which units it lacks: %d of them", (count, named) => {
    const U_f = Array.from({ length: count + 1 }, (_, row) => Array.from({ length: count + 1 }, (_, k) => row + k + 1));
    const own = (activation: number) => ({ optimum: { gates: { f: [{ unit: 0, activation }] } } });
    const wide = cellKey(parseCell({ U_f }));
    const sum = U_f[0].reduce((total, entry) => total + entry ** 2, 0);
    const right = 1 / (1 + Math.exp(-Math.sqrt(sum)));
    const messageOf = (...args: Parameters<typeof gradeAnswer>) => gradeAnswer(...args).tests[0].message;
    expect(messageOf(wide, own(right))).toBe(`right; ${named} not in the answer`);
    expect(messageOf(wide, own(9))).toBe(`1 of 1 entry is wrong; ${named} not in the answer`);
    const required = { require: ["optimum.2.max.f.activation"] };
    const wrong = `${count} of ${count + 1} entries ${count === 1 ? "is" : "are"} wrong`;
    expect(messageOf(wide, own(right), required)).toBe(`${wrong}; ${named} not in the answer`);
  });

  test("is told nothing of units where it has all", () => {
    const all = JSON.parse(jsonLine(optimumResult(parseCell(native), { ...request, units: null })));
    for (const { message } of gradeAnswer(key, all).tests) expect(message).not.toContain("unit");
  });

  test("is diagnosed by these units, and an unknown one is passed over", () => {
    const row = native.U_f[1];
    const own = { optimum: { norm: 2, gates: { f: [{ unit: 1, h_prev: row }] } } };
    expect(gradeAnswer(key, own).tests[0].diagnosis).toBe("not-normalised");
    const { tests, notes } = gradeAnswer(key, { optimum: { gates: { f: [{ unit: -1, h_prev: row }] } } });
    expect([tests[0].name, notes[0]]).toEqual(["answer", 'passed over: "optimum.2.max.f[0].unit"']);
    const beyond = gradeAnswer(key, { optimum: { gates: { f: [{ unit: H, h_prev: row }] } } }).tests[0];
    expect(beyond).toMatchObject({ score: 0, diagnosis: "wrong-shape" });
  });
});

test("of some units only, a wrong formula is told by these", () => {
  const U_f = [
    [1, 5, 2],
    [3, 1, 0.5],
    [9, 1, 4],
  ];
  const ofColumns = [0, 1, 2].map((k) => {
    const column = U_f.map((row) => row[k]);
    return column.map((entry) => entry / Math.hypot(...column));
  });
  const diagnosisOf = (units: readonly (readonly number[])[]) => {
    const own = { optimum: { norm: "2", gates: { f: units.map((h_prev, unit) => ({ unit, h_prev })) } } };
    return gradeAnswer(cellKey(parseCell({ U_f })), own).tests[0].diagnosis;
  };
  expect(diagnosisOf(ofColumns)).toBe("column-of-U");
  expect(diagnosisOf(ofColumns.slice(0, 1))).toBe("column-of-U");
  // zeros and ones are what anybody writes
  expect(diagnosisOf([[0, 0, 1]])).toBeNull();
});

describe("a unit's h_prev", () => {
  const native = {
    U_f: [
      [3, 4, 5],
      [0, 0, 0],
      [6, 7, 8],
    ],
  };
  const key = cellKey(parseCell(native));
  const graded = (h_prev: unknown, unit: number) =>
    gradeAnswer(key, { optimum: { gates: { f: [{ unit, h_prev }] } } }).tests[0];

  test("that is null is right for a zero row, and no number for any other", () => {
    expect(graded(null, 1)).toMatchObject({ status: "passed", right: 3, entries: 3, diagnosis: null });
    for (const unit of [0, 2]) {
      const { message, diagnosis, right } = graded(null, unit);
      expect([right, diagnosis]).toEqual([0, "not-a-number"]);
      expect(message).toContain("3 of 3 entries are wrong, 3 of them no numbers");
    }
  });

  test.each([
    ["text as long as a row", "abc", "text for unit 2"],
    ["another length", [1, 2], "2 numbers for unit 2"],
    ["rows within the row", [1, [2], 3], "a list of other things than numbers for unit 2"],
    ["an object", { length: 3 }, "an object for unit 2"],
    ["a number", 3, "a number for unit 2"],
  ])("that is %s has another shape, and it is said", (_, h_prev, found) => {
    const { diagnosis, message, score } = graded(h_prev, 2);
    expect([diagnosis, score]).toEqual(["wrong-shape", 0]);
    expect(message).toContain(found);
  });
});

test("a row that is text, or holds rows, makes a matrix of another shape", () => {
  const key = cellKey(
    parseCell({
      U_f: [
        [3, 4],
        [5, 6],
      ],
    }),
  );
  for (const rows of [
    ["ab", "cd"],
    [
      [1, 2],
      [3, [4]],
    ],
    [[1, 2], { 0: 3, 1: 4, length: 2 }],
    [[1, 2], null],
  ]) {
    const [test] = gradeAnswer(key, { jacobian: { f: { h_prev: rows } } }).tests;
    expect(test).toMatchObject({ diagnosis: "wrong-shape", score: 0, right: 0 });
  }
});

test("what stands in the place of a matrix is named by its rows", () => {
  const key = cellKey(
    parseCell({
      U_f: [
        [3, 4],
        [5, 6],
      ],
    }),
  );
  const messageOf = (h_prev: unknown) => gradeAnswer(key, { jacobian: { f: { h_prev } } }).tests[0].message;
  expect(
    messageOf([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]),
  ).toContain("3 rows of 3 numbers");
  expect(messageOf([[1, 2], [3]])).toContain("rows of different lengths");
});
