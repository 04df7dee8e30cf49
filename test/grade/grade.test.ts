import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { failure } from "../../src/errors.ts";
import { attempt } from "../../src/grade/attempt.ts";
import { Grader, gradeAnswer } from "../../src/grade/grade.ts";
import { cellKey, resultKey } from "../../src/grade/key.ts";
import { parseAnswerJson } from "../../src/input/answer-json.ts";
import { parseJson } from "../../src/input/json.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { NORMS, OUTPUTS, WRTS } from "../../src/lstm/names.ts";
import { backwardResult } from "../../src/lstm/results/backward.ts";
import { forwardResult, jacobianResult, optimumResult, showResult } from "../../src/lstm/results/step.ts";
import { jsonChunks } from "../../src/render/json.ts";
import { fixture } from "../helpers/fixtures.ts";
import { answerWith, randomCell, workOut } from "./lesson.ts";

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
const print = (record: unknown) => [...jsonChunks(record)].join("");

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
  return all.flatMap((run) => attempt(run) ?? []).map((record) => print(record));
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
      const key = resultKey(parseJson(text, null), "key.json");
      expect(gradeAnswer(key, parseAnswerJson(text, null))).toMatchObject({ passed: true });
    }
  });

  test("of a sequence, the gradients are graded", () => {
    const cell = parseCell(fixture("sequence.json"));
    const result = gradeAnswer(cellKey(cell), JSON.parse(print(backwardResult(cell, { steps: false }))));
    expect(result.passed).toBe(true);
    expect(result.tests.map(({ name }) => name)).toContain("gradient.x");
  });

  test("comes in the order in which results are printed", () => {
    const native = randomCell(3);
    const cell = parseCell(native);
    const all = { ...backwardResult(cell, { steps: false }), ...showResult(cell), ...forwardResult(cell) };
    const { tests } = gradeAnswer(cellKey(cell), JSON.parse(print(all)));
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
    const optimum = { norm: "1", gates: { f: [{ unit: 0, preactivation: 1 }] } };
    expect(grader.grade({ optimum })).toMatchObject({ passed: false, first_wrong: "answer" });
    expect(grader.grade({ optimum }).notes[0]).toMatch(/^the key does not tell optimum.1.max.f.preactivation/);
    expect(() => new Grader(key, { require: ["optimum.1.max.f.preactivation"] })).toThrow(/leaves the range/);
  });

  test("a sequence, and a result without a cell", () => {
    const sequence = cellKey(parseCell(fixture("sequence.json")));
    expect(gradeAnswer(sequence, { gradient: { b_f: [1, 2, 3] }, loss: 9 })).toMatchObject({ passed: false });
    const native = randomCell(3);
    const shown = print(jacobianResult(parseCell(native), { of: ["f", "i"], wrt: ["h_prev"], terms: false }));
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
    [{ jacobian: { h_T: { h_0: [[1]] } } }, /key.json: jacobian.h_T.h_0: no quantity/],
    [{ version: 1 }, /key.json: no quantity in it/],
    [{ optimum: { gates: { f: [{ unit: 1, activation: 1 }] } } }, /no unit 0, expected every unit/],
    [{ optimum: { gates: { f: [{ unit: 0, activation: null }] } } }, /activation\[0\]: no finite number/],
  ])("a result with a fault is no key: %j", (json, message) => {
    expect(() => resultKey(json, "key.json")).toThrow(message);
  });
});

describe("random wrong answers", () => {
  test("get no diagnosis, and the worst entry is the one that was made worst", () => {
    const generator = xoroshiro128plus(5);
    const random = () => uniformFloat64(generator);
    for (let seed = 0; seed < 30; seed++) {
      const native = randomCell(seed);
      const cell = parseCell(native);
      const grader = new Grader(cellKey(cell));
      const record = JSON.parse(print({ ...showResult(cell), ...forwardResult(cell) })) as { [key: string]: never };
      const { jacobian, gates, c_t } = record as unknown as {
        jacobian: Record<string, { h_prev: number[][] }>;
        gates: Record<string, number[]>;
        c_t: number[];
      };
      const rows = [
        ...Object.values(gates),
        c_t,
        ...Object.values(jacobian).map(({ h_prev }) => h_prev[seed % h_prev.length]),
      ];
      for (const row of rows) {
        const k = Math.floor(random() * row.length);
        row[k] = row[k] * (1.01 + random()) + 0.01;
        if (random() < 0.5) row[(k + 1) % row.length] *= 1.002;
      }
      const { tests, passed } = grader.grade(record);
      expect(passed).toBe(false);
      const wrong = tests.filter(({ status }) => status === "failed");
      expect(wrong).toHaveLength(rows.length);
      for (const { diagnosis, worst, map } of wrong) {
        expect(diagnosis).toBeNull();
        expect(map!.join("")).toContain("x");
        const name = map!.length > 1 ? map![worst!.row!][worst!.column!] : map![0][worst!.row!];
        expect(name).toBe("x");
      }
    }
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

  test("of a matrix that is mostly zero are nearly full for zeros, but nothing where it is all or nothing", () => {
    const zero = { jacobian: { c_t: { c_prev: [[0, 0, 0], [0, 0, 0], [0, 0, 0]] } } }; // biome-ignore format: a matrix
    expect(gradeAnswer(key, zero)).toMatchObject({ score: 2 / 3, passed: false });
    expect(gradeAnswer(key, zero, { partial: "all" })).toMatchObject({ score: 0, passed: false });
  });

  test("are nothing for a vector as a column", () => {
    const [test] = gradeAnswer(key, { c_t: c_t.map((entry) => [entry]) }).tests;
    expect(test).toMatchObject({ score: 0, diagnosis: "wrong-shape" });
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

  test("wishes that cannot be fulfilled are the teacher's error", () => {
    expect(() => new Grader(key, { require: ["gates.g"] })).toThrow(/--require: "gates.g" is no quantity/);
    expect(() => new Grader(key, { require: ["gradient.x"] })).toThrow(/gradient.x: required, but the key/);
    expect(() => new Grader(key, { points: new Map([["c_t", -1]]) })).toThrow(/--points c_t: -1/);
    expect(() => new Grader(key, { points: new Map() })).toThrow(/--points: empty/);
    const result = resultKey({ c_t: [1] }, null);
    expect(() => new Grader(result, { followThrough: true })).toThrow(/--follow-through/);
  });
});

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

describe("an optimum of some units only", () => {
  const native = randomCell(2);
  const key = cellKey(parseCell(native));
  const H = native.b_f.length;
  const request = { gates: ["f"], norm: "2", goal: "max", units: [1] } as const;
  const answer = JSON.parse(print(optimumResult(parseCell(native), request)));

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
    const all = JSON.parse(print(optimumResult(parseCell(native), { ...request, units: null })));
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

describe("optima that are not unique", () => {
  const key = cellKey(
    parseCell({
      U_f: [
        [0, 0, 0],
        [2, -2, 1],
        [3, 0, 4],
      ],
    }),
  );
  const statusOf = (path: string, rows: unknown[]) => gradeAnswer(key, answerWith(path, rows as number[][])).tests[0];

  test("any unit vector is right for a zero row, and so is null", () => {
    const others = [
      [2 / 3, -2 / 3, 1 / 3],
      [0.6, 0, 0.8],
    ];
    for (const first of [null, [1, 0, 0], [0.6, 0, -0.8]]) {
      expect(statusOf("optimum.2.max.f.h_prev", [first, ...others])).toMatchObject({ status: "passed" });
    }
    for (const first of [[1, 1, 0], [0, 0, 0], [Number.NaN, 0, 1], "null"]) {
      expect(statusOf("optimum.2.max.f.h_prev", [first, ...others])).toMatchObject({ status: "failed" });
    }
    expect(statusOf("optimum.2.max.f.h_prev", [null, null, others[1]])).toMatchObject({ right: 6, entries: 9 });
  });

  test("a result as the key tells ties for p = inf, too: where h* is zero, any |h| ≤ 1 attains it", () => {
    const units = [null, [1, 0, -1], [1, 1, 1]].map((h_prev, unit) => ({ unit, h_prev }));
    const result = resultKey({ optimum: { norm: "inf", goal: "min", gates: { f: units } } }, null);
    const rightOf = (rows: unknown[]) =>
      gradeAnswer(result, answerWith("optimum.inf.min.f.h_prev", rows as number[][])).tests[0].right;
    expect(
      rightOf([
        [0, 0.3, 1],
        [1, -0.7, -1],
        [1, 1, 1],
      ]),
    ).toBe(9);
    expect(rightOf([null, [1, 1.1, -1], [1, 1, 1]])).toBe(8);
    expect(rightOf([null, [0.9, 0.5, -1], [1, 1, 0.5]])).toBe(6);
  });

  test("null for a zero row is no missing number, and hides no mistake in the others", () => {
    const [path, null_] = ["optimum.2.max.f.h_prev", null];
    const message = "6 of 9 entries are wrong";
    const planted = [
      [
        "wrong-sign",
        [
          [-2 / 3, 2 / 3, -1 / 3],
          [-0.6, -0, -0.8],
        ],
      ],
      [
        "not-normalised",
        [
          [2, -2, 1],
          [3, 0, 4],
        ],
      ],
    ] as const;
    for (const [id, rows] of planted) {
      expect(statusOf(path, [null_, ...rows]).diagnosis).toBe(id);
    }
    const random = [
      [0.1, 0.7, 0.4],
      [0.3, 0.2, -0.9],
    ];
    expect(statusOf(path, [null_, ...random])).toMatchObject({ right: 3, diagnosis: null, message });
    expect(statusOf(path, [null_, [0.67, -0.67, 0.33], [0.6, 0, 0.8]]).diagnosis).toBe("too-few-digits");
    // a unit that has an optimum is not rightly null
    expect(statusOf(path, [null_, null_, random[1]]).diagnosis).toBe("not-a-number");
  });

  test("with ties, whatever attains the norm is right: p = 1", () => {
    const right = [
      [0.2, 0.3, -0.5],
      [0, -1, 0],
      [0, 0, 1],
    ];
    expect(statusOf("optimum.1.max.f.h_prev", right)).toMatchObject({ status: "passed" });
    expect(statusOf("optimum.1.max.f.h_prev", [right[0], [0.25, -0.75, 0], right[2]])).toMatchObject({
      status: "passed",
    });
    expect(statusOf("optimum.1.max.f.h_prev", [right[0], [0.25, 0.75, 0], right[2]])).toMatchObject({
      status: "failed",
    });
    expect(statusOf("optimum.1.min.f.h_prev", [right[0], [0, 1, 0], [0, 0, -1]])).toMatchObject({ status: "passed" });
  });

  test("with zero entries, whatever attains the norm is right: p = inf", () => {
    expect(
      statusOf("optimum.inf.max.f.h_prev", [
        [1, 0, 0],
        [1, -1, 1],
        [1, 0.5, 1],
      ]),
    ).toMatchObject({ status: "passed" });
    expect(
      statusOf("optimum.inf.max.f.h_prev", [
        [1, 0, 0],
        [1, -1, 1],
        [1, 2, 1],
      ]),
    ).toMatchObject({ right: 8 });
  });
});
