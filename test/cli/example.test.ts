import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ARRAY_KEYS } from "../../src/input/keys.ts";
import { run, runMain, temporaryFolder } from "../helpers/run.ts";

const folder = temporaryFolder();

describe("dlstm example", () => {
  test("is a cell of two units and two inputs with every key, a row a line, two decimals", () => {
    const { stdout, stderr, status } = run(["example"]);
    expect([stderr, status]).toEqual(["", 0]);
    const cell = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(cell)).toEqual(["name", ...ARRAY_KEYS.filter((key) => key !== "x")]);
    expect([cell.W_f, cell.U_u, cell.b_f, cell.x_t].map((entry) => (entry as unknown[]).length)).toEqual([2, 2, 2, 2]);
    for (const line of stdout.split("\n")) {
      expect(line).toMatch(
        /^([{}]?| {2}"\w+": (".*"|\[|\[-?\d\.\d\d(, -?\d\.\d\d)*\]),?| {4}\[-?\d\.\d\d, -?\d\.\d\d\],?| {2}\],?)$/,
      );
    }
    expect(stdout).not.toContain("-0.00");
    const shown = run(["--json"], { input: stdout });
    expect(shown.status).toBe(0);
    expect(JSON.parse(shown.stdout)).not.toHaveProperty("missing");
    expect(JSON.parse(shown.stdout)).not.toHaveProperty("assumed_zero");
  });

  test("is the same on a terminal, in a file and with --json, and another of another seed", async () => {
    const { stdout } = await runMain(["example"]);
    expect((await runMain(["example"], { columns: 20, env: { LANG: "C.UTF-8" } })).stdout).toBe(stdout);
    expect((await runMain(["example", "--json"])).stdout).toBe(stdout);
    const path = join(folder, "cell.json");
    await runMain(["example", "-o", path]);
    expect(readFileSync(path, "utf8")).toBe(stdout);
    expect((await runMain(["example", "--seed", "2"])).stdout).not.toBe(stdout);
  });

  test("has the sizes asked for, and with --steps a sequence that every command on one takes", async () => {
    const { stdout: input } = await runMain(["example", "--hidden", "3", "--input", "1", "--steps", "4"]);
    const cell = JSON.parse(input) as { x: number[][]; U_f: number[][]; W_f: number[][] };
    expect([cell.x.length, cell.x[0]!.length, cell.U_f[0]!.length, cell.W_f[0]!.length]).toEqual([4, 1, 3, 1]);
    expect(cell).not.toHaveProperty("x_t");
    for (const command of ["sequence", "backward", "check"]) {
      expect((await runMain([command, "--json"], { input })).status).toBe(0);
    }
  });

  test.each([
    ["--hidden", "0"],
    ["--input", "1001"],
    ["--steps", "x"],
  ])("refuses %s %s", async (flag, value) => {
    const { stderr, status } = await runMain(["example", flag, value]);
    expect([stderr.startsWith(`dlstm: ${flag}: ${value}, expected a whole number`), status]).toEqual([true, 2]);
  });
});
