import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hessianSchema } from "../helpers/result-schemas.ts";
import { runMain, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const ONE_UNIT = '{"U_f":[[0]],"U_i":[[0]],"U_o":[[0]],"U_u":[[1]],"h_prev":[0],"c_prev":[0]}';

const folder = temporaryFolder();

const hessian = async (args: readonly string[], input = "") => {
  const { stdout, stderr, status } = await runMain(["hessian", ...args, "--json"], { input });
  expect([stderr, status]).toEqual(["", 0]);
  return hessianSchema.parse(JSON.parse(stdout));
};
const errorOf = async (args: readonly string[], input = "") => {
  const { stdout, stderr, status } = await runMain(["hessian", ...args], { input });
  expect([stdout, status]).toEqual(["", 2]);
  return stderr.trimEnd();
};

describe("dlstm hessian", () => {
  test("computes by hand what can be: z = 0, c_t = 0", async () => {
    // L = σ(0)·tanh(σ(0)·tanh(h) + c/2): at 0, where tanh'' is, all is zero; with dc_t = 0 and c = atanh(1/2)·2, T = 1/2
    expect((await hessian([], ONE_UNIT)).hessian.h_prev).toEqual({ h_prev: [[0]], c_prev: [[0]] });
    const c = 2 * Math.atanh(0.5);
    const { hessian: at, eigenvalues } = await hessian(["--c", String(c)], ONE_UNIT);
    // with y = tanh(h)/2 + c/2: ∂²/∂h² = tanh''(y)/8, ∂²/∂h∂c and ∂²/∂c² the same, as u'' = 0; tanh'' = −2·½·¾
    const expected = (0.5 * -0.75) / 4;
    for (const entry of [at.h_prev.h_prev, at.h_prev.c_prev, at.c_prev.c_prev]) {
      expect(entry[0]![0]).toBeCloseTo(expected, 15);
    }
    expect(eigenvalues).toEqual(at.h_prev.h_prev[0]);
  });

  test("has the blocks, a product and one unit where they are asked for, and nothing of them else", async () => {
    const plain = await hessian([CELL]);
    expect(plain).not.toHaveProperty("blocks");
    expect(plain).not.toHaveProperty("product");
    expect(plain.assumed_one).toEqual(["dh_t"]);
    const { blocks, product } = await hessian([CELL, "--wrt", "z", "--vector", "[1,0,0,0,0,0,0]"]);
    expect(blocks!.map(({ unit }) => unit)).toEqual([0, 1]);
    for (const a of ["h_prev", "c_prev", "x_t"] as const) {
      for (const [k, entry] of product![a]!.entries()) {
        expect(entry).toBeCloseTo(plain.hessian[a]!.h_prev[k]![0]!, 15);
      }
    }
    const own = await hessian([CELL, "--unit", "1", "--wrt", "z"]);
    expect([own.unit, plain.unit]).toEqual([1, undefined]);
    expect(own.blocks).toEqual([blocks![1]]);
    expect(own.hessian.c_prev.c_prev[0]).toEqual([0, 0]);
  });

  test("takes the vector from a file, by its name too", async () => {
    const path = join(folder, "v.csv");
    writeFileSync(path, "1,2,3,4,5,6,7\n");
    const { product } = await hessian([CELL, "--vector", "1 2 3 4 5 6 7"]);
    expect((await hessian([CELL, "--vector", path])).product).toEqual(product);
    expect((await hessian([CELL, "--vector", `@${path}`])).product).toEqual(product);
    const { stdout } = await runMain(["hessian", CELL, "--vector", "-", "--json"], { input: "1 2 3 4 5 6 7\n" });
    expect(JSON.parse(stdout).product).toEqual(product);
  });

  test.each<[string, string[], string | RegExp]>([
    [
      "too few numbers",
      [CELL, "--vector", "1 2"],
      `dlstm: ${CELL}: --vector: 2 numbers, expected 7 (h_prev, c_prev and x_t)`,
    ],
    ["what is no number", [CELL, "--vector", "1 two"], /^dlstm: --vector\[1\]: two is not a number/],
    ["a file that is not there", [CELL, "--vector", "@nowhere.csv"], "dlstm: nowhere.csv: --vector: no such file"],
    ["no name", [CELL, "--vector", "@"], "dlstm: --vector: @, expected the name of a file behind it"],
    ["a unit it has not", [CELL, "--unit", "2"], `dlstm: ${CELL}: --unit: 2, expected 0 … 1, the units of this cell`],
    ["another --wrt", [CELL, "--wrt", "x"], "dlstm: --wrt: x, expected one of z"],
    ["a sequence", ["fixtures/sequence.json"], "dlstm: fixtures/sequence.json: x: a sequence of 5 steps, expected x_t"],
  ])("refuses %s", async (_, args, message) => {
    expect(await errorOf(args)).toMatch(message);
  });

  test("reads standard input once", async () => {
    for (const vector of ["-", "@-"]) {
      expect(await errorOf(["--vector", vector], ONE_UNIT)).toBe(
        "dlstm: --vector: standard input, which is the cell already",
      );
      expect(await errorOf([CELL, "--h", "-", "--vector", vector])).toBe(
        "dlstm: --vector: standard input, which is behind --h-prev already",
      );
    }
    expect(await errorOf([CELL, "--states", "-", "--vector", "-", "--json"])).toContain(
      '"place":"--vector","message":"standard input, which is the states already"',
    );
    expect(await errorOf([CELL, CELL, "--vector", "-", "--jobs", "2", "--json"], "1 2 3 4 5 6 7")).toContain(
      '"place":"--jobs","message":"with standard input beside what the jobs share;',
    );
  });

  test("says of a cell without W that there is nothing by x_t", async () => {
    const { stdout } = await runMain(["hessian"], { input: ONE_UNIT });
    expect(stdout).toMatch(/^nothing by x_t, for want of W_f, W_i, W_o, W_u$/m);
    expect(stdout).not.toMatch(/∂x_t/);
  });
});
