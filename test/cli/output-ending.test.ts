/** -o FILE: the file's ending chooses the format. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run, runMain, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const folder = temporaryFolder();
const ANSWER = "fixtures/answers/missing-sigma-prime.json";

/** What a run in this process writes to a file in the folder. */
async function written(args: readonly string[], name: string): Promise<string> {
  const { stdout, stderr } = await runMain([...args, "-o", join(folder, name)]);
  expect([stdout, stderr]).toEqual(["", ""]);
  return readFileSync(join(folder, name), "utf8");
}

const printed = async (args: readonly string[]) => (await runMain(args)).stdout;

describe("the ending of -o", () => {
  test.each([
    [["show", CELL], "a.json", "json"],
    [["show", CELL], "a.csv", "csv"],
    [["show", CELL], "a.md", "markdown"],
    [["show", CELL], "a.tex", "latex"],
    [["show", CELL], "a.txt", "table"],
    [["show", CELL], "A.JSON", "json"],
    [["sequence", "fixtures/sequence.json"], "s.csv", "csv"],
    [["check", CELL], "c.md", "markdown"],
    [["sigmoid", "1"], "z.tex", "latex"],
    [["forward", CELL, "fixtures/one-unit.json"], "many.csv", "csv"],
    [["explain", "forget-gate"], "e.html", "html"],
    [["explain", "forget-gate"], "e.tex", "latex"],
    [["explain", "forget-gate"], "e.txt", "text"],
    [["grade", CELL, ANSWER], "g.csv", "csv"],
    [["grade", CELL, ANSWER], "g.json", "json"],
    [["convert", "--list", "fixtures/weights/pytorch.safetensors"], "l.md", "markdown"],
  ])("%j -o %s writes %s", async (args, name, format) => {
    expect(await written(args, name)).toBe(await printed([...args, "--format", format]));
  });

  test.each([
    ["a.csv", ["--json"], "json"],
    ["a.json", ["--format", "csv"], "csv"],
    ["a.html", ["--format", "table"], "table"],
    ["no-ending", [], "table"],
    ["a.dat", [], "table"],
    [".json", [], "table"],
  ])("%s with %j: %s", async (name, flags, format) => {
    expect(await written(["show", CELL, ...flags], name)).toBe(await printed(["show", CELL, "--format", format]));
  });

  test("works through the real binary, where show is not named too", () => {
    const path = join(folder, "real.json");
    expect(run([CELL, "-o", path])).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(readFileSync(path, "utf8")).toBe(run([CELL, "--json"]).stdout);
    expect(run(["--help"]).status).toBe(0);
    expect(run(["show", "--help"]).stdout).toMatch(/\.txt\s+\.json \.csv \.md \.tex choose the format/);
  });

  test.each([
    [["show", CELL], "x.html", ".html, which show does not write so; expected .txt, .json, .csv, .md, .tex; report "],
    [["forward", "--ndjson", "-"], "x.md", ".md, which forward does not write so; expected "],
    [["sequence", "fixtures/sequence.json", "--steps-format", "ndjson"], "x.csv", "so; expected .json"],
    [["explain"], "x.csv", ".csv, which explain does not write so; expected .txt, .json, .md, .tex, .html"],
    [["report", CELL], "x.json", ".json, which report does not write so; expected .html"],
    [["schema", "cell"], "x.csv", "expected .json"],
    [["completion", "bash"], "x.html", "expected .txt"],
    [["grade", CELL, ANSWER], "x.tex", "expected .txt, .json, .csv"],
    [["grade", CELL, "--ndjson"], "x.csv", "expected .json"],
    [["show", CELL], "x.npz", ".npz, which show does not write so; expected .txt, .json, .csv, .md, .tex; convert "],
    [["forward", CELL], "x.PT", ".pt, which forward does not write so; expected .txt, .json, .csv, .md, .tex\n"],
    [["convert", CELL], "x.tex", ".tex, which convert does not write so; expected .json, .safetensors, .npz"],
    [["convert", CELL], "x.onnx", ".onnx, which convert does not write so; expected .json, .safetensors, .npz"],
    [["convert", CELL], "x.h5", "expected .json, .safetensors, .npz"],
    [["convert", "--list", CELL], "x.csv", "expected .txt, .json, .md, .tex"],
    [["convert", "--list", CELL], "x.npz", "expected .txt, .json, .md, .tex"],
  ])("%j -o %s is a usage error, and writes nothing", async (args, name, message) => {
    const path = join(folder, name);
    const { stdout, stderr, status } = await runMain([...args, "-o", path]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toMatch(/^dlstm: --output: a file that ends in \./);
    expect(stderr).toContain(message);
    expect(existsSync(path)).toBe(false);
  });
});
