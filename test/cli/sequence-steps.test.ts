/** sequence --steps: the gates, c_t and h_t along x, in every format. */
import { describe, expect, test } from "vitest";
import { run, runMain } from "../helpers/run.ts";

const FILE = "fixtures/sequence.json";
interface Step {
  readonly t: number;
  readonly gates: Record<"f" | "i" | "o" | "u", number[]>;
  readonly c_t: number[];
  readonly h_t: number[];
}

/** In the order of the table's columns. */
const numbersOf = ({ gates: { f, i, o, u }, c_t, h_t }: Step) => [f, i, o, u, c_t, h_t].flat();
const stepsOf = (json: string) => (JSON.parse(json) as { steps: Step[] }).steps;
/** The numbers behind `t = 1`, of every table that has all of the steps' states. */
const rowsOf = (text: string, steps: number, tables: number) => {
  const rows = text.split("\n").filter((line) => /t = \d/.test(line));
  return Array.from({ length: steps }, (_, t) =>
    Array.from({ length: tables }, (_, k) => rows[k * steps + t]!.split(/t = \d+/)[1]!.match(/-?\d\.\d+/g)!).flat(),
  );
};

describe("sequence --steps", () => {
  test("prints every number of the steps in a table, of two units in two tables", () => {
    const { stdout, stderr, status } = run(["sequence", FILE, "--steps", "--digits", "12"]);
    expect([stderr, status]).toEqual(["", 0]);
    const steps = stepsOf(run(["sequence", FILE, "--json"]).stdout);
    const table = run(["sequence", FILE, "--steps"]).stdout;
    expect(table).toMatch(/^step +f_t\[0\] +\[1\] +i_t\[0\] +\[1\] +o_t\[0\] +\[1\]$/m);
    expect(table).toMatch(/^step +u_t\[0\] +\[1\] +c_t\[0\] +\[1\] +h_t\[0\] +\[1\]$/m);
    for (const [t, row] of rowsOf(table, steps.length, 2).entries()) {
      expect(row.map(Number)).toHaveLength(12);
      for (const [k, value] of numbersOf(steps[t]!).entries())
        expect(Math.abs(Number(row[k]) - value)).toBeLessThan(1e-6);
    }
    // more digits break the tables into bands, each of which names its vector
    expect(stdout).toMatch(/^step +f_t\[0\] +\[1\] +i_t\[0\]$/m);
    expect(stdout).toMatch(/^step +i_t\[1\] +o_t\[0\] +\[1\]$/m);
  });

  test.each(["markdown", "latex"])("is in %s as well", async (format) => {
    const { stdout } = await runMain(["sequence", FILE, "--steps", "--format", format]);
    const steps = stepsOf((await runMain(["sequence", FILE, "--json"])).stdout);
    for (const [t, row] of rowsOf(stdout, steps.length, 2).entries()) {
      for (const [k, value] of numbersOf(steps[t]!).entries())
        expect(Math.abs(Number(row[k]) - value)).toBeLessThan(1e-6);
    }
  });

  test.each([["--json"], ["--format=csv"], ["--steps-format=ndjson"]])(
    "changes nothing of %s, which has them",
    async (flag) => {
      const { stdout } = await runMain(["sequence", FILE, flag]);
      expect((await runMain(["sequence", FILE, flag, "--steps"])).stdout).toBe(stdout);
      expect(stdout).toContain(String(stepsOf((await runMain(["sequence", FILE, "--json"])).stdout)[2]!.gates.u[1]));
    },
  );

  test("is one table of one unit, and of many units a table a quantity, drawn by --heatmap", async () => {
    const cell = async (hidden: string) => {
      const args = ["schema", "cell", "--example", "--hidden", hidden, "--input", "1"];
      const { x_t: _, ...rest } = JSON.parse((await runMain(args)).stdout);
      return JSON.stringify({ ...rest, x: Array.from({ length: 20 }, (_, t) => [t / 8]) });
    };
    const one = (await runMain(["sequence", "--steps", "--from-step", "2"], { input: await cell("1") })).stdout;
    expect(one).toMatch(/^step +f_t +i_t +o_t +u_t +c_t +h_t\n─+\nt = 3 /m);
    expect(one).toContain("corner of 18 steps, --full shows all");
    const input = await cell("5");
    const many = (await runMain(["sequence", "--steps", "--full"], { input })).stdout;
    expect(many.match(/^[fiouch]_t +\[0\] +\[1\] +\[2\] +\[3\] +\[4\]\n─+\nt = 1 /gm)).toHaveLength(6);
    const latex = (await runMain(["sequence", "--steps", "--format", "latex"], { input })).stdout;
    expect(latex).toMatch(/\\begin\{array\}\{lrrrrr\}\nh_\{t\} & \\text\{\[0\]\}/);
    const picture = (await runMain(["sequence", "--steps", "--heatmap"], { input })).stdout;
    expect(picture.match(/#≡=- 0 ░▒▓█/g)).toHaveLength(10);
  });
});
