import { describe, expect, test } from "vitest";
import { DlstmError, describeProblem } from "../../src/errors.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { fixture } from "../helpers/fixtures.ts";

/** The problems of a cell as `PLACE: message`, each of them in cell.json. */
function problemsOf(json: unknown): string[] {
  try {
    parseCell(json, "cell.json");
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    return error.problems.map((problem) => describeProblem(problem).replace(/^cell\.json: /, ""));
  }
  return [];
}
const U_f = [
  [1, 2],
  [3, 4],
];
const W_f = [
  [1, 2, 3],
  [4, 5, 6],
];

const X = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];
const ROWS_WITHOUT_X = "dc_t: rows, expected 2 numbers: a row a step goes with a sequence x";

describe("parseCell", () => {
  test("keeps the weights of a large cell in one memory, those of a small one apart", () => {
    const square = (n: number) => Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, k) => r - k / n));
    const cellOf = (n: number) => parseCell({ U_f: square(n), U_i: square(n), W_f: square(n), b_f: square(n)[0] });
    const { f, i } = cellOf(210).gates;
    expect(f?.U.data).toEqual(Float64Array.from(square(210).flat()));
    expect([f?.W, f?.b]).toEqual([f?.U, Float64Array.from(square(210)[0])]);
    expect(new Set([f?.U.data, f?.W?.data, f?.b, i?.U.data].map((numbers) => numbers?.buffer)).size).toBe(1);
    const small = cellOf(100).gates;
    expect(small.f?.U.data.buffer).not.toBe(small.i?.U.data.buffer);
  });

  test("reads every key of the native cell", () => {
    const cell = parseCell(fixture("bias-and-input.json"));
    expect(cell).toMatchObject({ hiddenSize: 3, inputSize: 2, x: null });
    expect(Object.keys(cell.gates)).toEqual(["f", "i", "o", "u"]);
    expect(cell.gates.f?.W?.data).toEqual(Float64Array.of(0.31, -0.72, 0.45, 0.18, -0.66, 0.93));
    expect(cell.gates.u?.U).toMatchObject({ rows: 3, cols: 3 });
    expect([cell.gates.o?.b?.length, cell.state.x_t?.length, cell.state.c_prev?.length]).toEqual([3, 2, 3]);
    expect(cell.upstream.dh_t).toEqual({ rows: 1, cols: 3, data: Float64Array.of(0.5, -1.5, 2) });
  });

  test("leaves what is absent null, not zero", () => {
    expect(parseCell({ U_f })).toEqual({
      name: null,
      hiddenSize: 2,
      inputSize: null,
      gates: { f: { W: null, U: { rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, 4) }, b: null } },
      state: { x_t: null, h_prev: null, c_prev: null },
      x: null,
      reverse: false,
      upstream: { dh_t: null, dc_t: null },
    });
  });

  test("reads upstream gradients of one row for the last step, or of a row a step", () => {
    const rows = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const { upstream } = parseCell({ U_f, W_f, x: X, dh_t: [7, 8], dc_t: rows });
    expect(upstream.dh_t).toEqual({ rows: 1, cols: 2, data: Float64Array.of(7, 8) });
    expect(upstream.dc_t).toEqual({ rows: 3, cols: 2, data: Float64Array.of(1, 2, 3, 4, 5, 6) });
    // of one step the row is the same either way
    expect(parseCell({ U_f, W_f, x: [[1, 2, 3]], dh_t: [[7, 8]] }).upstream.dh_t).toEqual(upstream.dh_t);
  });

  test("reads a sequence of any length, keeps name and $schema out of the numbers", () => {
    const cell = parseCell({ $schema: "cell.schema.json", name: "a", W_f, U_f, x: [[1, 0, -0]] });
    expect([cell.name, cell.x?.rows, cell.x?.cols, cell.inputSize]).toEqual(["a", 1, 3, 3]);
    expect(Object.is(cell.x?.data[2], -0)).toBe(true);
  });

  test.each([
    ["a ragged row", { U_f: [[1, 2], [3]] }, ["U_f[1]: 1 number, expected 2 (the hidden size)"]],
    ["too many rows", { U_f, U_i: [...U_f, [5, 6]] }, ["U_i: 3 rows, expected 2 (the hidden size)"]],
    [
      "rows of W that differ in length",
      { W_f: [[1, 2, 3], [4]], U_f },
      ["W_f[1]: 1 number, expected 3 (the input size)"],
    ],
    ["an input of another length", { W_f, W_i: W_f, U_f, x_t: [1] }, ["x_t: 1 number, expected 3 (the input size)"]],
    ["a step of another length", { W_f, U_f, x: [[1, 2, 3], [1]] }, ["x[1]: 1 number, expected 3 (the input size)"]],
    ["upstream gradients by row without a sequence", { U_f, dc_t: [[1, 2]] }, [ROWS_WITHOUT_X]],
    [
      "a sequence of numbers",
      { U_f, W_f, x: [1, 2, 3] },
      [0, 1, 2].map((t) => `x[${t}]: ${t + 1}, expected a row of 3 numbers`),
    ],
    [
      "a row of x of another length, at its step",
      { U_f, W_f, x: [[1, 2, 3], [4], [5, 6, 7]] },
      ["x[1]: 1 number, expected 3 (the input size)"],
    ],
    [
      "fewer rows of dh_t than steps, a wrong row, and a dc_t of another length",
      { U_f, W_f, x: X, dh_t: [[1, 2], [3]], dc_t: [1] },
      [
        "dh_t: 2 rows, expected 3 (the steps of x)",
        "dh_t[1]: 1 number, expected 2 (the hidden size)",
        "dc_t: 1 number, expected 2 (the hidden size)",
      ],
    ],
    [
      "an entry of a row of dc_t that is no number",
      {
        U_f,
        W_f,
        x: X,
        dc_t: [
          [1, 2],
          [3, 4],
          [5, "6"],
        ],
      },
      ['dc_t[2][1]: the text "6", expected a finite number'],
    ],
    [
      "a number among the rows of dh_t",
      { U_f, W_f, x: X, dh_t: [[1, 2], 3, [5, 6]] },
      ["dh_t[1]: 3, expected a row of 2 numbers"],
    ],
    ["an empty upstream gradient", { U_f, dh_t: [] }, ["dh_t: 0 numbers, expected 2 (the hidden size)"]],
    ["an upstream gradient of another length", { U_f, dh_t: [1] }, ["dh_t: 1 number, expected 2 (the hidden size)"]],
    ["an empty vector", { U_f, b_f: [] }, ["b_f: 0 numbers, expected 2 (the hidden size)"]],
    [
      "an object for an entry",
      {
        U_f: [
          [1, {}],
          [3, 4],
        ],
      },
      ["U_f[0][1]: an object, expected a finite number"],
    ],
    [
      "Infinity",
      { U_f, c_prev: [1, -Infinity] },
      [expect.stringMatching(/^c_prev\[1\]: .* expected a finite number$/)],
    ],
    ["NaN", { U_f, c_prev: [NaN, 1] }, [expect.stringMatching(/^c_prev\[0\]: .* expected a finite number$/)]],
    ["null for an array", { U_f, b_f: null }, ["b_f: null, expected an array"]],
    ["a name that is no text", { U_f, name: [] }, ["name: an empty array, expected a string"]],
  ])("names place, value and expectation of %s", (_, json, problems) => {
    expect(problemsOf(json)).toEqual(problems);
  });

  test.each([null, 1, "U_f", [], true])("refuses %j for an object", (json) => {
    expect(problemsOf(json)).toEqual([expect.stringMatching(/, expected a JSON object$/)]);
  });

  test.each([
    ["the one that is larger", { U_f: [[1]], U_i: U_f, U_o: [[1]], U_u: [[1]] }, /^U_i/],
    ["the one that is smaller", { U_f: [[1]], U_i: U_f, U_o: U_f }, /^U_f/],
    [
      "a first row that is too long",
      {
        U_f: [
          [1, 2, 3],
          [3, 4],
        ],
        b_f: [0, 0],
      },
      /^U_f\[0\]: 3 numbers, expected 2/,
    ],
    [
      "one W among four",
      { U_f, U_i: U_f, W_f, W_i: W_f, W_o: W_f, W_u: [[1], [2]] },
      /^W_u\[[01]\]: 1 number, expected 3/,
    ],
    ["a state that disagrees with the weights", { U_f, h_prev: [1, 2, 3] }, /^h_prev: 3 numbers, expected 2/],
  ])("blames %s", (_, json, blamed) => {
    const problems = problemsOf(json);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toMatch(blamed);
  });

  test("refuses an empty row of W or x, as of U", () => {
    for (const json of [{ U_f: [[]] }, { U_f, W_f: [[], []] }, { U_f, W_f: [[], []], x: [[]] }]) {
      expect(problemsOf(json), JSON.stringify(json)).not.toEqual([]);
    }
  });

  test("never expects a row of no numbers", () => {
    expect(problemsOf({ U_f: [[1]], W_f: [1] }).join()).toMatch(/^W_f\[0\]: 1, expected (?!.*\b0 numbers)/);
  });

  test("refuses a vector of a hundred thousand numbers for U without making room for its square", () => {
    const problems = problemsOf({ U_f: Array(1e5).fill(1) });
    expect(problems).toHaveLength(10);
    expect(problems[0]).toMatch(/^U_f\[0\]: 1, expected a row /);
  });

  test.each([
    ["x beside x_t", { W_f, U_f, x_t: [1, 2, 3], x: [[1, 2, 3]] }, "x"],
    ["no U", { W_f, x_t: [1, 2, 3] }, "U_f"],
    ["x_t without W", { U_f, x_t: [1, 2, 3] }, "W_f"],
    ["x without one of the W", { U_f, U_i: U_f, W_f, x: [[1, 2, 3]] }, "W_i"],
  ])("refuses %s", (_, json, place) => {
    expect(problemsOf(json)).toEqual([expect.stringMatching(new RegExp(`^${place}: .*expected`))]);
  });
});
