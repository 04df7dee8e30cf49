/** The class alone: what of it is printed, and as what. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run, runMain } from "../../helpers/run.ts";
import { CELL, folder, handedIn, RIGHT, right, WRONG } from "./ask.ts";

const CLASS = handedIn({ "secret-ann.json": right, "secret-bob/answer.json": { h_t: [0.1, right.h_t[1]] } });

describe("--summary", () => {
  test("prints what --batch does of the class, and of nobody", async () => {
    const { stdout, stderr, status } = run(["grade", CELL, CLASS, "--summary", "--json"]);
    expect([stderr, status]).toEqual(["", 1]);
    const whole = await runMain(["grade", CELL, CLASS, "--json"]);
    expect(JSON.parse(stdout)).toEqual({ summary: JSON.parse(whole.stdout).summary });
    expect(JSON.parse(stdout).summary).toMatchObject({
      ...{ answers: 2, passed: 1, median_score: 5.75, max_score: null },
      hardest: [{ name: "h_t", row: 0, column: null, wrong: 1, answers: 2 }],
    });
  });

  test("is a table, the same as below one of answers", async () => {
    const { stdout } = await runMain(["grade", CELL, CLASS, "--summary"]);
    const whole = await runMain(["grade", CELL, CLASS]);
    expect(stdout).toMatch(/^2 answers: 1 all right\nmean 5\.75 points, 75\.0 %; median 5\.75 points\n/);
    expect(stdout).toContain("\nh_t[0]: wrong in 1 of 2\n");
    expect(whole.stdout.endsWith(`\n\n${stdout}`)).toBe(true);
  });

  test("is also of files, and ends with 0 where all are right", async () => {
    const { stdout, status } = await runMain(["grade", CELL, RIGHT, "--summary"]);
    expect(stdout.split("\n")[0]).toBe("1 answer: 1 all right");
    expect(status).toBe(0);
  });

  test("is a page of HTML, which -o FILE.html chooses", async () => {
    const target = join(folder, "class.html");
    const { stdout, stderr, status } = run(["grade", CELL, CLASS, WRONG, "-o", target]);
    expect([stdout, stderr, status]).toEqual(["", "", 1]);
    const page = readFileSync(target, "utf8");
    expect(page).toContain("<h1>homework 6</h1>");
    expect(page).toContain("3 answers: 1 all right.");
    expect(page).not.toContain("secret");
    const { stdout: same } = await runMain(["grade", CELL, CLASS, WRONG, "--summary", "--format", "html"]);
    expect(same.split("<body>")[1]).toBe(page.split("<body>")[1]);
  });

  test.each([
    [["--summary", "--format", "csv"], "--summary: with --format csv, expected table, json or html"],
    [["--summary", "-o", "x.csv"], "--summary: with --format csv, expected table, json or html"],
    [["--summary", "--ndjson"], "--summary"],
  ])("is refused with %s", async (flags, message) => {
    const { stdout, stderr, status } = await runMain(["grade", CELL, RIGHT, ...flags]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain(message);
  });

  test("a page is not for a terminal", async () => {
    const { stderr, status } = await runMain(["grade", CELL, RIGHT, "--format", "html"], { columns: 80 });
    expect(status).toBe(2);
    expect(stderr).toContain("a page of HTML is not for a terminal, expected -o class.html");
    expect(existsSync("x.csv")).toBe(false);
  });
});
