/** --digits: no digit more takes a column away, and tables stay within 80 columns. */
import { describe, expect, test } from "vitest";
import { run, runMain } from "../helpers/run.ts";

const longest = (text: string) => Math.max(...text.split("\n").map((line) => [...line].length));
const example = async (hidden: number) =>
  (await runMain(["schema", "cell", "--example", "--hidden", String(hidden), "--seed", "3"])).stdout;

describe("--digits", () => {
  test.each([12, 17])("%i: show of two units has both components of every vector, in 80 columns", (digits) => {
    const { stdout, status } = run(["fixtures/homework6.json", "--digits", String(digits)]);
    expect(status).toBe(0);
    expect(longest(stdout)).toBeLessThanOrEqual(80);
    expect(stdout).not.toMatch(/…|corner/);
    const optimum = stdout.slice(stdout.indexOf("max f_t"));
    expect(optimum).toMatch(/^max f_t, ‖h‖₂ = 1 +f_t +z_f\n.*\n.*\n.*\n\nmax f_t, ‖h‖₂ = 1 +h_\{t-1\}\[0\] +\[1\]\n/);
    const numbers = JSON.parse(run(["fixtures/homework6.json", "--json"]).stdout).optimum.gates.f[0].h_prev as number[];
    for (const value of numbers) expect(optimum).toContain(value.toFixed(digits));
  });

  test.each([1, 5, 12, 13, 40])("17: every command stays in 80 columns, with H = %i", async (hidden) => {
    const input = await example(hidden);
    const commands = [
      ["show"],
      ["forward"],
      ["jacobian", "--wrt", "h_prev,x_t", "--terms"],
      ["optimum", "--gate", "f,u"],
      ["backward", "--steps"],
      ["explain", "optimum", "--cell", "-"],
    ];
    for (const command of commands) {
      const { stdout } = await runMain([...command, "--digits", "17"], { input });
      expect(longest(stdout)).toBeLessThanOrEqual(80);
      if (hidden <= 12) expect(stdout).not.toMatch(/\[(\d+)\] +…/);
    }
  });

  test("a corner of one unit is one of 1 unit", async () => {
    const input = await example(40);
    const { stdout } = await runMain(["optimum", "--unit", "3"], { input });
    expect(stdout).toMatch(/corner of 1 unit × 40 components, --full shows all/);
    expect((await runMain(["optimum", "--unit", "3,4"], { input })).stdout).toContain("corner of 2 units × 40");
  });
});
