import { describe, expect, test } from "vitest";
import { jacobianSchema, sizeOf } from "../helpers/result-schemas.ts";
import { mainResult, runMain } from "../helpers/run.ts";

const CELL = "fixtures/bias-and-input.json";
const PARTIAL = "fixtures/forget-gate-only.json";
const OUTPUTS = ["f", "i", "o", "u", "c_t", "tanh_c_t", "h_t"] as const;
const ONE_UNIT = '{"U_f":[[1]],"U_i":[[2]],"U_o":[[1]],"U_u":[[1]],"h_prev":[0.5]}';

const jacobian = async (args: readonly string[], input = "") =>
  jacobianSchema.parse(await mainResult(["jacobian", ...args, "--json"], { input }));

describe("dlstm jacobian", () => {
  test("differentiates f and h_t by h_prev where nothing else is asked for", async () => {
    const result = await jacobian([CELL]);
    expect(Object.keys(result.jacobian)).toEqual(["f", "h_t"]);
    expect(Object.keys(result.jacobian.f!)).toEqual(["h_prev"]);
    expect(Object.keys(result.jacobian.h_t!)).toEqual(["h_prev"]);
    expect(result).not.toHaveProperty("terms");
  });

  test("computes every output by every input, H × H and H × I", async () => {
    const { jacobian: all } = await jacobian([CELL, "--of", OUTPUTS.join(","), "--wrt", "h_prev,c_prev,x_t"]);
    expect(Object.keys(all)).toEqual(OUTPUTS);
    for (const of of OUTPUTS) {
      expect(sizeOf(all[of]?.h_prev)).toEqual([3, 3]);
      expect(sizeOf(all[of]?.c_prev)).toEqual([3, 3]);
      expect(sizeOf(all[of]?.x_t)).toEqual([3, 2]);
    }
  });

  test("of parameters, has entry [d][j] in the shape of the parameter, zero where the output does not see its gate", async () => {
    const input =
      '{"U_f":[[4,8],[12,16]],"U_i":[[0,0],[0,0]],"W_i":[[0,0,0],[0,0,0]],"h_prev":[0,0],"W_f":[[1,2,3],[0,0,0]],"x_t":[0,0,5],"b_f":[-15,0]}';
    expect((await jacobian(["--of", "f", "--wrt", "W_f,U_f,b_f,U_i,b_i"], input)).jacobian).toEqual({
      f: {
        W_f: [
          [0, 0, 1.25],
          [0, 0, 1.25],
        ],
        U_f: Array(2).fill([0, 0]),
        U_i: Array(2).fill([0, 0]),
        b_f: [0.25, 0.25],
        b_i: [0, 0],
      },
    });
    const { stdout } = await runMain(["jacobian", CELL, "--of", "c_t", "--wrt", "U_o,b_f,b_i"]);
    expect(stdout).toMatch(/^∂c_t\/∂U_o .*\n─+\n(\[\d\] +0 +0 +0\n){3}entry \[d\]\[j\]: ∂c_t\[d\]\/∂U_o\[d\]\[j\]$/m);
    expect(stdout).toMatch(/^c_t\[d\] by b\[d\] +∂c_t\/∂b_f +∂c_t\/∂b_i$/m);
  });

  test("scales the rows of U_f: σ'(0) = 1/4", async () => {
    const input = '{"U_f":[[4,8],[12,16]],"h_prev":[0,0]}';
    expect((await jacobian([], input)).jacobian).toEqual({
      f: {
        h_prev: [
          [1, 2],
          [3, 4],
        ],
      },
    });
  });

  test("prints the zero matrix that ∂gate/∂c_prev is", async () => {
    const { jacobian: result } = await jacobian([CELL, "--of", "f,u", "--wrt", "c_prev"]);
    const zero = Array(3).fill([0, 0, 0]);
    expect(result).toEqual({ f: { c_prev: zero }, u: { c_prev: zero } });
    expect((await runMain(["jacobian", CELL, "--of", "f", "--wrt", "c_prev"])).stdout).toMatch(/^\[2\] +0 +0 +0$/m);
  });

  test("has f on the diagonal of ∂c_t/∂c_prev", async () => {
    const cell = '{"U_f":[[1,1],[1,1]],"U_i":[[1,0],[0,1]],"U_u":[[1,0],[0,1]],"h_prev":[0,0]}';
    expect((await jacobian(["--of", "c_t", "--wrt", "c_prev"], cell)).jacobian.c_t?.c_prev).toEqual([
      [0.5, 0],
      [0, 0.5],
    ]);
  });

  test("splits ∂h_t/∂h_prev into four terms that add up to it", async () => {
    const { jacobian: result, terms } = await jacobian([CELL, "--of", "h_t", "--terms"]);
    expect(Object.keys(terms!)).toEqual(["o", "f", "i", "u"]);
    for (const [r, row] of result.h_t!.h_prev!.entries()) {
      for (const [c, entry] of row.entries()) {
        const sum = terms!.o[r]![c]! + terms!.f[r]![c]! + terms!.i[r]![c]! + terms!.u[r]![c]!;
        expect(sum).toBeCloseTo(entry, 14);
      }
    }
  });

  test("gives the terms also beside other outputs", async () => {
    expect((await jacobian([CELL, "--of", "f", "--wrt", "x_t", "--terms"])).terms).toEqual(
      (await jacobian([CELL, "--terms"])).terms,
    );
  });

  test("says that the terms rest on a c_prev taken as zero, whatever else is asked for", async () => {
    expect((await jacobian(["--terms"], ONE_UNIT)).assumed_zero).toEqual(["c_prev"]);
    expect((await jacobian(["--of", "f", "--terms"], ONE_UNIT)).assumed_zero).toEqual(["c_prev"]);
    expect(await jacobian(["--of", "f"], ONE_UNIT)).not.toHaveProperty("assumed_zero");
  });

  test("titles each table with its derivative or path", async () => {
    const { stdout } = await runMain(["jacobian", CELL, "--of", "u,tanh_c_t", "--wrt", "c_prev,x_t", "--terms"]);
    const titles = ["∂u_t/∂c_{t-1}", "∂u_t/∂x_t", "∂tanh(c_t)/∂c_{t-1}", "∂tanh(c_t)/∂x_t", "T_o", "T_f", "T_i", "T_u"];
    const at = titles.map((title) => stdout.indexOf(`\n${title} `));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  test("reads lists with spaces and repetitions", async () => {
    expect(await jacobian([CELL, "--of", " h_t , f,f", "--wrt", "x_t,x_t"])).toEqual(
      await jacobian([CELL, "--of", "f,h_t", "--wrt", "x_t"]),
    );
  });

  test("of a partial cell computes of the default what it can, and says what is missing", async () => {
    const result = await jacobian([PARTIAL]);
    expect(Object.keys(result.jacobian)).toEqual(["f"]);
    expect(result.missing).toEqual({ h_t: ["U_i", "U_o", "U_u"] });
    expect((await runMain(["jacobian", PARTIAL])).stdout).toMatch(/^.*h_t.*U_i, U_o, U_u.*$/m);
  });

  test.each([
    ["--of h_t", ["U_i", "U_o", "U_u"]],
    ["--of f,c_t", ["U_i", "U_u"]],
    ["--terms", ["U_i", "U_o", "U_u"]],
    ["--wrt x_t", ["W_f"]],
    ["--of u --wrt x_t", ["U_u", "W_u"]],
  ])("refuses what was asked for by name and lacks keys: %s", async (options, keys) => {
    const { stdout, stderr, status } = await runMain(["jacobian", PARTIAL, ...options.split(" ")]);
    expect([stdout, status]).toEqual(["", 2]);
    const places = stderr
      .trimEnd()
      .split("\n")
      .map((line) => line.split(": ")[2]);
    expect(places).toEqual(keys);
  });

  test("looks at one step of a sequence", async () => {
    const { jacobian: result } = await jacobian(["fixtures/sequence.json", "--step", "3", "--wrt", "x_t"]);
    expect(sizeOf(result.h_t?.x_t)).toEqual([2, 2]);
  });

  test("prints nothing but the errors of a broken cell", async () => {
    const { stdout, stderr, status } = await runMain(["jacobian", "fixtures/invalid/three-problems.json"]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr.match(/^dlstm: fixtures\/invalid\/three-problems\.json: /gm)).toHaveLength(3);
  });
});
