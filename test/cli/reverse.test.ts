import { describe, expect, test } from "vitest";
import { fixture } from "../helpers/fixtures.ts";
import { runMain } from "../helpers/run.ts";
import { temporaryFile } from "../helpers/temporary-file.ts";

const CELL = "fixtures/reverse.json";
const CAPTION = "reverse: x is read from its last row to its first, and t = 1 is the last row";
const native = fixture<{ x: number[][] }>("reverse.json");
const { x, ...rest } = native;
const weights = "fixtures/weights/pytorch.safetensors";

/** The words of a text, whatever breaks and marks stand between them. */
const words = (text: string) => text.replace(/<[^>]*>|\\emph|[{}*`]/g, "").replace(/\s+/g, " ");

describe("that x is read from its last row to its first is said", () => {
  test.each([
    ["backward", CELL],
    ["backward", CELL, "--format", "markdown"],
    ["backward", CELL, "--format", "latex"],
    ["sequence", CELL],
    ["sequence", CELL, "--format", "markdown"],
    ["sequence", CELL, "--format", "latex"],
    ["check", CELL, "--columns", "1"],
    ["report", CELL],
    ...["text", "markdown", "latex", "html"].map((format) => [
      "explain",
      "sequence",
      "--cell",
      CELL,
      "--format",
      format,
    ]),
  ])("%s %s %s %s %s %s", async (...args) => {
    const { stdout, status } = await runMain(args.filter((arg) => arg !== undefined));
    expect(status).toBe(0);
    expect(words(stdout)).toContain(CAPTION);
  });

  test("of a file's reverse half, and of no forward one", async () => {
    const flags = ["--layer", "0", "--x", "[[1,0],[0,1]]"];
    expect((await runMain(["sequence", weights, ...flags, "--reverse"])).stdout).toContain(CAPTION);
    expect((await runMain(["sequence", weights, ...flags])).stdout).not.toContain("reverse");
  });

  test("by the report, with the row that its step reads", async () => {
    const { stdout } = await runMain(["report", CELL, "--step", "1"]);
    expect(words(stdout)).toContain("the step looked at is 1 of 3, which reads row 2 of x, counted from 0");
  });
});

test.each([
  [["show"]],
  [["forward", "--format", "markdown"]],
  [["jacobian", "--format", "latex"]],
  [["backward"]],
  [["check"]],
])("%j of one step tells the row that it reads, below the tables and nowhere in JSON", async (args) => {
  const remark = "step 1 of a reverse cell: its x_t is row 2 of x, counted from 0";
  const { stdout } = await runMain([...args, CELL, "--step", "1"]);
  expect(words(stdout).replaceAll("\\", "")).toContain(remark);
  expect((await runMain([...args.slice(0, 1), CELL, "--step", "1", "--json"])).stdout).not.toContain("row 2");
  const { stdout: ofForward } = await runMain([...args, "fixtures/sequence.json", "--step", "1"]);
  expect(ofForward).not.toContain("reverse");
});

describe("x_row stands beside each t of a reverse cell and nowhere else", () => {
  /** Every object below a value, with whether it has t and x_row. */
  function* labels(value: unknown): Generator<[t: unknown, x_row: unknown]> {
    if (typeof value !== "object" || value === null) return;
    const { t, x_row } = value as Record<string, unknown>;
    if (t !== undefined || x_row !== undefined) yield [t, x_row];
    for (const inner of Object.values(value)) yield* labels(inner);
  }

  test.each([
    [["sequence", CELL], 6],
    [["sequence", CELL, "--from-step", "1"], 4],
    [["sequence", CELL, "--steps-format", "ndjson", "--to-step", "2"], 2],
    [["backward", CELL, "--steps"], 3],
    [["backward", CELL], 0],
    [["check", CELL, "--columns", "1"], 13],
    [["show", CELL, "--step", "2"], 0],
    [["explain", "--cell", CELL, "--step", "2"], 0],
  ] as const)("%j", async (args, count) => {
    const { stdout } = await runMain([...args, "--json"]);
    const found = stdout
      .trimEnd()
      .split("\n")
      .flatMap((line) => [...labels(JSON.parse(line))]);
    expect(found).toHaveLength(count);
    for (const [t, x_row] of found) expect(x_row).toBe(3 - (t as number));
  });

  test.each(["sequence", "backward", "check"])("%s of a forward cell has none", async (command) => {
    const steps = command === "backward" ? ["--steps"] : [];
    const { stdout } = await runMain([command, "fixtures/sequence.json", ...steps, "--json"]);
    expect(stdout).not.toMatch(/x_row|reverse/);
  });
});

test("a key that is reverse grades the answers of a cell that is", async () => {
  const { stdout } = await runMain(["backward", CELL, "--json"]);
  const result = JSON.parse(stdout);
  const turned = { gradient: { x: result.gradient.x.toReversed() } };
  expect((await runMain(["grade", CELL, "-"], { input: stdout })).status).toBe(0);
  expect((await runMain(["grade", CELL, "-"], { input: JSON.stringify(turned) })).status).toBe(1);
  const key = temporaryFile(result);
  expect((await runMain(["grade", key, "-"], { input: stdout })).status).toBe(0);
});

test("with x_t reverse changes nothing", async () => {
  for (const command of ["show", "forward", "jacobian", "optimum", "backward", "check"]) {
    const [one, other] = await Promise.all(
      [true, false].map((reverse) =>
        runMain([command, "-", "--json"], { input: JSON.stringify({ ...rest, reverse, x_t: x[0] }) }),
      ),
    );
    expect(one, command).toEqual(other);
  }
});

describe("convert", () => {
  const note = (to: string) =>
    `dlstm: ${CELL}: the weights of ${to} do not tell that this cell reads x from its last row to its first: turn x round where they run\n`;

  test.each([
    ["native", ""],
    ["onnx", ""],
    ["pytorch", ""],
    ["keras", note("keras")],
    ["cs231n", note("cs231n")],
  ])("--to %s says on stderr what the weights cannot: %j", async (to, stderr) => {
    expect(await runMain(["convert", CELL, "--to", to])).toMatchObject({ stderr, status: 0 });
    expect((await runMain(["convert", CELL, "--to", to, "-q"])).stderr).toBe("");
    expect((await runMain(["convert", "fixtures/sequence.json", "--to", to])).stderr).toBe("");
  });

  test("and back is the same cell", async () => {
    const { stdout } = await runMain(["convert", CELL]);
    expect(JSON.parse(stdout)).toEqual(native);
    const { stdout: onnx } = await runMain(["convert", CELL, "--to", "onnx"]);
    const state = ["--x", JSON.stringify(x), "--h", "[0,0.5]", "--c", "[1,-0.5]"];
    const [whole, back] = await Promise.all([
      runMain(["backward", CELL, "--steps", "--json"]),
      runMain(["backward", "-", "--steps", "--json", ...state], { input: onnx }),
    ]);
    expect(back).toEqual(whole);
  });
});

test("--reverse on a native cell is an error that names the key", async () => {
  expect(await runMain(["sequence", CELL, "--reverse"])).toMatchObject({
    stderr: `dlstm: ${CELL}: --reverse: no such cell, expected no --reverse: a native cell says it itself, by its key "reverse": true\n`,
    status: 2,
  });
});
