import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, fixtureText } from "../helpers/fixtures.ts";
import { forwardSchema } from "../helpers/result-schemas.ts";
import { mainResult, runMain, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/bias-and-input.json";
const SEQUENCE = "fixtures/sequence.json";
const forward = async (args: readonly string[], input = "") =>
  forwardSchema.parse(await mainResult(["forward", ...args, "--json"], { input }));
/** What a cell gives when the state stands in the file itself. */
const withState = (state: object) => forward([], JSON.stringify({ ...fixture("bias-and-input.json"), ...state }));

const folder = temporaryFolder();

function file(name: string, json: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(json));
  return path;
}

describe("dlstm forward", () => {
  test("prints pre-activations, gates, c_t and h_t, each of hidden size", async () => {
    const result = await forward([CELL]);
    expect(result).toMatchObject({ hidden_size: 3, input_size: 2 });
    const vectors = [...Object.values(result.preactivations), ...Object.values(result.gates), result.c_t, result.h_t];
    expect(vectors.map((vector) => vector?.length)).toEqual(Array(10).fill(3));
  });

  test("computes σ(0) = 1/2 and tanh(0) = 0 exactly", async () => {
    const result = await forward([], '{"U_f":[[4]],"U_i":[[1]],"U_o":[[1]],"U_u":[[1]],"h_prev":[0],"c_prev":[3]}');
    expect(result.preactivations).toEqual({ f: [0], i: [0], o: [0], u: [0] });
    expect(result.gates).toEqual({ f: [0.5], i: [0.5], o: [0.5], u: [0] });
    expect(result.c_t).toEqual([1.5]);
  });

  test("prints tables of both, and the note on state taken as zero", async () => {
    const { stdout, stderr, status } = await runMain(["forward"], { input: '{"U_f":[[4]],"b_f":[0.5]}' });
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout).toMatch(/^pre-activations +z_f\n─+\n\[0\] +0\.500000$/m);
    expect(stdout).toMatch(/^gates +f_t\n─+\n\[0\] +0\.622459$/m);
    expect(stdout).toMatch(/^h_\{t-1\} .*zero$/m);
  });

  test("of a partial cell prints what can be told", async () => {
    const result = await forward(["fixtures/forget-gate-only.json"]);
    expect(Object.keys(result.preactivations)).toEqual(["f"]);
    expect(result.missing).toMatchObject({ h_t: ["U_i", "U_o", "U_u"] });
    expect(result).not.toHaveProperty("assumed_zero");
  });

  test("tells c_t without the output gate, but not h_t", async () => {
    const result = await forward([], '{"U_f":[[1]],"U_i":[[1]],"U_u":[[1]],"h_prev":[0]}');
    expect(result.c_t).toEqual([0]);
    expect(result.missing).toEqual({ o: ["U_o"], h_t: ["U_o"] });
    expect(result.assumed_zero).toEqual(["c_prev"]);
  });

  test.each([
    ["--x-t", "--x", { x_t: [2, 3] }],
    ["--h-prev", "--h", { h_prev: [1, 0, -1] }],
    ["--c-prev", "--c", { c_prev: [0.5, 0, 2] }],
  ])("takes %s, short %s, in place of the cell's own state", async (flag, short, state) => {
    const value = JSON.stringify(Object.values(state)[0]);
    const expected = await withState(state);
    expect(expected).not.toEqual(await forward([CELL]));
    expect(await forward([CELL, flag, value])).toEqual(expected);
    expect(await forward([CELL, `${short}=${value}`])).toEqual(expected);
  });

  test("takes --state in place of the cell's own, and flags in place of both", async () => {
    const state = { x_t: [2, 3], h_prev: [1, 0, -1], c_prev: [0.5, 0, 2] };
    const path = file("state.json", { name: "a state", ...state });
    expect(await forward([CELL, "--state", path])).toEqual(await withState(state));
    expect(await forward([CELL, "--state", path, "--x", "[0,1]"])).toEqual(await withState({ ...state, x_t: [0, 1] }));
    expect(await forward([CELL, "--state", "-"], JSON.stringify(state))).toEqual(await withState(state));
  });

  test("names the state file, not the cell, where the state is wrong", async () => {
    const path = file("wrong-state.json", { h_prev: [1, 2], U_f: [[1]] });
    const { stderr, status } = await runMain(["forward", CELL, "--state", path]);
    expect(status).toBe(2);
    const [key, size] = stderr.trimEnd().split("\n");
    expect(key).toContain(`${path}: U_f: unknown key`);
    expect(size).toBe(`dlstm: ${path}: h_prev: 2 numbers, expected 3 (the hidden size)`);
  });

  test("steps through the sequence as if each step were given alone", async () => {
    const { x } = fixture<{ x: number[][] }>("sequence.json");
    let { h_prev, c_prev } = fixture<{ h_prev: number[]; c_prev: number[] }>("sequence.json");
    for (const [k, x_t] of x.entries()) {
      const step = await forward([SEQUENCE, "--step", String(k + 1)]);
      const state = ["--x", x_t, "--h", h_prev, "--c", c_prev];
      const alone = await forward([
        SEQUENCE,
        ...state.map((part) => (Array.isArray(part) ? JSON.stringify(part) : part)),
      ]);
      expect(step).toEqual(alone);
      [h_prev, c_prev] = [step.h_t!, step.c_t!];
    }
  });

  test("refuses a sequence without --step, and says how to choose one", async () => {
    const { stdout, stderr, status } = await runMain(["forward", SEQUENCE]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toMatch(/^dlstm: fixtures\/sequence\.json: x: a sequence of 5 steps, expected .*--step t\b.*\n$/);
    for (const command of ["sequence", "backward"]) expect(stderr).toContain(command);
  });

  test.each([
    ["6", "6, expected 1 … 5, the steps of x"],
    ["0", "0, expected a whole number at least 1"],
    ["1.5", "1.5, expected a whole number at least 1"],
  ])("refuses --step %s of a sequence of five", async (step, message) => {
    const { stderr, status } = await runMain(["forward", SEQUENCE, "--step", step]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^dlstm: .*--step: /);
    expect(stderr).toContain(message);
  });

  test("reads a file that opens with a byte-order mark", async () => {
    expect(await forward([], `\ufeff${fixtureText("bias-and-input.json")}`)).toEqual(await forward([CELL]));
  });

  test("prints nothing but the error where a value leaves the range of a double", async () => {
    const { stdout, stderr, status } = await runMain(["forward", "fixtures/invalid/overflow.json", "--json"]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain('"code":"overflow"');
  });
});
