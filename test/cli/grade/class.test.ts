import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { fixture, fixtureText } from "../../helpers/fixtures.ts";
import { bash, runMain } from "../../helpers/run.ts";
import { CELL, type Class, file, folder, gradeClass, RIGHT, right, WRONG } from "./ask.ts";

describe("a class", () => {
  test("gives a result a file, in order, and with --batch a summary", async () => {
    const plain = await gradeClass([CELL, WRONG, RIGHT]);
    expect(plain.result.answers.map((answer) => answer.file)).toEqual([WRONG, RIGHT]);
    expect(plain.result).not.toHaveProperty("summary");
    const { result } = await gradeClass([CELL, WRONG, RIGHT, join(folder, "nope.json"), "--batch"]);
    expect(result.answers.slice(0, 2)).toEqual(plain.result.answers);
    expect(result.summary).toMatchObject({ answers: 3, passed: 1, unreadable: 1 });
    expect(result.summary!.mean).toBeCloseTo((10.5 / 11 + 1 + 0) / 3, 12);
    expect(result.summary!.quantities.find(({ name }) => name === "h_t")).toEqual({
      name: "h_t",
      answers: 2,
      passed: 1,
      mean: 0.75,
    });
  });

  test("--batch of one answer has the same shape", async () => {
    const { result } = await gradeClass([CELL, RIGHT, "--batch"]);
    expect(result.answers).toHaveLength(1);
    expect(result.summary).toMatchObject({ answers: 1, passed: 1, mean: 1, diagnoses: [] });
  });

  test("names the commonest mistakes first", async () => {
    const { U_f } = fixture<{ U_f: number[][] }>("homework6.json");
    const sigma = file("sigma.json", { jacobian: { f: { h_prev: U_f } } });
    const sign = file("sign.json", { h_t: right.h_t.map((h) => -h), c_t: [1, 2, 3] });
    const { result } = await gradeClass([CELL, sign, sigma, sigma, "--batch"]);
    expect(result.summary!.diagnoses).toEqual([
      { diagnosis: "missing-sigma-prime", answers: 2, quantities: 2 },
      expect.objectContaining({ answers: 1 }),
      expect.objectContaining({ answers: 1 }),
    ]);
  });

  describe("that takes its time", () => {
    /** Runs by a clock on which 400 ms pass between two looks. */
    const gradeSlowly = (flags: readonly string[], columns: { columns?: number }) => {
      let time = 0;
      const clock = vi.spyOn(performance, "now").mockImplementation(() => {
        time += 400;
        return time;
      });
      onTestFinished(() => clock.mockRestore());
      return runMain(["grade", CELL, ...Array(8).fill(RIGHT), ...flags], { ...columns, env: { LANG: "C.UTF-8" } });
    };

    test("shows with --batch how far it is on a terminal's stderr, and takes it away", async () => {
      const { stdout, stderr, status } = await gradeSlowly(["--batch"], { columns: 80 });
      expect(status).toBe(0);
      // away before each verdict, which stands on the same terminal
      const bars = stderr.split("\r\u001b[K");
      expect(bars.pop()).toBe("");
      for (const bar of bars) expect(bar).toMatch(/^\r\[#+-*\] \d+ % of the answers$/);
      const shares = [...stderr.matchAll(/(\d+) %/g)].map(([, share]) => Number(share));
      expect(shares.length).toBeGreaterThan(2);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBe(100);
      expect(stdout).toContain("8 answers: 8 all right");
      expect(stdout).not.toContain("% of the answers");
    });

    test.each([
      ["in a pipe", ["--batch"], {}],
      ["with -q", ["--batch", "-q"], { columns: 80 }],
      ["without --batch", [], { columns: 80 }],
    ])("shows nothing %s", async (_, flags, columns) => {
      expect((await gradeSlowly(flags, columns)).stderr).toBe("");
    });
  });
});

test("a folder of hundreds of answers is graded in one run", () => {
  const many = join(folder, "many");
  mkdirSync(many);
  for (let k = 0; k < 300; k++)
    writeFileSync(join(many, `${k}.json`), k % 3 === 0 ? fixtureText("homework6.json") : JSON.stringify(right));
  const { stdout, stderr, status } = bash(`dlstm grade ${CELL} ${many}/*.json --batch --json`);
  expect([stderr, status]).toEqual(["", 1]);
  expect((JSON.parse(stdout) as Class).summary).toMatchObject({ answers: 300, passed: 200 });
});
