import { describe, expect, test } from "vitest";
import { run, runMain } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const UTF8 = { LANG: "C.UTF-8" };

describe("--heatmap", () => {
  test.each([
    ["show", ["∂f_t/∂h_{t-1}", "∂h_t/∂h_{t-1}"]],
    ["jacobian", ["∂f_t/∂h_{t-1}", "∂h_t/∂h_{t-1}"]],
    ["backward", ["∂L/∂W_f", "∂L/∂U_u"]],
    ["hessian", ["∂²L/(∂h_{t-1} ∂c_{t-1})"]],
  ])("%s draws its matrices, and prints the rest", (command, titles) => {
    const { stdout, stderr, status } = run([command, CELL, "--heatmap"]);
    expect([stderr, status]).toEqual(["", 0]);
    for (const title of titles)
      expect(stdout).toMatch(new RegExp(`^${title.replace(/[{}()]/g, "\\$&")}\n +\\[0\\]`, "m"));
    expect(stdout).toMatch(/#≡=- 0 ░▒▓█/);
    if (command === "show") expect(stdout).toMatch(/^gates and state +f_t/m);
  });

  test("sequence draws the blocks of its product", () => {
    const { stdout } = run(["sequence", "fixtures/sequence.json", "--heatmap"]);
    expect(stdout.match(/#≡=- 0 ░▒▓█/g)).toHaveLength(4);
  });

  test("has the paths and their sum on one scale", () => {
    const { stdout } = run(["jacobian", CELL, "--of", "h_t", "--terms", "--heatmap"]);
    const ends = [...stdout.matchAll(/░▒▓█ (\S+)$/gm)].map(([, end]) => end);
    expect(ends).toHaveLength(5);
    expect(new Set(ends).size).toBe(1);
  });

  test("has colours on a terminal that shows them, plain characters on one of ASCII", async () => {
    const args = ["jacobian", CELL, "--heatmap"];
    const coloured = await runMain(args, {
      columns: 80,
      env: { ...UTF8, TERM: "xterm-256color", COLORTERM: "truecolor" },
    });
    // ∂f_t[1]/∂h_{t-1}[0] is the largest entry: orange
    expect(coloured.stdout).toContain("\u001b[38;2;244;134;16m\u001b[48;2;244;134;16m▀");
    const ascii = await runMain(args, { columns: 80, env: { LANG: "C", TERM: "dumb" } });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the complement of ASCII
    expect(ascii.stdout).not.toMatch(/[^\u0000-\u007f]|\u001b/);
    expect(ascii.stdout).toContain("jihgfedcba 0 123456789X");
  });

  test("is for tables only", () => {
    for (const format of [["--json"], ["--format", "json"]]) {
      const { stdout, stderr, status } = run(["jacobian", CELL, "--heatmap", ...format]);
      expect([stdout, status]).toEqual(["", 2]);
      expect(JSON.parse(stderr)).toMatchObject({ error: { code: "usage", place: "--heatmap" } });
    }
    expect(run(["forward", CELL, "--heatmap"]).stderr).toContain("unknown option '--heatmap'");
  });
});
