import { describe, expect, test } from "vitest";
import { runMain } from "../helpers/run.ts";

const HOMEWORK = "fixtures/homework6.json";

describe("--format", () => {
  test.each([
    [[HOMEWORK, "--format", "csv"], /^quantity,wrt,row,column,value\n/],
    [[HOMEWORK, "--format", "markdown"], /^## homework 6 \(hidden size 2, input size 3\)\n\n\| gates/],
    [[HOMEWORK, "--format", "latex"], /^% needs \\usepackage\{amsmath\}\n/],
    [["convert", "fixtures/weights/pytorch-lstm.json", "--list", "--format", "markdown"], /\n\| tensor /],
    [["convert", "fixtures/weights/pytorch-lstm.json", "--list", "--format", "latex"], /\\text\{tensor\} & /],
    [[HOMEWORK, "--format", "csv", "--json"], /^\{"version":1,/],
  ])("%j", async (args, output) => {
    const { stdout, stderr, status } = await runMain(args);
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout).toMatch(output);
  });

  test.each([
    [
      ["show", "--ndjson", "--format", "table", HOMEWORK],
      "table, expected json or csv: --ndjson prints a result for each line",
    ],
    [["show", "--states", "-", "--format", "latex", HOMEWORK], "latex, expected json or csv: --states"],
    [
      ["sequence", "--steps-format", "ndjson", "--format", "latex", "fixtures/sequence.json"],
      "latex, expected json: --steps-format ndjson prints a line of it for each step",
    ],
    [["convert", HOMEWORK, "--format", "markdown"], "markdown, expected json: a cell that reads back"],
    [["convert", "--list", HOMEWORK, "--format", "csv"], "csv, expected table, json, markdown or latex: "],
    [["show", HOMEWORK, "--format", "xml"], "xml"],
  ])("%j is an error that says why", async (args, message) => {
    const { stdout, stderr, status } = await runMain(args);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain("--format: ");
    expect(stderr).toContain(message);
  });

  test("json goes with both streams of lines", async () => {
    const cell = '{"U_f":[[1]],"h_prev":[0]}\n';
    expect(await runMain(["--ndjson", "--format", "json"], { input: cell })).toMatchObject({ stderr: "", status: 0 });
  });
});
