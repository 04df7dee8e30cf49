import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture } from "../helpers/fixtures.ts";
import { backwardSchema, checkSchema, errorSchema, sizeOf } from "../helpers/result-schemas.ts";
import { bash, resultOf, run, runMain, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/bias-and-input.json";
const SEQUENCE = "fixtures/sequence.json";
const GATES = ["f", "i", "o", "u"] as const;
const ROWS = [
  [1, -2],
  [0.5, 0],
  [0, 3],
  [-1, 1],
  [2, 0.25],
];
/** tanh and σ of it are known: every pre-activation is zero. */
const AT_ZERO = '{"U_f":[[1]],"U_i":[[2]],"U_o":[[3]],"U_u":[[4]],"h_prev":[0],"c_prev":[2]}';

const folder = temporaryFolder();

function file(name: string, json: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(json));
  return path;
}

const backward = async (args: readonly string[], input = "") => {
  // cells on stdin have no W, which is said on stderr
  const quiet = input === "" ? [] : ["-q"];
  const { stdout, stderr, status } = await runMain(["backward", ...args, "--json", ...quiet], { input });
  expect([stderr, status]).toEqual(["", 0]);
  return backwardSchema.parse(JSON.parse(stdout));
};
const errorsOf = async (args: readonly string[], input = "") => {
  const { stdout, stderr, status } = await runMain(["backward", ...args], { input });
  expect([stdout, status]).toEqual(["", 2]);
  return stderr.trimEnd().split("\n");
};

describe("dlstm backward", () => {
  test("prints a gradient of every input and weight, in the shapes of the cell", () => {
    const { gradient, ...rest } = backwardSchema.parse(resultOf(["backward", CELL, "--json"]));
    const { x_t, x, h_prev, c_prev, ...weights } = gradient;
    expect([x_t?.length, x, h_prev.length, c_prev.length]).toEqual([2, undefined, 3, 3]);
    for (const g of GATES) {
      expect(sizeOf(weights[`W_${g}`])).toEqual([3, 2]);
      expect(sizeOf(weights[`U_${g}`])).toEqual([3, 3]);
      expect(weights[`b_${g}`]).toHaveLength(3);
    }
    expect(rest).not.toHaveProperty("steps");
    expect(rest).not.toHaveProperty("assumed_one");
  });

  test("computes by hand what can be: f = i = o = 1/2, u = 0, c_t = 1", async () => {
    // dc = o(1 − tanh²1), dz_f = dc · c_prev/4, dz_i = 0, dz_u = dc/2, dz_o = tanh(1)/4
    const { loss, gradient } = await backward(["--dh", "[1]", "--dc", "[0]"], AT_ZERO);
    const dc = 0.5 / Math.cosh(1) ** 2;
    expect(loss).toBeCloseTo(0.5 * Math.tanh(1), 15);
    expect(gradient.c_prev[0]).toBeCloseTo(dc / 2, 15);
    expect([gradient.b_f, gradient.b_i, gradient.b_o, gradient.b_u].flat()).toEqual([
      expect.closeTo(dc / 2, 15),
      0,
      expect.closeTo(Math.tanh(1) / 4, 15),
      expect.closeTo(dc / 2, 15),
    ]);
    expect(gradient.h_prev[0]).toBeCloseTo(dc / 2 + (3 * Math.tanh(1)) / 4 + 2 * dc, 15);
  });

  test("takes dh_t as ones and dc_t as zeros where neither is given, and says so of dh_t", async () => {
    const assumed = await backward([], AT_ZERO);
    const given = await backward(["--dh", "[1]", "--dc", "[0]"], AT_ZERO);
    expect(assumed).toEqual({ ...given, assumed_one: ["dh_t"] });
    expect((await runMain(["backward"], { input: AT_ZERO })).stdout).toMatch(/^dh_t not given: taken as ones$/m);
  });

  test("takes flags before the state file, and that before the cell", async () => {
    const [dh_t, dc_t] = [
      [1, 0, 0],
      [0, 2, 0],
    ];
    const native = fixture("bias-and-input.json");
    const inCell = (state: object) => backward([], JSON.stringify({ ...native, ...state }));
    const path = file("state.json", { dh_t, dc_t });
    expect(await backward([CELL, "--state", path])).toEqual(await inCell({ dh_t, dc_t }));
    const flags = await backward([CELL, "--state", path, "--dh", "[3,2,1]"]);
    expect(flags).toEqual(await inCell({ dh_t: [3, 2, 1], dc_t }));
    expect(flags).toEqual(await backward([CELL, "--dh-t=[3,2,1]", "--dc-t=[0,2,0]"]));
    expect(flags.loss).not.toBe((await backward([CELL])).loss);
  });

  test("prints no intermediate gradients that were not asked for", async () => {
    for (const path of [CELL, SEQUENCE]) expect(await backward([path])).not.toHaveProperty("steps");
  });

  test("with --steps prints the intermediate gradients; at the only step they are those of the biases", async () => {
    const { steps, gradient } = await backward([CELL, "--steps"]);
    expect(steps).toHaveLength(1);
    expect(steps![0]).toMatchObject({ t: 1, dh_t: [0.5, -1.5, 2], dz_f: gradient.b_f, dz_u: gradient.b_u });
    const { stdout } = await runMain(["backward", CELL, "--steps"]);
    expect(stdout).toMatch(/^step 1 +∂L\/∂h_t +∂L\/∂c_t +∂L\/∂z_f +∂L\/∂z_i +∂L\/∂z_o +∂L\/∂z_u$/m);
  });

  test("titles each table with its gradient", async () => {
    const { stdout } = await runMain(["backward", CELL]);
    const titles = ["loss", "input", "state", "bias", ..."fiou".replace(/./g, "∂L/∂W_$& ∂L/∂U_$& ").trim().split(" ")];
    for (const title of titles) expect(stdout).toContain(`\n\n${title} `);
  });

  test("leaves out the gradients that need W or x, names them on stderr, and is silent with -q", async () => {
    const spoken = await runMain(["backward", "--json"], { input: AT_ZERO });
    expect(spoken.status).toBe(0);
    expect(spoken.stderr).toBe(
      "dlstm: stdin: no gradient of x_t, W_f, W_i, W_o, W_u, for want of W_f, W_i, W_o, W_u, x_t\n",
    );
    const { gradient, missing } = backwardSchema.parse(JSON.parse(spoken.stdout));
    expect(Object.keys(gradient).filter((key) => /^[Wx]/.test(key))).toEqual([]);
    expect(missing?.W_f).toEqual(["W_f", "x_t"]);
    expect(await runMain(["backward", "--json", "-q"], { input: AT_ZERO })).toEqual({ ...spoken, stderr: "" });
  });

  test("refuses a cell without one of its gates", async () => {
    const lines = await errorsOf(["fixtures/forget-gate-only.json"]);
    expect(lines.map((line) => line.split(": ")[2])).toEqual(["U_i", "U_o", "U_u"]);
  });

  test("tells what is wrong with --json as one object, and nothing else", async () => {
    const { stdout, stderr, status } = await runMain(["backward", CELL, "--dh", "[1,2]", "--json"]);
    expect([stdout, status]).toEqual(["", 2]);
    const { error, count } = errorSchema.parse(JSON.parse(stderr));
    expect(error).toEqual({
      code: "shape",
      file: null,
      place: "--dh-t",
      message: "2 numbers, expected 3 (the hidden size)",
    });
    expect(count).toBe(1);
  });

  test("names the entry that leaves the range of a double", async () => {
    const input = AT_ZERO.replace('"c_prev":[2]', '"c_prev":[1e300]');
    const [line] = await errorsOf(["--dh", "[0]", "--dc", "[1e300]"], input);
    expect(line).toMatch(/^dlstm: stdin: (gradient\.\S+|loss): .*expected a value within/);
  });

  test.each([
    ["1", "--dh-t: 1 number, expected 3 (the hidden size)"],
    ["null", "--dh-t[0]: null is not a number, expected one such as -0.5, 1e-3 or 1/3"],
    ["[]", "--dh-t: empty, expected numbers such as 0.5 -1.2"],
    ["[[1,2,3],[4,5,6]]", "--dh-t: rows, expected 3 numbers: a row a step goes with a sequence x"],
    ['[1,2,"3"]', '--dh-t[2]: "3" is not a number, expected one such as -0.5, 1e-3 or 1/3'],
    ["", "--dh-t: empty, expected numbers such as 0.5 -1.2"],
    ["[1,2,1e999]", "--dh-t[2]: "],
  ])("refuses --dh %j", async (value, message) => {
    const [line, ...more] = await errorsOf([CELL, "--dh", value]);
    expect(line).toContain(`dlstm: ${message}`);
    expect(more).toEqual([]);
  });

  test("names the state file where its upstream gradient is wrong", async () => {
    const path = file("wrong.json", { dc_t: [1] });
    expect(await errorsOf([CELL, "--state", path])).toEqual([
      `dlstm: ${path}: dc_t: 1 number, expected 3 (the hidden size)`,
    ]);
  });

  test("writes to a file what it would print, and ends quietly in a closed pipe", () => {
    const path = join(folder, "out.json");
    const silent = run(["backward", CELL, "--json", "-o", path]);
    expect(silent).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(backwardSchema.parse(resultOf(["backward", CELL, "--json"]))).toEqual(
      JSON.parse(bash(`cat ${path}`).stdout),
    );
    const { stdout, stderr, status } = bash(`dlstm backward ${CELL} --steps | head -1`);
    expect([stdout.split("\n").length, stderr, status]).toEqual([2, "", 0]);
  });
});

describe("dlstm backward along a sequence", () => {
  test("prints gradients of x [T × I] and of the state before the first step", async () => {
    const { gradient } = await backward([SEQUENCE]);
    expect(sizeOf(gradient.x)).toEqual([5, 2]);
    expect(gradient).not.toHaveProperty("x_t");
    const { stdout } = await runMain(["backward", SEQUENCE, "--steps"]);
    expect(stdout).toMatch(/^∂L\/∂x .*\n─+\nt = 1 /m);
    expect(stdout).toMatch(/^state +∂L\/∂h_0 +∂L\/∂c_0$/m);
    expect(stdout).toMatch(/^dh_t not given: taken as ones at the last step$/m);
    expect(stdout.match(/^step \d /gm)).toEqual([1, 2, 3, 4, 5].map((t) => `step ${t} `));
  });

  test("takes one row of dh for the last step, as zeros before it", async () => {
    const rows = [...Array(4).fill([0, 0]), [3, -1]];
    const whole = await backward([SEQUENCE, "--dh", JSON.stringify(rows)]);
    expect(await backward([SEQUENCE, "--dh", "[3,-1]"])).toEqual(whole);
  });

  test("is linear in the rows of dh: the gradients of each row alone add up", async () => {
    const of = async (rows: number[][]) => (await backward([SEQUENCE, "--dh", JSON.stringify(rows)])).gradient.x!;
    const whole = await of(ROWS);
    const parts = await Promise.all(ROWS.map((_, t) => of(ROWS.map((row, k) => (k === t ? row : [0, 0])))));
    whole.forEach((row, r) => {
      row.forEach((entry, c) => {
        const sum = parts.reduce((total, part) => total + part[r]![c]!, 0);
        expect(Math.abs(entry - sum)).toBeLessThan(1e-14);
      });
    });
    // the last input cannot reach an earlier step
    expect(parts[0]![4]).toEqual([0, 0]);
    expect(parts[4]![4]).not.toEqual([0, 0]);
  });

  test("the steps' dz_g add up to the gradient of b_g", async () => {
    const { steps, gradient } = await backward([SEQUENCE, "--dh", JSON.stringify(ROWS), "--steps"]);
    for (const g of GATES) {
      gradient[`b_${g}`].forEach((entry, k) => {
        const sum = steps!.reduce((total, step) => total + step[`dz_${g}`][k]!, 0);
        expect(Math.abs(entry - sum)).toBeLessThan(1e-14);
      });
    }
  });

  test("with --step t takes that step's row of dh and dc", async () => {
    for (const [k, row] of ROWS.entries()) {
      const chosen = ["--step", String(k + 1)];
      const byRows = ["--dh", JSON.stringify(ROWS), "--dc", JSON.stringify(ROWS)];
      const byRow = ["--dh", JSON.stringify(row), "--dc", JSON.stringify(row)];
      expect(await backward([SEQUENCE, ...chosen, ...byRows])).toEqual(await backward([SEQUENCE, ...chosen, ...byRow]));
    }
  });

  test("takes a sequence from --x, with as many rows of dh as that has", async () => {
    const { gradient } = await backward([CELL, "--x", "[[1,2],[3,4]]", "--dh", "[[1,0,0],[0,1,0]]"]);
    expect(sizeOf(gradient.x)).toEqual([2, 2]);
    expect(await errorsOf([CELL, "--x", "[[1,2],[3,4]]", "--dh", "[[1,0,0]]"])).toEqual([
      "dlstm: --dh-t: 1 row, expected 2 (the steps of x)",
    ]);
  });

  test.each([
    ["[[1,2],[3,4]]", ["--dh-t: 2 rows, expected 5 (the steps of x)"]],
    ["[[1,2],[1,2],[1,2],[1],[1,2]]", ["--dh-t[3]: 1 number, expected 2 (the hidden size)"]],
    [
      "[[1,2],[1,2],[1,2],[1,2],[1,null]]",
      ["--dh-t[4][1]: null is not a number, expected one such as -0.5, 1e-3 or 1/3"],
    ],
    ["[1,2,3]", ["--dh-t: 3 numbers, expected 2 (the hidden size)"]],
    ["1", ["--dh-t: 1 number, expected 2 (the hidden size)"]],
  ])("refuses --dh %s and names the place", async (value, messages) => {
    expect(await errorsOf([SEQUENCE, "--dh", value])).toEqual(messages.map((message) => `dlstm: ${message}`));
  });
});

test("check says of backward's gradients that they are right, and finds one that was changed", async () => {
  const answer = await backward([SEQUENCE]);
  const check = async (name: string) => {
    const { stdout, status } = await runMain(["check", SEQUENCE, "--answer", file(name, answer), "--json"]);
    return { ...checkSchema.parse(JSON.parse(stdout)), status };
  };
  expect(await check("right.json")).toMatchObject({ passed: true, status: 0 });
  answer.gradient.x![3]![1]! *= 1.001;
  const { quantities, ...verdict } = await check("wrong.json");
  expect(verdict).toMatchObject({ passed: false, status: 1 });
  expect(quantities.filter(({ passed }) => !passed)).toMatchObject([{ wrt: "x", worst: { row: 3, column: 1 } }]);
});
