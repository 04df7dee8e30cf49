import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { fixture } from "../helpers/fixtures.ts";
import { errorSchema, forwardSchema, sequenceSchema, sizeOf } from "../helpers/result-schemas.ts";
import { resultOf, runMain } from "../helpers/run.ts";
import { expectClose, long, sequence } from "../helpers/run-sequence.ts";

const SEQUENCE = "fixtures/sequence.json";
const CELL = fixture("sequence.json");
const NO_W = { W_f: [[0]], W_i: [[0]], W_o: [[0]], W_u: [[0]] };

const tableOf = async (args: readonly string[], input = "") => (await runMain(["sequence", ...args], { input })).stdout;
/** A product of matrices by its definition. */
const times = (a: number[][], b: number[][]) =>
  a.map((row) => b[0]!.map((_, c) => row.reduce((sum, entry, k) => sum + entry * b[k]![c]!, 0)));
const whole = ({ jacobian: { h_T, c_T } }: z.infer<typeof sequenceSchema>) => [
  ...h_T.h_0.map((row, r) => [...row, ...h_T.c_0[r]!]),
  ...c_T.h_0.map((row, r) => [...row, ...c_T.c_0[r]!]),
];
describe("dlstm sequence", () => {
  test("prints every step, the flow along them, and the Jacobian by blocks", () => {
    const result = sequenceSchema.parse(resultOf(["sequence", SEQUENCE, "--json"]));
    expect(result).toMatchObject({ hidden_size: 2, input_size: 2, from_step: 0, to_step: 5, exponent2: 0 });
    for (const list of [result.steps, result.flow]) expect(list.map(({ t }) => t)).toEqual([1, 2, 3, 4, 5]);
    for (const { h_0, c_0 } of [result.jacobian.h_T, result.jacobian.c_T]) {
      expect([sizeOf(h_0), sizeOf(c_0)]).toEqual([
        [2, 2],
        [2, 2],
      ]);
    }
    expect([result.lyapunov.length, result.lyapunov_steps]).toEqual([4, 5]);
    expect(result.lyapunov).toEqual(result.lyapunov.toSorted((a, b) => b! - a!));
    expect(result.flow[4]).toMatchObject({ to_end_norm: 1, to_end_log10: 0 });
  });

  test("steps as forward --step does", async () => {
    for (const { t, gates, c_t, h_t } of (await sequence([SEQUENCE])).steps) {
      const { stdout } = await runMain(["forward", SEQUENCE, "--step", String(t), "--json"]);
      expect(forwardSchema.parse(JSON.parse(stdout))).toMatchObject({ gates, c_t, h_t });
    }
  });

  test("takes any part of it: parts multiply to the whole, and norms to the end agree", async () => {
    const all = await sequence([SEQUENCE]);
    for (let from = 0; from < 5; from++) {
      for (let to = from + 1; to <= 5; to++) {
        const part = await sequence([SEQUENCE, "--from-step", String(from), "--to-step", String(to)]);
        expect(part).toMatchObject({ from_step: from, to_step: to, lyapunov_steps: to - from });
        expect(part.steps).toEqual(all.steps.slice(from, to));
        if (to === 5 && from > 0) expect(part.jacobian_norm).toBeCloseTo(all.flow[from - 1]!.to_end_norm!, 12);
      }
    }
    for (let middle = 1; middle < 5; middle++) {
      const before = await sequence([SEQUENCE, "--to-step", String(middle)]);
      const after = await sequence([SEQUENCE, "--from-step", String(middle)]);
      expectClose(times(whole(after), whole(before)), whole(all), 1e-15);
    }
  });

  test("follows the memory's path: with U = 0 and f = 1/2, ∂c_T/∂c_0 is 2^−T", async () => {
    const zero = { U_f: [[0]], U_i: [[0]], U_o: [[0]], U_u: [[0]] };
    const at = (steps: number) => sequence([], JSON.stringify({ ...zero, ...NO_W, x: Array(steps).fill([0]) }));
    expect((await at(3)).jacobian).toEqual({
      h_T: { h_0: [[0]], c_0: [[0.0625]] },
      c_T: { h_0: [[0]], c_0: [[0.125]] },
    });
    const far = await at(1100);
    expect(far.jacobian.c_T.c_0[0]![0]! * 2 ** (far.exponent2 + 1100)).toBe(1);
    expect(far).toMatchObject({ jacobian_norm: null });
    expect(far.jacobian_log10).toBeCloseTo(Math.log10(Math.hypot(1, 0.5)) - 1100 * Math.log10(2), 9);
    expect(far.flow[0]).toMatchObject({ to_end_norm: null, saturated: { f: { low: 0, high: 0 } } });
    expect(far.flow[0]!.forget_time_scale).toEqual({ median: 2, largest: 2 });
  });

  test("keeps the time scale of a forget gate that rounds to 1: 1 + e^40", async () => {
    const cell = { U_f: [[0]], U_i: [[0]], U_o: [[0]], U_u: [[0]], ...NO_W, b_f: [40], x: [[0]] };
    const [flow] = (await sequence([], JSON.stringify(cell))).flow;
    expect(flow!.forget_time_scale.largest! / (1 + Math.exp(40))).toBeCloseTo(1, 13);
    expect(flow!.saturated.f).toEqual({ low: 0, high: 1 });
    const [beyond] = (await sequence([], JSON.stringify({ ...cell, b_f: [800] }))).flow;
    expect(beyond!.forget_time_scale).toEqual({ median: null, largest: null });
    expect(await tableOf([], JSON.stringify({ ...cell, b_f: [800] }))).toContain(">1e308");
  });

  test("counts as saturated what is below 0.1 or above 0.9, of u below −0.9", async () => {
    const { steps, flow } = await sequence([SEQUENCE]);
    const share = (values: number[], is: (value: number) => boolean) => values.filter(is).length / values.length;
    for (const [k, { gates }] of steps.entries()) {
      for (const g of ["f", "i", "o", "u"] as const) {
        const low = share(gates[g], (value) => value < (g === "u" ? -0.9 : 0.1));
        expect(flow[k]!.saturated[g]).toEqual({ low, high: share(gates[g], (value) => value > 0.9) });
      }
    }
    expect(flow[0]!.saturated.f.high).toBe(0.5);
    expect(flow[4]!.saturated.u.low).toBe(1);
  });

  test("says what it assumed of the state before the first step", async () => {
    const { h_prev: _, c_prev: __, ...stateless } = CELL;
    expect((await sequence([], JSON.stringify(stateless))).assumed_zero).toEqual(["h_prev", "c_prev"]);
    expect(await tableOf([], JSON.stringify(stateless))).toMatch(/^h_0, c_0 not given: taken as zero$/m);
  });

  test("takes x and the state from flags", async () => {
    const flags = ["--x", "[[1,2],[3,4]]", "--h", "[0,1]", "--c", "[2,0]"];
    const inCell = { ...CELL, x: JSON.parse(flags[1]!), h_prev: [0, 1], c_prev: [2, 0] };
    expect(await sequence([SEQUENCE, ...flags])).toEqual(await sequence([], JSON.stringify(inCell)));
  });
});

describe("dlstm sequence refuses", () => {
  test.each([
    [["--to-step", "6"], `${SEQUENCE}: --to-step: 6, expected 1 … 5, the steps of x`],
    [["--to-step", "0"], "--to-step: 0, expected a whole number at least 1"],
    [["--from-step", "5"], `${SEQUENCE}: --from-step: 5, expected less than 5, the step to end with`],
    [["--from-step", "2", "--to-step", "2"], `${SEQUENCE}: --from-step: 2, expected less than 2, the step to end with`],
    [["--from-step", "-1"], "--from-step: -1, expected a whole number at least 0"],
    [["--from-step", "1.5"], "--from-step: 1.5, expected a whole number at least 0"],
    [["--steps-format", "csv"], "--steps-format: "],
    [["--x", "[[1,2],[3]]"], "--x-t[1]: 1 number, expected 2 (the input size)"],
    [["--x", "[1,2]"], "--x-t: x_t, expected a sequence"],
  ])("%j", async (args, message) => {
    const { stdout, stderr, status } = await runMain(["sequence", SEQUENCE, ...args]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain(`dlstm: ${message}`);
    const inJson = await runMain(["sequence", SEQUENCE, ...args, "--json"]);
    expect(stderr).toContain(errorSchema.parse(JSON.parse(inJson.stderr)).error.message);
  });

  test("a cell of one step, and names the commands that take it; those name sequence in turn", async () => {
    const one = await runMain(["sequence", "fixtures/bias-and-input.json"]);
    expect([one.stdout, one.status]).toEqual(["", 2]);
    expect(one.stderr).toMatch(/^dlstm: fixtures\/bias-and-input\.json: x: missing, .*forward.*\n$/);
    for (const command of ["show", "forward", "jacobian", "optimum"]) {
      const { stderr } = await runMain([command, SEQUENCE]);
      for (const name of ["sequence", "backward", "--step"]) expect(stderr).toContain(name);
    }
  });

  test("a cell without one of its gates, or without W", async () => {
    const { U_u, ...partial } = CELL;
    const input = JSON.stringify(partial);
    expect((await runMain(["sequence"], { input })).stderr).toMatch(/^dlstm: stdin: U_u: missing/);
    const { W_u, ...lacking } = CELL;
    const { stderr } = await runMain(["sequence"], { input: JSON.stringify(lacking) });
    expect(stderr).toMatch(/^dlstm: stdin: W_u: missing, expected it beside U_u, because x is given\n$/);
  });
});

test.each([[[]], [["--steps-format", "ndjson"]]])(
  "a pre-activation beyond the doubles ends no run: %j",
  async (args) => {
    const input = JSON.stringify({
      ...CELL,
      x: [
        [1, 1],
        [1, 1],
        [1e308, 1e308],
      ],
      W_f: [
        [1e10, 1],
        [1, 1],
      ],
    });
    const { stdout, stderr, status } = await runMain(["sequence", "--json", ...args], { input });
    expect([stderr, status]).toEqual(["", 0]);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const last = lines.length === 1 ? lines[0].steps[2] : lines[2];
    // at z = 1e318 the gate is open
    expect(last.gates.f[0]).toBe(1);
  },
);

describe("the tables of dlstm sequence", () => {
  test("show the norms, what saturates, the product and the exponents", async () => {
    const table = await tableOf([SEQUENCE]);
    const titles = table.split("\n\n").map((block) => block.split(/ {2,}/)[0]);
    expect(titles.slice(1, -1)).toEqual([
      "s = (h, c)",
      "saturated, %",
      ...["∂h_5/∂h_0", "∂h_5/∂c_0", "∂c_5/∂h_0", "∂c_5/∂c_0"],
      "Lyapunov exponents",
    ]);
    expect(table).toMatch(/^log10 ‖∂s_5\/∂s_t‖, t = 1 … 5, lowest ▁ -\d\.\d\d, highest █ 0\.00:\n[▁-█]{5}$/m);
    expect(table).toMatch(/^‖∂s_5\/∂s_0‖ = 0\.\d+\n$/m);
  });

  test.each([1, 2, 12, 100, 1000])("of %i steps keep within 80 columns, also in ASCII", async (steps) => {
    const input = JSON.stringify(long(steps));
    for (const LANG of ["C", "C.UTF-8"]) {
      const { stdout } = await runMain(["sequence", "-"], { input, columns: 80, env: { LANG, NO_COLOR: "1" } });
      const wide = stdout.split("\n").filter((line) => line.length > 80);
      expect(wide).toEqual([]);
      if (LANG === "C") expect(stdout).toMatch(/^[\n -~]*$/);
    }
  });

  test("show both ends of many steps, all of them with --full", async () => {
    const input = JSON.stringify(long(1000));
    const rows = (table: string) => table.match(/^t = \d+ /gm)!.length;
    const table = await tableOf(["-"], input);
    expect(rows(table)).toBe(20);
    expect(table).toContain("corner of 1000 steps, --full shows all");
    expect(table).toMatch(/^∂h_1000\/∂h_0 × 2\^\d+ /m);
    expect(table).toMatch(/^‖∂s_1000\/∂s_0‖ = 10\^-\d+\.\d{4}$/m);
    expect(rows(await tableOf(["-", "--full"], input))).toBe(2000);
  });
});
