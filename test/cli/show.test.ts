import { describe, expect, test } from "vitest";
import { showSchema, sizeOf } from "../helpers/result-schemas.ts";
import { mainResult, ROOT, run, runMain } from "../helpers/run.ts";

const HOMEWORK = "fixtures/homework6.json";
const show = async (args: readonly string[], input = "") =>
  showSchema.parse(await mainResult(["show", ...args, "--json"], { input }));

describe("dlstm show", () => {
  test("answers the four questions of the homework", async () => {
    const result = await show([HOMEWORK]);
    expect(result).toMatchObject({ hidden_size: 2, input_size: 3, optimum: { norm: "2", goal: "max" } });
    expect(Object.keys(result.gates)).toEqual(["f", "i", "o", "u"]);
    expect([result.c_t?.length, result.h_t?.length]).toEqual([2, 2]);
    expect(Object.keys(result.jacobian)).toEqual(["f", "h_t"]);
    expect([result.jacobian.f, result.jacobian.h_t].map((wrt) => Object.keys(wrt ?? {}))).toEqual([
      ["h_prev"],
      ["h_prev"],
    ]);
    expect(sizeOf(result.jacobian.h_t?.h_prev)).toEqual([2, 2]);
    expect(Object.keys(result.optimum?.gates ?? {})).toEqual(["f"]);
    expect(result.optimum?.gates.f?.map(({ unit }) => unit)).toEqual([0, 1]);
  });

  test("says nothing of what is missing or assumed where nothing is", async () => {
    const result = await show([HOMEWORK]);
    expect(result).not.toHaveProperty("missing");
    expect(result).not.toHaveProperty("assumed_zero");
  });

  test("is the command where none is named", async () => {
    expect(await runMain([HOMEWORK])).toEqual(await runMain(["show", HOMEWORK]));
    expect(await runMain(["--json", HOMEWORK])).toEqual(await runMain(["show", HOMEWORK, "--format", "json"]));
  });

  test("reads standard input for - and for no file", async () => {
    const input = '{"U_f":[[4]],"h_prev":[0]}';
    const fromDash = await runMain(["show", "-"], { input });
    expect(fromDash.status).toBe(0);
    expect(await runMain(["show"], { input })).toEqual(fromDash);
    expect(await runMain([], { input })).toEqual(fromDash);
    expect(await runMain(["-"], { input })).toEqual(fromDash);
  });

  test("prints a table of each answer, six digits a column", async () => {
    const { stdout, stderr, status } = await runMain(["show", HOMEWORK]);
    expect([stderr, status]).toEqual(["", 0]);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("homework 6 (hidden size 2, input size 3)");
    expect(lines).toContain("gates and state       f_t       i_t       o_t       u_t        c_t        h_t");
    expect(lines).toContain("[0]              0.645656  0.611233  0.397714  0.712626   0.952106   0.294601");
    expect(lines).toContain("∂f_t/∂h_{t-1}       [0]        [1]");
    expect(lines).toContain("[1]            0.332569   0.177370");
    expect(lines).toContain("∂h_t/∂h_{t-1}         [0]        [1]");
    expect(lines).toContain("[1]                0.845535  1.70000    0.882353   0.470588");
  });

  test("names a cell without a name after its file", async () => {
    expect((await runMain([], { input: '{"U_f":[[4]]}' })).stdout).toMatch(/^stdin \(hidden size 1\)\n/);
  });

  test.each([
    ["3", "0.646"],
    ["10", "0.6456563062"],
    ["17", "0.64565630622579540"],
  ])("prints %s digits of a column's largest entry with --digits", async (digits, text) => {
    const { stdout } = await runMain([HOMEWORK, "--digits", digits]);
    expect(stdout.split("\n").find((line) => line.startsWith("[0]"))).toContain(` ${text} `);
  });

  test("prints what a partial cell tells and says which keys the rest lacks", async () => {
    const result = await show(["fixtures/forget-gate-only.json"]);
    expect(result.input_size).toBeNull();
    expect(Object.keys(result.gates)).toEqual(["f"]);
    expect(Object.keys(result.jacobian)).toEqual(["f"]);
    expect(result.optimum?.gates.f).toHaveLength(3);
    expect(result).not.toHaveProperty("c_t");
    expect(result).not.toHaveProperty("h_t");
    expect(result.missing).toEqual({
      i: ["U_i"],
      o: ["U_o"],
      u: ["U_u"],
      c_t: ["U_i", "U_u"],
      h_t: ["U_i", "U_o", "U_u"],
    });
  });

  test("has a caption for what is missing and for what is assumed", async () => {
    const { stdout } = await runMain([], { input: '{"U_f":[[4]]}' });
    expect(stdout).toMatch(/^h_\{t-1\} .*zero$/m);
    expect(stdout).toMatch(/h_t\s\(U_i,\sU_o,\sU_u\)/);
  });

  test("has neither the Jacobian nor the optimum of a forget gate that is not there", async () => {
    const result = await show([], '{"U_i":[[4]],"h_prev":[0]}');
    expect(result.jacobian).toEqual({});
    expect(result).not.toHaveProperty("optimum");
    expect(result.missing).toMatchObject({ f: ["U_f"], h_t: ["U_f", "U_o", "U_u"] });
  });

  test("lists the state that it took as zero", async () => {
    const input = '{"W_f":[[1]],"U_f":[[4]],"U_i":[[1]],"U_o":[[1]],"U_u":[[1]]}';
    expect((await show([], input)).assumed_zero?.toSorted()).toEqual(["c_prev", "h_prev", "x_t"]);
  });

  test("shows every row and column with --full", async () => {
    const { stdout: cell } = await runMain(["schema", "cell", "--example", "--hidden", "24", "--input", "1"]);
    const cut = (await runMain(["show"], { input: cell })).stdout;
    const full = (await runMain(["show", "--full"], { input: cell })).stdout;
    expect(cut).toContain("corner of 24 × 24, --full shows all");
    expect(cut.length).toBeLessThan(full.length);
    expect(full).not.toContain("…");
    expect(full).toMatch(/∂h_t\/∂h_\{t-1\}( +\[\d+\]){24}\n/);
  });

  test("takes the width from COLUMNS where there is no terminal, else 80", async () => {
    const { stdout: cell } = await runMain(["schema", "cell", "--example", "--hidden", "24", "--input", "1"]);
    const columnsAt = async (env: Record<string, string>) =>
      (await runMain(["jacobian", "--of", "f"], { input: cell, env })).stdout.match(/\[\d+\]/g)!.length;
    expect(await columnsAt({ COLUMNS: "160" })).toBeGreaterThan(await columnsAt({}));
    expect(await columnsAt({ COLUMNS: "80" })).toBe(await columnsAt({}));
  });

  test("prints nothing but the error of a broken cell", async () => {
    const { stdout, stderr, status } = await runMain(["show", "fixtures/invalid/ragged-row.json"]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toBe("dlstm: fixtures/invalid/ragged-row.json: U_f[1]: 3 numbers, expected 2 (the hidden size)\n");
  });

  test("is as silent with -q, and runs from any folder", async () => {
    const { stdout } = await runMain([HOMEWORK]);
    expect(run(["-q", `${ROOT}${HOMEWORK}`], { cwd: "/" })).toEqual({ stdout, stderr: "", status: 0 });
    expect(await runMain(["show", HOMEWORK, "--quiet"])).toEqual({ stdout, stderr: "", status: 0 });
  });
});
