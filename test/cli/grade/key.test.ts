import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, fixtureNames } from "../../helpers/fixtures.ts";
import { run, runMain } from "../../helpers/run.ts";
import { CELL, file, grade, RIGHT, WRONG } from "./ask.ts";

const CELLS = fixtureNames(".").filter((name) => name.endsWith(".json"));

describe("dlstm cell --json | dlstm grade cell -", () => {
  test.each(CELLS)("gives full marks to every command's own result on %s", async (name) => {
    const cell = join("fixtures", name);
    const { x } = fixture(name);
    const commands =
      x === undefined ? [["show"], ["forward"], ["jacobian"], ["optimum"], ["backward"]] : [["backward"]];
    const more = [
      ["optimum", "--norm", "1", "--minimize", "--gate", "f"],
      ["jacobian", "--terms", "--of", "c_t,h_t", "--wrt", "h_prev,c_prev"],
    ];
    let count = 0;
    for (const command of x === undefined ? [...commands, ...more] : commands) {
      const [first, ...flags] = command as [string, ...string[]];
      const own = await runMain([first, cell, ...flags, "--json"]);
      // a partial cell has no gradients and no terms
      if (own.status !== 0) continue;
      const { result, stderr, status } = await grade([cell, "-"], own.stdout);
      expect([stderr, status, result!.passed], command.join(" ")).toEqual(["", 0, true]);
      expect(result!.score).toBe(result!.max_score);
      expect(result!.tests.length).toBeGreaterThan(0);
      count += 1;
    }
    expect(count).toBeGreaterThanOrEqual(x === undefined ? 4 : 1);
  });

  test("takes a result for the key just as well", async () => {
    const { result, status } = await grade([RIGHT, WRONG]);
    expect(status).toBe(1);
    expect(result).toMatchObject({ first_wrong: "h_t", hidden_size: 2 });
    expect((await grade([RIGHT, RIGHT])).status).toBe(0);
  });

  test("computes the key with the state of the flags", async () => {
    const own = run(["forward", CELL, "--h", "[1,2]", "--json"]).stdout;
    expect((await grade([CELL, "-"], own)).status).toBe(1);
    expect((await grade([CELL, "-", "--h", "[1,2]"], own)).status).toBe(0);
  });

  test("takes a step of a sequence", async () => {
    const own = run(["forward", "fixtures/sequence.json", "--step", "2", "--json"]).stdout;
    expect((await grade(["fixtures/sequence.json", "-", "--step", "2"], own)).status).toBe(0);
    expect((await grade(["fixtures/sequence.json", "-", "--step", "3"], own)).status).toBe(1);
  });
});

describe("a key whose gradient leaves the double range", () => {
  const gates = ["f", "i", "o", "u"].flatMap((g) => [
    [`U_${g}`, [[0.1]]],
    [`W_${g}`, [[0]]],
  ]);
  const state = { x_t: [1e200], h_prev: [0.5], c_prev: [0.7], dh_t: [1e200] };
  const key = file("overflows.json", { ...Object.fromEntries(gates), ...state });
  const answer = file("overflows.answer.json", { gradient: { W_f: [[1]] } });
  const other = file("gates.answer.json", { gates: { f: [0.512] } });

  test("is refused as backward refuses the cell, where an answer is to be compared with it", async () => {
    for (const args of [[answer], [answer, "--require", "gradient.W_f"], [other, answer, "--batch"]]) {
      const { stderr, status } = await grade([key, ...args]);
      expect(status).toBe(2);
      expect(JSON.parse(stderr.split("\n").at(-2)!).error).toMatchObject({
        code: "overflow",
        place: "gradient.W_f[0][0]",
      });
    }
    const backward = await runMain(["backward", key, "--json"]);
    expect(JSON.parse(backward.stderr).error.place).toBe("gradient.W_f[0][0]");
  });

  test("keeps nobody from the marks for what it tells", async () => {
    expect((await grade([key, other, "--rtol", "0.1"])).status).toBe(0);
    const { stdout } = await runMain(["grade", key, answer, other, "--rtol", "0.1", "--json"]);
    expect(JSON.parse(stdout).answers.map(({ score }: { score: number }) => score)).toEqual([0, 1]);
  });
});
