import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fixtureText } from "../helpers/fixtures.ts";
import { checkSchema } from "../helpers/result-schemas.ts";
import { resultOf, run, runMain, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/saturated-gates.json";
const SEQUENCE = "fixtures/sequence.json";
const folder = temporaryFolder();
const REAL = new URL("../../../shared/data/silero-v5.cell.json", import.meta.url);

const json = async (args: readonly string[]) => JSON.parse((await runMain([...args, "--json"])).stdout);

/** Writes an answer and checks it. */
function checkAnswer(cell: string, answer: unknown, ...more: string[]) {
  const path = join(folder, "answer.json");
  writeFileSync(path, typeof answer === "string" ? answer : JSON.stringify(answer));
  return runMain(["check", cell, "--answer", path, "--json", ...more]);
}

describe("dlstm check", () => {
  test.each([CELL, SEQUENCE, "fixtures/forget-gate-only.json"])(
    "passes %s, as JSON of the contract's shape",
    (cell) => {
      const { passed, quantities } = checkSchema.parse(resultOf(["check", cell, "--json"]));
      expect(passed).toBe(true);
      expect(quantities.every(({ max_share, worst }) => max_share <= 1 && worst.closed_form !== undefined)).toBe(true);
    },
  );

  test("has every derivative that jacobian and backward print", async () => {
    const { quantities } = checkSchema.parse(await json(["check", CELL]));
    const names = quantities.map(({ of, wrt }) => `${of} ${wrt}`);
    for (const of of ["f", "i", "o", "u", "c_t", "tanh_c_t", "h_t"]) {
      for (const wrt of ["h_prev", "c_prev", "x_t"]) expect(names).toContain(`${of} ${wrt}`);
    }
    for (const g of ["f", "i", "o", "u"]) expect(names).toContain(`terms.${g} h_prev`);
    for (const key of ["W_f", "U_o", "b_u"]) expect(names).toContain(`c_t ${key}`);
    const { gradient } = (await json(["backward", CELL])) as { gradient: object };
    for (const key of Object.keys(gradient)) expect(names).toContain(`loss ${key}`);
  });

  test("has the terms and gradients in the order in which jacobian and backward print them", async () => {
    const { quantities } = checkSchema.parse(await json(["check", CELL]));
    const { terms } = (await json(["jacobian", CELL, "--terms"])) as { terms: object };
    const { gradient } = (await json(["backward", CELL])) as { gradient: object };
    expect(quantities.slice(21, 40).map(({ of, wrt }) => (of === "loss" ? wrt : of))).toEqual([
      ...Object.keys(terms).map((g) => `terms.${g}`),
      ...Object.keys(gradient),
    ]);
  });

  test("prints a table of at most 80 columns that ends with the verdict", () => {
    const { stdout, stderr, status } = run(["check", CELL]);
    expect([stderr, status]).toEqual(["", 0]);
    expect(Math.max(...stdout.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^∂h_t\/∂h_\{t-1\} +9 /m);
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^passed: \d+ entries within the numerical promise$/);
  });

  test("says that it sampled, and looks at that many columns", async () => {
    const { quantities, sampled_columns } = checkSchema.parse(await json(["check", CELL, "--columns", "1"]));
    expect(sampled_columns).toBe(1);
    expect(quantities.find(({ of, wrt }) => of === "h_t" && wrt === "h_prev")?.entries).toBe(3);
    expect((await runMain(["check", CELL, "--columns", "1"])).stdout.replaceAll("\n", " ")).toContain(
      "1 column sampled",
    );
    expect(await json(["check", CELL, "--columns", "3"])).not.toHaveProperty("sampled_columns");
  });

  test("checks the gradient of the loss that is asked for", async () => {
    const { quantities } = checkSchema.parse(await json(["check", CELL, "--dh", "[0,0,0]"]));
    const loss = quantities.filter(({ of }) => of === "loss");
    expect(loss.every(({ worst, passed }) => passed && worst.reference === 0)).toBe(true);
  });

  test("names what leaves the double range, and passes by the rest", async () => {
    const path = join(folder, "overflows.json");
    const gates = ["f", "i", "o", "u"].flatMap((g) => [
      [`U_${g}`, [[0.1]]],
      [`W_${g}`, [[0]]],
    ]);
    writeFileSync(path, JSON.stringify({ ...Object.fromEntries(gates), x_t: [1e200], c_prev: [0.7], dh_t: [1e200] }));
    const { stdout, status } = await runMain(["check", path]);
    expect(status).toBe(0);
    expect(stdout).toContain("not judged: ∂L/∂W_f, 1 entry leaves the range of a double, the first at [0][0]\n");
    expect(checkSchema.parse(await json(["check", path])).not_judged).toHaveLength(3);
  });

  test("keeps to plain characters on a terminal that has no others", async () => {
    const { stdout, stderr } = await runMain(["check", CELL], {
      columns: 80,
      env: { LANG: "C", TERM: "xterm", NO_COLOR: "1" },
    });
    expect(stdout).toMatch(/^[ -~\n]*$/);
    expect(stdout).toContain("passed:");
    expect(stderr).toBe("");
  });

  test.each([
    [["--columns", "0"], "--columns"],
    [["--columns", "1.5"], "--columns"],
    [["--tolerance", "1e-3"], "--tolerance"],
    [["--answer", "missing.json"], "missing.json"],
    [["--answer", CELL, "--tolerance", "2"], "--tolerance"],
  ])("refuses %s", async (options, place) => {
    const { stdout, stderr, status } = await runMain(["check", CELL, ...options]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toMatch(new RegExp(`^dlstm: ${place}: `));
  });
});

test("a sequence of one step passes", async () => {
  const { W_f, W_i, W_o, W_u, U_f, U_i, U_o, U_u, x } = JSON.parse(fixtureText("sequence.json"));
  const path = join(folder, "one-step.json");
  writeFileSync(
    path,
    JSON.stringify({ W_f, W_i, W_o, W_u, U_f, U_i, U_o, U_u, x: x.slice(0, 1), h_prev: [0.3, -0.7] }),
  );
  expect((await runMain(["check", path, "--json"])).status).toBe(0);
});

describe("standard input", () => {
  test.each([
    ["the cell", ["-", "--answer", "-"]],
    ["the state", [CELL, "--state", "-", "--answer", "-"]],
  ])("cannot hold %s and the answer", (_, args) => {
    const input = args[0] === "-" ? fixtureText("saturated-gates.json") : "{}";
    const { stdout, stderr, status } = run(["check", ...args], { input });
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toBe("dlstm: --answer: standard input, which holds the cell or its state already\n");
  });
});

describe("dlstm check --answer", async () => {
  const ALL = ["--of", "f,i,o,u,c_t,tanh_c_t,h_t", "--wrt", "h_prev,c_prev,x_t", "--terms"];

  test.each([
    [CELL, ["jacobian", CELL, ...ALL]],
    [CELL, ["show", CELL]],
    [CELL, ["backward", CELL, "--steps"]],
    [SEQUENCE, ["sequence", SEQUENCE]],
    [SEQUENCE, ["backward", SEQUENCE]],
  ])("of %s passes what %s prints", async (cell, command) => {
    const { stdout } = await runMain([...command, "--json"]);
    const { status, ...result } = await checkAnswer(cell, stdout);
    expect([result.stderr, status]).toEqual(["", 0]);
    const { tolerance, quantities } = checkSchema.parse(JSON.parse(result.stdout));
    expect(tolerance).toBe(1e-6);
    expect(quantities.every(({ worst }) => worst.answer !== undefined)).toBe(true);
  });

  const jacobian = (): Promise<{ jacobian: { f: { h_prev: number[][] } } }> => json(["jacobian", CELL]);

  test("locates a wrong entry, by the tolerance relative to its row", async () => {
    const answer = await jacobian();
    const row = answer.jacobian.f.h_prev[1]!;
    const largest = Math.max(...row.map(Math.abs));
    row[2]! += 3e-6 * largest;
    const { stdout, status } = await checkAnswer(CELL, answer);
    const { quantities, passed } = checkSchema.parse(JSON.parse(stdout));
    expect([passed, status]).toEqual([false, 1]);
    const failed = quantities.filter((quantity) => !quantity.passed);
    expect(failed).toMatchObject([{ of: "f", wrt: "h_prev", worst: { row: 1, column: 2, answer: row[2] } }]);
    expect(failed[0]!.max_share).toBeCloseTo(3, 6);
    expect((await checkAnswer(CELL, answer, "--tolerance", "1e-5")).status).toBe(0);
  });

  test("does not take zeros for a saturated gate's derivative", async () => {
    const answer = await jacobian();
    answer.jacobian.f.h_prev[0] = [0, 0, 0];
    expect(Math.max(...(await jacobian()).jacobian.f.h_prev[0]!.map(Math.abs))).toBeLessThan(1e-15);
    const { stdout, status } = await checkAnswer(CELL, answer);
    expect(status).toBe(1);
    expect(checkSchema.parse(JSON.parse(stdout)).quantities[0]!.worst.row).toBe(0);
  });

  test("tells in a table what failed, where, and by what mark", async () => {
    const answer = await jacobian();
    answer.jacobian.f.h_prev[2]![0]! *= 2;
    await checkAnswer(CELL, answer);
    const { stdout, status } = await runMain(["check", CELL, "--answer", join(folder, "answer.json")]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^! ∂f_t\/∂h_\{t-1\} /m);
    expect(stdout).toContain("failed: ∂f_t/∂h_{t-1}[2][0] is ");
  });

  test.each<[string, unknown, string]>([
    ["no JSON", "{", "syntax"],
    ["NaN", '{"terms":{"f":[[NaN]]}}', "syntax"],
    ["a duplicate key", '{"terms":{},"terms":{}}', "duplicate-key"],
    ["an array", [], "shape"],
    ["a wrong shape", { gradient: { x_t: [1, 2, 3] } }, "shape"],
    ["a key with an escape sequence", { "gr\u001b[31m": {} }, "unknown-key"],
    ["a prototype's key", '{"__proto__":{}}', "unknown-key"],
  ])("refuses %s with one error that names the answer's file", async (_, answer, code) => {
    const { stdout, stderr, status } = await checkAnswer(CELL, answer);
    expect([stdout, status]).toEqual(["", 2]);
    expect(JSON.parse(stderr).error).toMatchObject({ code, file: join(folder, "answer.json") });
    const asText = await runMain(["check", CELL, "--answer", join(folder, "answer.json")]);
    expect(asText.stderr).not.toContain("\u001b");
  });

  // entries of ∂c_T/∂c_0 that lie 2^1700 apart, by hand: σ(40)³σ(−630)² … of the diagonal, in units of 2^−1818
  test("keeps what lies far below the largest entry of a product", async () => {
    const zeros = (rows: number, cols: number) => Array.from({ length: rows }, () => Array(cols).fill(0));
    const at = (row: number, column: number, cols: number) => {
      const matrix = zeros(2, cols);
      matrix[row]![column] = 1;
      return matrix;
    };
    const cell = join(folder, "range.json");
    const U = { U_f: zeros(2, 2), U_i: zeros(2, 2), U_o: zeros(2, 2), U_u: at(1, 0, 2) };
    const W_f = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ];
    const W = { W_f, W_i: at(1, 2, 4), W_o: at(0, 3, 4), W_u: zeros(2, 4) };
    const x = [40, 40, -630, -630, 40, 40, 40].map((first, t) =>
      t < 2 ? Array(4).fill(40) : t < 4 ? [first, 40, -630, -630] : [first, -630, -630, -630],
    );
    writeFileSync(cell, JSON.stringify({ ...U, ...W, c_prev: [1, 0.5], x }));
    const answer = (first: number) => ({
      exponent2: -1818,
      jacobian: {
        c_T: {
          c_0: [
            [first, 0],
            [7.053846995469721e-275, 2.857336046103658e-274],
          ],
        },
      },
    });
    expect((await checkAnswer(cell, answer(1.1520860526681602))).status).toBe(0);
    expect((await checkAnswer(cell, answer(0))).status).toBe(1);
  });

  test("refuses a derivative that the cell does not determine", async () => {
    const partial = "fixtures/forget-gate-only.json";
    const zeros = Array(3).fill([0, 0, 0]);
    const { stderr, status } = await checkAnswer(partial, { jacobian: { h_t: { h_prev: zeros } } });
    expect(status).toBe(2);
    expect(JSON.parse(stderr).error).toMatchObject({ code: "missing", place: "jacobian.h_t.h_prev" });
  });

  test("refuses a part of a sequence for the whole", async () => {
    const part = await json(["sequence", SEQUENCE, "--from-step", "1"]);
    const { stderr, status } = await checkAnswer(SEQUENCE, part);
    expect(status).toBe(2);
    expect(JSON.parse(stderr).error).toMatchObject({ code: "unsupported", place: "from_step" });
  });

  test("does not compare the JSON of one cell with a cell of another size", async () => {
    expect(JSON.parse(fixtureText("homework6.json")).U_f).toHaveLength(2);
    expect((await checkAnswer("fixtures/homework6.json", await jacobian())).status).toBe(2);
  });
});

describe.skipIf(!existsSync(REAL))("a published voice-activity detector (skipped without its data)", () => {
  test("keeps the promise at the sampled columns", () => {
    const result = checkSchema.parse(resultOf(["check", fileURLToPath(REAL), "--columns", "2", "--json"]));
    expect([result.passed, result.sampled_columns]).toEqual([true, 2]);
  });
});
