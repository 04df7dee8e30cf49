import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sizeOf } from "../helpers/result-schemas.ts";
import { resultOf, run, temporaryFolder } from "../helpers/run.ts";

type Example = { name: string; U_f: number[][]; W_f: number[][]; b_f: number[] };
const example = (...options: string[]) => resultOf(["schema", "cell", "--example", ...options]) as Example;

const NAMES =
  "one of cell, state, answer, result, native, pytorch, keras, tfjs, onnx, flax, haiku, tf-basic, equinox, matlab, coursera, cs231n, mlx, mxnet, d2l, graves";
const folder = temporaryFolder();

describe("dlstm schema", () => {
  test("prints the JSON Schema of the cell by default", () => {
    const schema = resultOf(["schema"]);
    expect(schema).toMatchObject({ type: "object", additionalProperties: false });
    expect(resultOf(["schema", "cell"])).toEqual(schema);
  });

  test("prints the JSON Schema of the state", () => {
    const { properties } = resultOf(["schema", "state"]) as { properties: object };
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(["x_t", "h_prev", "c_prev"]));
    expect(properties).not.toHaveProperty("U_f");
  });

  test("prints one line", () => {
    expect(run(["schema"]).stdout).toMatch(/^\{[^\n]*\}\n$/);
  });

  test("makes an example of two units, three inputs and seed 1 by default", () => {
    expect(sizeOf(example().W_f)).toEqual([2, 3]);
    expect(example()).toEqual(example("--hidden", "2", "--input", "3", "--seed", "1"));
  });

  test("makes an example of any size and seed, the same each time", () => {
    const options = ["--hidden", "4", "--input", "1", "--seed", "7"];
    const cell = example(...options);
    expect([sizeOf(cell.U_f), sizeOf(cell.W_f), cell.b_f.length]).toEqual([[4, 4], [4, 1], 4]);
    expect(example(...options)).toEqual(cell);
    expect(example("--hidden", "4", "--input", "1", "--seed", "8").U_f).not.toEqual(cell.U_f);
  });

  test("makes an example that every command on a cell accepts, with nothing missing or assumed", () => {
    const { stdout: input } = run(["schema", "cell", "--example"]);
    for (const command of ["show", "forward", "jacobian", "optimum"]) {
      const result = resultOf([command, "--json"], { input });
      expect(result).toMatchObject({ hidden_size: 2, input_size: 3 });
      expect(result).not.toHaveProperty("missing");
      expect(result).not.toHaveProperty("assumed_zero");
    }
  });

  test("writes to a file with -o", () => {
    const path = join(folder, "cell.json");
    expect(run(["schema", "cell", "--example", "-o", path])).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(example());
  });

  test.each([
    [["nope"], `nope: no such schema, expected ${NAMES}`],
    [["toString"], `toString: no such schema, expected ${NAMES}`],
    [["state", "--example"], "--example: no example of a state, expected cell"],
    [["cell", "--seed", "3"], "--seed: only with --example"],
    [["--example", "--hidden", "0"], "--hidden: 0, expected a whole number from 1 to 100000"],
    [["--example", "--input", "1e9"], "--input: 1e9, expected a whole number from 1 to 100000"],
    [["--example", "--seed", "-1"], "--seed: -1, expected a whole number from 0 to 2147483647"],
  ])("refuses %j", (args, message) => {
    expect(run(["schema", ...args])).toEqual({ stdout: "", stderr: `dlstm: ${message}\n`, status: 2 });
  });
});
