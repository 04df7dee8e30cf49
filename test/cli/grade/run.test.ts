import { describe, expect, test } from "vitest";
import { runMain } from "../../helpers/run.ts";
import { CELL, file, grade, RIGHT, WRONG } from "./ask.ts";

describe("the exit code of grade", () => {
  test("is 0 where all is right, and 1 where anything is wrong", async () => {
    expect((await grade([CELL, RIGHT, RIGHT])).status).toBe(0);
    expect((await grade([CELL, RIGHT, WRONG])).status).toBe(1);
  });

  test.each([
    ["the key is missing", ["nope.json"], "nope.json: no such file"],
    ["the key is no cell", ["fixtures/invalid/ragged-row.json"], "U_f[1]: 3 numbers"],
    ["the key's result is faulty", [file("key.json", { h_t: [1, "x"] })], "h_t[1]: no finite number"],
    ["a flag does not go with a result", [file("h.json", { h_t: [1] }), "--h", "[1]"], "--h-prev: not with a result"],
    ["a quantity does not exist", [CELL, "--require", "gates.g"], '"gates.g" is no quantity'],
    ["a quantity cannot be computed", ["fixtures/forget-gate-only.json", "--require", "h_t"], "h_t: required"],
    ["--points is no object", [CELL, "--points", file("p.json", [1])], "an array, expected an object"],
    ["points are no number", [CELL, "--points", file("q.json", { h_t: "1" })], "h_t: the text"],
    ["points are negative", [CELL, "--points", file("r.json", { h_t: -1 })], "--points h_t: -1"],
    ["--digits stands alone", [CELL, "--digits", "3"], "--digits: only with --compare"],
    ["sigfig has no digits", [CELL, "--compare", "sigfig"], "--digits: missing"],
    ["sigfig has none at all", [CELL, "--compare", "sigfig", "--digits", "0"], "--digits: 0, expected"],
    ["decdig meets --rtol", [CELL, "--compare", "decdig", "--digits", "3", "--rtol", "0.1"], "--rtol: not with"],
    ["--rtol is no number", [CELL, "--rtol", "x"], "--rtol: x, expected"],
    ["--atol is negative", [CELL, "--atol", "-1"], "--atol: -1, expected"],
    ["--hints is no word of ours", [CELL, "--hints", "some"], "--hints"],
    ["follow-through has no cell", [file("k.json", { h_t: [1] }), "--follow-through"], "--follow-through: the key"],
  ])("is 2 where %s", async (_, args, message) => {
    const [key, ...flags] = args as [string, ...string[]];
    const { stdout, stderr, status } = await runMain(["grade", key, RIGHT, ...flags]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain(message);
  });

  test.each(["gradescope", "prairielearn"])(
    "is 2 for a class in the format of %s, which holds one student",
    async (format) => {
      for (const args of [
        [RIGHT, WRONG],
        [RIGHT, "--batch"],
      ]) {
        const { stdout, stderr, status } = await runMain(["grade", CELL, ...args, "--format", format]);
        expect([stdout, status]).toEqual(["", 2]);
        expect(stderr).toContain("--format: ");
      }
      expect((await runMain(["grade", CELL, RIGHT, "--format", format])).status).toBe(0);
    },
  );

  test("is 2 where standard input is asked for twice", async () => {
    for (const args of [
      ["-", "-"],
      [CELL, "-", "-"],
      [CELL, "-", "--points", "-"],
      [CELL, "-", "--state", "-"],
    ]) {
      expect((await runMain(["grade", ...args])).stderr).toContain("standard input, asked for twice");
    }
  });

  test("is 2, with help, where nothing is given on a terminal", async () => {
    const { stderr, status } = await runMain(["grade", CELL], { interactive: true });
    expect(status).toBe(2);
    expect(stderr).toContain("Usage: dlstm grade");
  });
});
