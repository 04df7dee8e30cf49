import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run, runMain, type Terminal, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const folder = temporaryFolder();
const UTF8 = { LANG: "en_GB.UTF-8", TERM: "xterm-256color" };
const ASCII = { LANG: "C", TERM: "xterm-256color" };

/** A terminal on all three streams. */
const terminal = (env: Record<string, string> = UTF8, columns = 80): Terminal => ({ columns, env, interactive: true });
const outputOf = async (args: readonly string[], options: Terminal) => (await runMain(args, options)).stdout;
const isColoured = (text: string) => text.includes("\u001b[");
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how a terminal is told a colour
const plain = (text: string) => text.replace(/\u001b\[[\d;]*m/g, "");
const longest = (text: string) =>
  Math.max(
    ...plain(text)
      .split("\n")
      .map((line) => line.length),
  );
/** The tables alone: the heading holds the cell's name. */
const tables = (text: string) => text.slice(text.indexOf("\n\n"));
const example = (hidden: number) => outputOf(["schema", "cell", "--example", "--hidden", String(hidden)], {});

describe("colour", () => {
  test.each<[string, boolean, Terminal]>([
    ["a terminal", true, terminal()],
    ["a pipe", false, { env: UTF8 }],
    ["a terminal with NO_COLOR", false, terminal({ ...UTF8, NO_COLOR: "1" })],
    ["a terminal with an empty NO_COLOR", true, terminal({ ...UTF8, NO_COLOR: "" })],
    ["a terminal with TERM=dumb", false, terminal({ ...UTF8, TERM: "dumb" })],
    ["a pipe with FORCE_COLOR=1", true, { env: { ...UTF8, FORCE_COLOR: "1" } }],
    ["a pipe with FORCE_COLOR=3", true, { env: { ...UTF8, FORCE_COLOR: "3" } }],
    ["a terminal with FORCE_COLOR=0", false, terminal({ ...UTF8, FORCE_COLOR: "0" })],
  ])("on %s: %s", async (_, expected, options) => {
    expect(isColoured(await outputOf([CELL], options))).toBe(expected);
  });

  test.each<[string, string, boolean, Terminal]>([
    ["never", "a terminal", false, terminal()],
    ["never", "a terminal with FORCE_COLOR=1", false, terminal({ ...UTF8, FORCE_COLOR: "1" })],
    ["always", "a pipe", true, { env: {} }],
    ["always", "a pipe with NO_COLOR", true, { env: { ...UTF8, NO_COLOR: "1" } }],
    ["always", "a terminal with FORCE_COLOR=0", true, terminal({ ...UTF8, FORCE_COLOR: "0" })],
    ["always", "a terminal with TERM=dumb", true, terminal({ ...UTF8, TERM: "dumb" })],
    ["auto", "a terminal", true, terminal()],
    ["auto", "a pipe", false, { env: UTF8 }],
    ["auto", "a pipe with FORCE_COLOR=1", true, { env: { ...UTF8, FORCE_COLOR: "1" } }],
    ["auto", "a terminal with NO_COLOR", false, terminal({ ...UTF8, NO_COLOR: "1" })],
  ])("--color %s on %s: %s", async (color, _, expected, options) => {
    for (const args of [
      [CELL],
      ["explain", "forget-gate"],
      ["grade", CELL, "fixtures/answers/missing-sigma-prime.json"],
    ]) {
      expect(isColoured(await outputOf([...args, "--color", color], options))).toBe(expected);
    }
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ TERM: "xterm-256color" }, /\[48;5;33m/],
    [{ TERM: "tmux-256color" }, /\[48;5;33m/],
    [{ TERM: "screen-256color" }, /\[48;5;33m/],
    [{ TERM: "screen-256color", FORCE_COLOR: "1" }, /\[44m/],
    [{ TERM: "tmux-256color", COLORTERM: "truecolor" }, /\[48;2;50;137;230m/],
    [{ TERM: "linux" }, /\[44m/],
  ])("has the colours that the terminal says it has: %j", async (env, below) => {
    const text = await outputOf(["jacobian", CELL, "--of", "f"], terminal({ LANG: "C.UTF-8", ...env }));
    expect(text).toMatch(below);
  });

  test.each([
    ["1", /\[44m/, /\[43m/],
    ["2", /\[48;5;33m/, /\[48;5;208m/],
    ["3", /\[48;2;50;137;230m/, /\[48;2;244;134;16m/],
  ])("has blue below zero and orange above at FORCE_COLOR=%s, through the real binary", (FORCE_COLOR, below, above) => {
    const { stdout } = run(["jacobian", CELL, "--of", "f"], { env: { NO_COLOR: "", FORCE_COLOR } });
    const [upper, lower] = stdout.split("\n").filter((line) => line.startsWith("["));
    expect(upper).toMatch(below);
    expect(lower).toMatch(above);
  });

  test("--color always is for -o FILE too, any other word an error that lists them", async () => {
    const path = join(folder, "coloured.txt");
    await runMain([CELL, "-o", path, "--color", "always"], { env: { TERM: "xterm-256color" } });
    expect(readFileSync(path, "utf8")).toContain("\u001b[48;5;");
    expect(run([CELL, "--color", "sometimes"]).stderr).toBe(
      "dlstm: --color: sometimes, expected one of auto, always, never\n",
    );
  });

  test("changes nothing but colour", async () => {
    expect(plain(await outputOf([CELL], terminal()))).toBe(await outputOf([CELL], { env: UTF8 }));
  });

  test("is in no JSON, no help and no error", async () => {
    for (const args of [[CELL, "--json"], ["--help"], ["schema"], ["show", "--help"], ["shwo"], ["nothing.json"]]) {
      const { stdout, stderr } = await runMain(args, terminal({ ...UTF8, FORCE_COLOR: "1" }));
      expect(isColoured(stdout + stderr)).toBe(false);
    }
  });

  test("tints entries of a matrix by sign, not the numbers of other tables", async () => {
    const lines = (await outputOf([CELL], terminal())).split("\n");
    const rows = lines.filter((line) => line.startsWith("[")).map(isColoured);
    expect(rows).toEqual([false, false, true, true, true, true, false, false]);
  });
});

describe("width", () => {
  test.each([40, 80, 160])("of a cut Jacobian is at most %s columns", async (columns) => {
    const options = { ...terminal(UTF8, columns), input: await example(40) };
    const text = await outputOf(["jacobian", "-"], options);
    expect(text).toContain("corner of 40 × 40, --full shows all");
    expect(longest(tables(text))).toBeLessThanOrEqual(columns);
  });

  test.each([80, 160])("of a cut optimum is at most %s columns", async (columns) => {
    const text = await outputOf(["optimum", "-"], { ...terminal(UTF8, columns), input: await example(40) });
    expect(text).toContain("…");
    expect(longest(tables(text))).toBeLessThanOrEqual(columns);
  });

  test("is used: a wider terminal shows more columns", async () => {
    const input = await example(40);
    const lengths = await Promise.all(
      [40, 80, 160].map(async (columns) =>
        longest(await outputOf(["jacobian", "-"], { ...terminal(UTF8, columns), input })),
      ),
    );
    expect(lengths[0]!).toBeLessThan(lengths[1]!);
    expect(lengths[1]!).toBeLessThan(lengths[2]!);
  });

  test("is the terminal's before COLUMNS, COLUMNS off a terminal, and 80 where COLUMNS is no number", async () => {
    const input = await example(40);
    const at = (options: Terminal) => outputOf(["jacobian", "-"], { ...options, input });
    const eighty = plain(await at(terminal()));
    expect(plain(await at(terminal({ ...UTF8, COLUMNS: "160" })))).toBe(eighty);
    expect(await at({ env: { COLUMNS: "80" } })).toBe(eighty);
    for (const COLUMNS of ["", "abc", "0", "-5", "8.5"]) expect(await at({ env: { COLUMNS } })).toBe(eighty);
    expect(longest(await at({ env: { COLUMNS: "160" } }))).toBeGreaterThan(80);
  });
});

describe("a terminal that is not UTF-8", () => {
  const outside = (text: string) => plain(text).match(/[^\n -~]/g);

  test.each(["show", "forward", "jacobian", "optimum", "backward"])("gets %s in ASCII only", async (command) => {
    const input = JSON.stringify({ ...JSON.parse(await example(20)), name: "größe" });
    expect(outside(await outputOf([command, "-"], { ...terminal(ASCII), input }))).toBeNull();
  });

  test("gets no line longer than its width in a table that was cut", async () => {
    const text = await outputOf(["jacobian", "-"], { ...terminal(ASCII), input: await example(40) });
    expect(text).toContain("corner of 40 x 40, --full shows all");
    expect(longest(tables(text))).toBeLessThanOrEqual(80);
  });

  test.each([[["--help"]], [["show", "--help"]], [["sigmoid", "--help"]]])(
    "gets help in ASCII only: %j",
    async (args) => {
      expect(outside(await outputOf(args, terminal(ASCII)))).toBeNull();
    },
  );

  test.each([[["fixtures/invalid/overflow.json"]], [["optimum", CELL, "--unit", "9"]]])(
    "gets errors in ASCII only: %j",
    async (args) => {
      expect(outside((await runMain(args, terminal(ASCII))).stderr)).toBeNull();
    },
  );

  test("is one whose LC_ALL, else LC_CTYPE, else LANG is not UTF-8; a pipe always gets UTF-8", async () => {
    const has = async (options: Terminal) => (await outputOf([CELL], options)).includes("∂");
    expect(await has(terminal({ LC_ALL: "C", LANG: "C.UTF-8" }))).toBe(false);
    expect(await has(terminal({ LC_CTYPE: "de_DE.utf8", LANG: "C" }))).toBe(true);
    expect(await has({ env: { LANG: "C" } })).toBe(true);
  });
});

describe("standard input that is a terminal", () => {
  test.each([[[]], [["show"]], [["forward"]], [["jacobian", "--of", "f"]], [["optimum"]]])(
    "and no file: dlstm %j prints help with an example, and ends with 2",
    async (args) => {
      const { stdout, stderr, status } = await runMain(args, terminal());
      expect([stdout, status]).toEqual(["", 2]);
      expect(stderr).toContain(`Usage: dlstm ${args[0] ?? ""}`);
      expect(stderr).toMatch(/^ +\$ dlstm /m);
    },
  );

  test("and no command: the help lists the commands", async () => {
    const { stderr } = await runMain([], terminal());
    for (const command of ["forward", "jacobian", "optimum", "sigmoid", "schema"]) expect(stderr).toContain(command);
  });

  test("is read for -", async () => {
    expect((await runMain(["-"], { ...terminal(), input: '{"U_f":[[1]]}' })).status).toBe(0);
  });
});
