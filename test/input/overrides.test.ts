import { describe, expect, test } from "vitest";
import { DlstmError, describeProblem } from "../../src/errors.ts";
import { type ArrayKey, WEIGHT_KEYS } from "../../src/input/keys.ts";
import type { CellOverrides } from "../../src/input/overrides.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { readJsonCell } from "../../src/input/weights/read-cell.ts";
import type { Gate } from "../../src/lstm/names.ts";

const U_f = [
  [1, 2],
  [3, 4],
];
const W_f = [
  [1, 2, 3],
  [4, 5, 6],
];

function problemsOf(overrides: CellOverrides): string[] {
  try {
    parseCell({ U_f }, "cell.json", overrides);
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    return error.problems.map(describeProblem);
  }
  return [];
}
const flag = (key: ArrayKey, value: unknown) => ({
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

  test.each(WEIGHT_KEYS)("takes %s from a flag, beside a native cell and beside a framework's weights", (key) => {
    const [name, gate] = key.split("_") as ["W" | "U" | "b", Gate];
    const [two, three] = [
      [8, 9],
      [7, 8, 9],
    ];
    const value = { W: [three, three], U: [two, two], b: two }[name];
    const rows = (width: number) => Array.from({ length: 8 }, (_, r) => Array.from({ length: width }, (_, k) => r + k));
    // biases whose sum is rounded: the rest goes with the bias that it is of
    const biases = { bias_ih: Array(8).fill(0.1), bias_hh: Array(8).fill(1e-20) };
    const pytorch = { weight_ih: rows(3), weight_hh: rows(2), ...biases };
    const native = { W_f, W_i: W_f, W_o: W_f, W_u: W_f, U_f, U_i: U_f, U_o: U_f, U_u: U_f };
    for (const read of [
      (overrides: CellOverrides) => parseCell(native, "cell.json", overrides),
      (overrides: CellOverrides) => readJsonCell(pytorch, "cell.json", {}, overrides),
    ]) {
      const before = read({});
      const after = read(flag(key, value));
      const { gates, ...rest } = after;
      expect(rest).toEqual({ ...before, gates: undefined });
      for (const [g, weights] of Object.entries(gates)) {
        const own = before.gates[g as Gate]!;
        if (g !== gate) expect(weights).toEqual(own);
        else if (name === "b") expect(weights).toEqual({ W: own.W, U: own.U, b: Float64Array.of(8, 9) });
        else {
          expect([...weights[name]!.data]).toEqual(value.flat());
          expect({ ...weights, [name]: own[name] }).toEqual(own);
        }
      }
    }
  });

  test("makes a cell of flags alone, and of flags beside a state", () => {
    expect(parseCell({}, null, flag("U_o", U_f)).gates.o?.U.data).toEqual(Float64Array.of(1, 2, 3, 4));
    expect(readJsonCell({ h_prev: [1, 2] }, null, {}, flag("U_o", U_f))).toMatchObject({
      hiddenSize: 2,
      state: { h_prev: Float64Array.of(1, 2) },
    });
  });

  test("names the flag whose weights have another size than the cell", () => {
    expect(problemsOf(flag("b_f", [1, 2, 3]))).toEqual(["--b-f: 3 numbers, expected 2 (the hidden size)"]);
    expect(problemsOf(flag("U_i", [[1, 2], [3]]))).toEqual(["--U-i[1]: 1 number, expected 2 (the hidden size)"]);
    const keras = { kernel: [Array(8).fill(1)], recurrent_kernel: [Array(8).fill(1), Array(8).fill(1)] };
    expect(() => readJsonCell(keras, "keras.json", {}, flag("W_f", W_f))).toThrow(
      /^--W-f\[0\]: 3 numbers, expected 1 \(the input size\)/,
    );
  });
});
