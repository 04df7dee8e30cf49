import { describe, expect, test } from "vitest";
import { DlstmError, describeProblem } from "../../src/errors.ts";
import type { StateKey } from "../../src/input/keys.ts";
import { parseCell, type StateOverrides } from "../../src/input/parse-cell.ts";

const U_f = [
  [1, 2],
  [3, 4],
];
const W_f = [
  [1, 2, 3],
  [4, 5, 6],
];

function problemsOf(overrides: StateOverrides): string[] {
  try {
    parseCell({ U_f }, "cell.json", overrides);
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    return error.problems.map(describeProblem);
  }
  return [];
}
const flag = (key: StateKey, value: unknown) => ({
  flags: [{ key, source: { value, file: null, place: `--${key.replace("_", "-")}` } }],
});

describe("parseCell with overrides", () => {
  test("takes the state file before the cell, and flags before both", () => {
    const stateFile = { json: { h_prev: [5, 6], c_prev: [7, 8] }, file: "state.json" };
    const json = { U_f, h_prev: [1, 2], c_prev: [3, 4] };
    const { state } = parseCell(json, null, { stateFile, ...flag("c_prev", [9, 9]) });
    expect([state.h_prev, state.c_prev]).toEqual([Float64Array.of(5, 6), Float64Array.of(9, 9)]);
  });

  test("takes x_t in place of a sequence, and a sequence in place of x_t", () => {
    expect(parseCell({ W_f, U_f, x: [[1, 2, 3]] }, null, flag("x_t", [4, 5, 6])).x).toBeNull();
    const stateFile = { json: { x: [[1, 2, 3]] }, file: null };
    expect(parseCell({ W_f, U_f, x_t: [4, 5, 6] }, null, { stateFile }).state.x_t).toBeNull();
  });

  test.each([null, true, 1, "[1]", {}, [], [[1], [2]], [1, null], [1]])("refuses %j for a flag's vector", (value) => {
    const problems = problemsOf(flag("h_prev", value));
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toMatch(/^--h-prev(\[\d\])?: .*expected/);
  });

  test("takes upstream gradients by the same order, as many rows as the sequence has that stands in the end", () => {
    const json = { W_f, U_f, x: [[1, 2, 3]], dh_t: [1, 2], dc_t: [3, 4] };
    const stateFile = {
      json: {
        dh_t: [5, 6],
        x: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
      file: "state.json",
    };
    const rows = [
      [7, 8],
      [9, 10],
    ];
    const { x, upstream } = parseCell(json, null, { stateFile, ...flag("dc_t", rows) });
    expect([x?.rows, upstream.dh_t?.rows]).toEqual([2, 1]);
    expect([upstream.dh_t?.data, upstream.dc_t?.data]).toEqual([Float64Array.of(5, 6), Float64Array.of(7, 8, 9, 10)]);
  });

  test.each(["dh_t", "dc_t"] as const)("refuses what is no array for %s, and names the flag", (key) => {
    for (const value of [null, true, 1, "[1]", {}]) {
      const [problem, ...more] = problemsOf(flag(key, value));
      expect(problem).toMatch(/^--d[hc]-t: .*, expected a row of 2 numbers$/);
      expect(more).toEqual([]);
    }
  });

  test("names the state file and its unknown keys, of which weights are some", () => {
    const stateFile = { json: { U_f, h: [1, 2] }, file: "state.json" };
    expect(problemsOf({ stateFile })).toEqual([
      expect.stringMatching(/^state\.json: U_f: unknown key/),
      expect.stringMatching(/^state\.json: h: unknown key/),
    ]);
  });
});
