import { describe, expect, test } from "vitest";
import { checkSchema, optimumSchema, outputOptimumSchema } from "../helpers/result-schemas.ts";
import { mainResult, runMain } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const ZERO_ROW = "fixtures/zero-row.json";
/** The rows (3, −4) and (0, 2), whose norms are whole numbers. */
const THREE_FOUR = '{"U_f":[[3,-4],[0,2]],"U_u":[[3,-4],[0,2]]}';

const optimum = async (args: readonly string[], input = "") =>
  optimumSchema.parse(await mainResult(["optimum", ...args, "--json"], { input })).optimum;
const unitsOf = async (args: readonly string[], input = "") => (await optimum(args, input)).gates.f!;

describe("dlstm optimum", () => {
  test("maximises every unit of the forget gate over the Euclidean sphere by default", async () => {
    const result = await optimum([CELL]);
    expect(result).toMatchObject({ norm: "2", goal: "max" });
    expect(Object.keys(result.gates)).toEqual(["f"]);
    expect(result.gates.f?.map(({ unit }) => unit)).toEqual([0, 1]);
  });

  test.each([
    ["2", [0.6, -0.8], 5],
    ["1", [0, -1], 4],
    ["inf", [1, -1], 7],
  ])("finds U_f[0]·h = the dual norm for p = %s", async (norm, h, dualNorm) => {
    const [unit] = await unitsOf(["--norm", norm], THREE_FOUR);
    expect(unit).toMatchObject({ unit: 0, h_prev: h, preactivation: dualNorm, unique: true });
    expect(unit?.activation).toBeCloseTo(1 / (1 + Math.exp(-dualNorm)), 14);
  });

  test("minimises with the opposite vector, without a negative zero", async () => {
    const options = ["--minimize", "--norm", "1"];
    expect((await optimum(options, THREE_FOUR)).goal).toBe("min");
    const [unit] = await unitsOf(options, THREE_FOUR);
    expect(unit).toMatchObject({ h_prev: [0, 1], preactivation: -4, unique: true });
    expect((await runMain(["optimum", "--json", ...options], { input: THREE_FOUR })).stdout).not.toContain("-0,");
  });

  test("chooses gates with --gate and units with --unit, from 0", async () => {
    const { gates } = await optimum(["fixtures/bias-and-input.json", "--gate", "u,i", "--unit", "2,0,2"]);
    expect(Object.keys(gates)).toEqual(["i", "u"]);
    expect(gates.u?.map(({ unit }) => unit).toSorted()).toEqual([0, 2]);
  });

  test("puts the candidate through tanh, not σ", async () => {
    expect((await optimum(["--gate", "u"], THREE_FOUR)).gates.u?.[0]?.activation).toBeCloseTo(Math.tanh(5), 14);
  });

  test.each(["1", "2", "inf"])("has no optimal vector for a zero row, but the value at any: p = %s", async (norm) => {
    const { gates } = await optimum([ZERO_ROW, "--norm", norm, "--gate", "f,u"]);
    const zeroRows = [gates.f![0]!, gates.u![2]!];
    for (const { h_prev, unique } of zeroRows) expect([h_prev, unique]).toEqual([null, false]);
    // b_f + W_f x_t = 0.25 + 0.4·1.2 + 0.9·0.3 and W_u x_t = 0.5·1.2 + 0.8·0.3
    expect(zeroRows.map(({ preactivation }) => preactivation)).toEqual([1, 0.84]);
    expect(zeroRows[0]?.activation).toBeCloseTo(1 / (1 + Math.exp(-1)), 14);
    expect(zeroRows[1]?.activation).toBeCloseTo(Math.tanh(0.84), 14);
  });

  test("takes the first of equal largest entries for p = 1, and says that it is not the only one", async () => {
    expect((await unitsOf([ZERO_ROW, "--norm", "1"]))[1]).toMatchObject({ h_prev: [-1, 0, 0], unique: false });
    expect((await unitsOf([ZERO_ROW, "--norm", "2"]))[1]?.unique).toBe(true);
  });

  test("leaves zero components zero for p = inf, and says that it is not the only one", async () => {
    expect((await unitsOf([ZERO_ROW, "--norm", "inf"]))[2]).toMatchObject({ h_prev: [1, 0, -1], unique: false });
    expect((await unitsOf([ZERO_ROW, "--norm", "inf"]))[1]?.unique).toBe(true);
  });

  test("marks in a table what is not unique", async () => {
    const { stdout } = await runMain(["optimum", ZERO_ROW, "--norm", "1"]);
    expect(stdout).toMatch(/^max f_t, ‖h‖₁ = 1 +f_t +z_f +h_\{t-1\}\[0\] +\[1\] +\[2\]$/m);
    expect(stdout).toMatch(/^\[0\]\* +0\.731059 +1\.00000 +any +any +any$/m);
    expect(stdout).toMatch(/^\[1\]\* +.* -1 +0 +0$/m);
    expect(stdout).toMatch(/^\[2\] +.* 0 +0 +-1$/m);
    expect(stdout).toMatch(/^\* not the only optimum/m);
  });

  test("needs of a partial cell only the gate in question", async () => {
    expect(await unitsOf(["fixtures/forget-gate-only.json"])).toHaveLength(3);
  });

  test("refuses a gate that the cell lacks, named or by default", async () => {
    const missing = "missing, but needed for the optimum of";
    const named = await runMain(["optimum", "fixtures/forget-gate-only.json", "--gate", "f,o"]);
    expect(named).toEqual({
      stdout: "",
      stderr: `dlstm: fixtures/forget-gate-only.json: U_o: ${missing} o\n`,
      status: 2,
    });
    expect((await runMain(["optimum"], { input: '{"U_i":[[1]]}' })).stderr).toBe(`dlstm: stdin: U_f: ${missing} f\n`);
  });

  test("rests on x_t alone of the state, and says so where it is taken as zero", async () => {
    const result = optimumSchema.parse(await mainResult(["optimum", "--json"], { input: '{"W_f":[[1]],"U_f":[[2]]}' }));
    expect(result.assumed_zero).toEqual(["x_t"]);
    expect(await optimum([CELL, "--h", "[1,0]", "--c", "[9,9]"])).toEqual(await optimum([CELL]));
    expect(await optimum([CELL, "--x", "[1,0,0]"])).not.toEqual(await optimum([CELL]));
  });

  test("prints nothing but the error of a broken cell", async () => {
    const { stdout, status } = await runMain(["optimum", "fixtures/invalid/nan.json"]);
    expect([stdout, status]).toEqual(["", 2]);
  });
});

describe("dlstm optimum --of", () => {
  test("gives each output's optimum with its certificate", async () => {
    const args = ["optimum", CELL, "--of", "c_t,h_t", "--unit", "1", "--json"];
    const { optimum: found } = outputOptimumSchema.parse(await mainResult(args));
    expect(found).toMatchObject({ norm: "2", goal: "max" });
    expect(Object.keys(found.outputs)).toEqual(["c_t", "h_t"]);
    const [h_t] = found.outputs.h_t!;
    expect(h_t).toMatchObject({ unit: 1, unique: true });
    // the forward pass at that vector says the same
    const at = ["forward", CELL, "--h-prev", JSON.stringify(h_t.h_prev), "--json"];
    expect((await mainResult(at)) as object).toMatchObject({ h_t: { 1: h_t.value } });
    expect(h_t.gap).toBe(h_t.bound - h_t.value);
  });

  test("shows the bound and the gap in a table, and CSV has them by name", async () => {
    const table = (await runMain(["optimum", CELL, "--of", "h_t", "--minimize"])).stdout;
    expect(table).toMatch(/min h_t, ‖h‖₂ = 1 +h_t +bound +gap +h_\{t-1\}\[0\]/);
    const csv = (await runMain(["optimum", CELL, "--of", "h_t", "--format", "csv"])).stdout;
    for (const name of ["h_prev", "value", "bound", "gap", "unique"])
      expect(csv).toContain(`optimum.2.max.h_t.${name},`);
  });

  test.each([
    [["--of", "h_t", "--gate", "f"], "--of <list>' cannot be used with option '--gate <list>'"],
    [["--of", "h_t", "--norm", "inf"], "--norm: inf, expected 2 beside --of"],
    [["--of", "f"], "--of: f, expected a list of c_t, tanh_c_t, h_t"],
    [["--of", "h_t", "--unit", "7"], "--unit: 7, expected 0 … 1"],
  ])("refuses %j", async (args, message) => {
    const { stderr, status } = await runMain(["optimum", CELL, ...args]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("dlstm check --optima", () => {
  test("judges the optima beside the derivatives", async () => {
    const { stdout, status } = await runMain(["check", CELL, "--optima"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/max h_t +2 /);
    expect(stdout).toMatch(/; 12 optima right, their bounds\s+unbeaten/);
    checkSchema.parse(await mainResult(["check", CELL, "--optima", "--json"]));
  });

  test("takes no sequence, and no answer", async () => {
    const sequence = await runMain(["check", "fixtures/sequence.json", "--optima"]);
    expect([sequence.status, sequence.stderr]).toEqual([2, expect.stringContaining("--optima: of a sequence")]);
    const answer = await runMain(["check", CELL, "--optima", "--answer", CELL]);
    expect([answer.status, answer.stderr]).toEqual([2, expect.stringContaining("--optima: beside --answer")]);
  });
});
