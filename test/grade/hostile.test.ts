import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Grader } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
import { parseAnswerJson } from "../../src/input/answer-json.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { optimumResult } from "../../src/lstm/results/one-step.ts";
import { jsonChunks } from "../../src/render/json.ts";
import { randomCell, workOut } from "./lesson.ts";

const native = randomCell(33);
const cell = parseCell(native);
const { gates, c_t } = workOut(native);
const require = ["gates.f", "c_t"];
const right = JSON.stringify({ gates: { f: gates.f }, c_t });
const grade = (text: string, grader = new Grader(cellKey(cell), { require })) =>
  grader.grade(parseAnswerJson(text, null));

describe("nothing in an answer", () => {
  test.each([
    ['{"score":2,"max_score":0,"passed":true,"tests":[]}'],
    ['{"__proto__":{"score":9,"passed":true},"constructor":{"prototype":{"c_t":1}}}'],
    ['{"gates":{"__proto__":[1],"f":{"length":4,"0":1}},"c_t":{"toString":1}}'],
    ['{"gates":{"f":"[1,2]"},"c_t":"\\u001b]0;x\\u0007\\u202e"}'],
    ['{"gates":{"f":[[1],[2],[3],[4]]},"c_t":[[1,2,3,4]]}'],
    ['{"gates":{"f":[true,"1",{},[]]},"c_t":[NaN,Infinity,-Infinity,null]}'],
    ['{"gates":{"f":[1e999,-1e999,0,0]},"c_t":[]}'],
    ['{"optimum":{"norm":{"toString":1},"gates":[]},"jacobian":{"f":5},"terms":null}'],
  ])("can earn points or change the record: %s", (text) => {
    const result = grade(text);
    expect(Object.keys(result)).toEqual(Object.keys(grade(right)));
    expect(result).toMatchObject({ score: 0, max_score: 2, passed: false, graded: "required" });
    expect(result.tests.map(({ name }) => name)).toEqual(require);
    for (const test of result.tests) expect(Object.keys(test)).toEqual(Object.keys(grade(right).tests[0]));
    // the record holds nothing that JSON cannot
    expect(() => [...jsonChunks(result)].join("")).not.toThrow();
    expect(JSON.stringify(result)).not.toMatch(/\\u001b|\\u202e|\u202e/);
  });

  test("can give the same numbers a second time under another name", () => {
    for (const other of [[0, 0, 0, 0], gates.f]) {
      const result = grade(JSON.stringify({ "gates.f": gates.f, gates: { f: other } }));
      expect(result).toMatchObject({ score: 0 });
      const message = 'it stands twice, as {"gates.f": …} and as {"gates": {"f": …}}, expected once';
      expect(result.tests[0]).toMatchObject({ name: "gates.f", diagnosis: "ambiguous", message });
    }
  });

  test("changes the verdict on the next", () => {
    const grader = new Grader(cellKey(cell), { require });
    const before = grade(right, grader);
    expect(before).toMatchObject({ score: 2, passed: true });
    grade('{"__proto__":{"a":1},"gates":{"f":[1,2,3,4]},"c_t":[9,9,9,9]}', grader);
    expect(grade(right, grader)).toEqual(before);
  });

  test("reaches a note but quoted, spelt out, and cut: unknown keys", () => {
    const text = JSON.stringify({ c_t, "a\u001b[31m\n\u202eb": 1, ["k".repeat(1000)]: 2, gates: { q: [1] } });
    const [note] = grade(text).notes;
    expect(note).toMatch(
      /^passed over: "a\\u001b\[31m\\n\\u202eb", "k{79}\\u2026", "gates.q" \(the nearest is gates.f\)$/,
    );
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, k) => [`key${k}`, k]));
    expect(grade(JSON.stringify(many)).notes[0]).toMatch(/"key4" and 995 more$/);
  });

  test("is graded twice: a unit that stands twice counts as neither, and costs no other its marks", () => {
    const record = JSON.parse(
      [...jsonChunks(optimumResult(cell, { gates: ["f"], norm: "2", goal: "max", units: null }))].join(""),
    );
    const units = record.optimum.gates.f;
    const H = units.length;
    const [h_prev, ...scalars] = new Grader(cellKey(cell)).grade({
      optimum: { gates: { f: [...units, units[0]] } },
    }).tests;
    const message = `${H} of ${H * H} entries are wrong; unit 0 stands twice`;
    expect(h_prev).toMatchObject({ right: (H - 1) * H, entries: H * H, diagnosis: null, message });
    expect(h_prev!.worst).toMatchObject({ row: 0, column: 0, answer: null });
    expect(scalars).toHaveLength(2);
    for (const test of scalars) {
      expect(test).toMatchObject({ right: H - 1, entries: H, diagnosis: null });
      expect(test.message).toBe(`1 of ${H} entries is wrong; unit 0 stands twice`);
    }
  });

  test("a part that only one of the two gives does not count either, and a unit beyond the last is no shape", () => {
    const grader = new Grader(cellKey(cell));
    const test = (units: object[]) => grader.grade({ optimum: { gates: { f: units } } }).tests[0];
    const twice = test([
      { unit: 1, activation: 0.5 },
      { unit: 1, preactivation: 0.5 },
    ]);
    expect(twice).toMatchObject({ right: 0, entries: 1, message: expect.stringContaining("unit 1 stands twice") });
    expect(test(Array(2).fill({ unit: 9, activation: 0.5 }))).toMatchObject({
      right: 0,
      message: "unit 9, expected 4 numbers",
    });
  });
});

test("whatever stands in an answer, there is a verdict, and it is a record that JSON can hold", () => {
  const keys = [
    "gates",
    "f",
    "i",
    "c_t",
    "jacobian",
    "h_prev",
    "optimum",
    "norm",
    "goal",
    "unit",
    "activation",
    "__proto__",
  ];
  const { answer } = fc.letrec((tie) => ({
    answer: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.oneof(fc.double(), fc.constantFrom(null, true, "x", "2", "max", 0, 1)),
      fc.array(tie("answer"), { maxLength: 5 }),
      fc.dictionary(fc.constantFrom(...keys), tie("answer"), { maxKeys: 5 }),
    ),
  }));
  const graders = [{}, { require }, { followThrough: true }].map((options) => new Grader(cellKey(cell), options));
  fc.assert(
    fc.property(answer, (json) => {
      for (const grader of graders) {
        const result = grader.grade(json);
        expect(result.score).toBeGreaterThanOrEqual(0);
        expect(result.score).toBeLessThanOrEqual(result.max_score);
        expect(() => [...jsonChunks(result)].join("")).not.toThrow();
      }
    }),
    { seed: 6, numRuns: 2000 },
  );
});

test("wrong shapes and what is no number are named, and the rest is graded", () => {
  const answer = {
    gates: { f: [gates.f[0], "x", null, Number.NaN], i: [1], o: [...gates.o.slice(0, 3), null] },
    c_t,
    jacobian: { f: { h_prev: [[1, 2], [3]] } },
  };
  const [f, i, o, c, jacobian] = new Grader(cellKey(cell)).grade(answer).tests;
  expect(f).toMatchObject({ right: 1, entries: 4, diagnosis: "not-a-number", map: [".xxx"] });
  expect(f.worst).toMatchObject({ row: 1, column: null, answer: null });
  expect(f.message).toBe("3 of 4 entries are wrong, 3 of them no numbers");
  expect(o.message).toBe("1 of 4 entries is wrong, 1 of them no number");
  expect(i).toMatchObject({ score: 0, diagnosis: "wrong-shape", message: "1 number, expected 4 numbers" });
  expect(c.status).toBe("passed");
  expect(jacobian).toMatchObject({ score: 0, message: "rows of different lengths, expected 4 rows of 4 numbers" });
});
