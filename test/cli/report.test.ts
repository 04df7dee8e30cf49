import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run, runMain, temporaryFolder } from "../helpers/run.ts";

const folder = temporaryFolder();
const CELL = "fixtures/homework6.json";

describe("dlstm report", () => {
  test("writes a page, the same to a file and to a pipe", () => {
    const { stdout, stderr, status } = run(["report", CELL]);
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout).toMatch(/^<!doctype html>\n[\s\S]*<\/html>\n$/);
    const path = join(folder, "report.html");
    expect(run(["report", CELL, "-o", path])).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(readFileSync(path, "utf8")).toBe(stdout);
    expect(readdirSync(folder)).toEqual(["report.html"]);
  });

  test("refuses to fill a terminal with it, and says what to do", async () => {
    const expected = "dlstm: --output: a page of HTML is not for a terminal, expected -o report.html\n";
    for (const args of [[CELL], [CELL, "-o", "-"]]) {
      const env = { LANG: "C.UTF-8" };
      expect(await runMain(["report", ...args], { columns: 80, env })).toEqual({
        stdout: "",
        stderr: expected,
        status: 2,
      });
    }
  });

  test("writes one picture alone, of the unit and gate asked for", () => {
    const path = join(folder, "circle.svg");
    expect(run(["report", CELL, "--figure", "circle", "--gate", "i", "--unit", "1", "-o", path]).status).toBe(0);
    expect(readFileSync(path, "utf8")).toMatch(/^<svg xmlns[\s\S]*of unit 1 over the unit circle[\s\S]*<\/svg>\n$/);
    const wrong = run(["report", CELL, "--figure", "cell", "-o", join(folder, "cell.html")]);
    expect([wrong.status, wrong.stderr]).toEqual([
      2,
      "dlstm: --output: a file that ends in .html, which report does not write so; expected .svg\n",
    ]);
    rmSync(path);
  });

  test("shows its help where a person gives it nothing", async () => {
    const { stderr, status } = await runMain(["report"], { columns: 80, interactive: true });
    expect(stderr).toMatch(/^Usage: dlstm report /m);
    expect(status).toBe(2);
  });

  test("reads standard input, and the state of the flags", () => {
    const input = readFileSync(new URL("../../fixtures/homework6.json", import.meta.url), "utf8");
    expect(run(["report"], { input }).stdout).toBe(run(["report", CELL]).stdout);
    expect(run(["report", CELL, "--c", "[0.125,0.5]"]).stdout).toContain('title="0.125"');
  });

  test("looks at the last step of a sequence unless told otherwise, and at all of it in the charts", () => {
    const last = run(["report", "fixtures/sequence.json"]).stdout;
    const second = run(["report", "fixtures/sequence.json", "--step", "2"]).stdout;
    expect(last).toContain("the step looked at is 5 of 5");
    expect(second).toContain("the step looked at is 2 of 5");
    for (const page of [last, second]) {
      expect(page.match(/<path class="line"/g)).toHaveLength(8);
      expect(page).toContain("<title>t = 5: 1</title>");
    }
  });

  test.each([
    [
      ["fixtures/sequence.json", "--step", "6"],
      "dlstm: fixtures/sequence.json: --step: 6, expected 1 … 5, the steps of x\n",
    ],
    [[CELL, "--step", "1"], `dlstm: ${CELL}: --step: the cell has no sequence x, expected one\n`],
    [["fixtures/invalid/overflow.json"], null],
  ])("fails with a sentence: %j", (args, stderr) => {
    const path = join(folder, "failed.html");
    const outcome = run(["report", ...args, "-o", path]);
    expect(outcome.status).toBe(2);
    if (stderr === null) expect(outcome.stderr).toMatch(/^dlstm: fixtures/);
    else expect(outcome.stderr).toBe(stderr);
    expect(readdirSync(folder)).not.toContain("failed.html");
  });

  test("shows the first step of a partial cell with a sequence, and names what is missing", () => {
    const input = JSON.stringify({ W_f: [[1]], U_f: [[0.5]], x: [[1], [2]] });
    const { stdout, stderr, status } = run(["report"], { input });
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout).toContain("the step looked at is 1 of 2");
    expect(stdout).toContain("missing for want of keys");
    expect(stdout).not.toContain("<h2>The sequence</h2>");
  });

  test("does not check what would take long, and says so", () => {
    const path = join(folder, "long.json");
    const x = Array.from({ length: 1100 }, (_, k) => [Math.sin(k)]);
    const square = [[0.3]];
    const gates = ["f", "i", "o", "u"].flatMap((g) => [
      [`W_${g}`, square],
      [`U_${g}`, square],
    ]);
    writeFileSync(path, JSON.stringify({ ...Object.fromEntries(gates), x }));
    const { stdout } = run(["report", path]);
    expect(stdout).toContain("Not checked, for it would take long: dlstm check does it.");
    expect(stdout).toContain("line: mean, band: range of the steps at a place");
  });
});
