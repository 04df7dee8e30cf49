import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCsv } from "../helpers/csv.ts";
import { bash, run, runMain, temporaryFolder } from "../helpers/run.ts";

const folder = temporaryFolder();
const HOMEWORK = "fixtures/homework6.json";
const UNIT = "fixtures/one-unit.json";
const BROKEN = "fixtures/invalid/ragged-row.json";
const SEQUENCE = "fixtures/sequence.json";

const COMMANDS: [string, [string, string]][] = [
  ...["show", "forward", "jacobian", "optimum", "backward", "hessian", "check"].map(
    (command): [string, [string, string]] => [command, [HOMEWORK, UNIT]],
  ),
  ["sequence", [SEQUENCE, "fixtures/reverse.json"]],
];

describe.each(COMMANDS)("dlstm %s of several files", (command, [first, second]) => {
  test("prints a line of JSON each, in order, a broken one in its place", async () => {
    const alone = await Promise.all([first, second].map((path) => runMain([command, path, "--json"])));
    const { stdout, stderr, status } = await runMain([command, first, BROKEN, second, "--json"]);
    expect([stderr, status]).toEqual(["", 2]);
    const [one, broken, other] = stdout.trimEnd().split("\n");
    expect(one).toBe(`{"file":"${first}",${alone[0]!.stdout.trimEnd().slice(1)}`);
    expect(other).toBe(`{"file":"${second}",${alone[1]!.stdout.trimEnd().slice(1)}`);
    const error = { code: "shape", file: BROKEN, place: "U_f[1]", message: expect.any(String) };
    expect(JSON.parse(broken!)).toEqual({ file: BROKEN, error, more: [], count: 1 });
  });

  test("prints one below the other for people, errors on stderr", async () => {
    const { stdout, stderr, status } = await runMain([command, first, "nope.json", second]);
    expect([stderr, status]).toEqual(["dlstm: nope.json: no such file\n", 2]);
    const headings = stdout.split("\n").filter((line) => line.startsWith("fixtures/"));
    expect(headings.map((line) => line.split(":")[0])).toEqual([first, second]);
    const body = async (path: string) => (await runMain([command, path])).stdout.split("\n").slice(1).join("\n");
    expect(stdout).toBe(`${headings[0]}\n${await body(first)}\n${headings[1]}\n${await body(second)}`);
  });
});

describe("several files", () => {
  test("as the shell gives them, by the real binary", () => {
    const { stdout, status } = bash(
      'ls fixtures/one-unit.json fixtures/zero-row.json | xargs "$DLSTM_NODE" "$DLSTM_BIN" --json',
    );
    expect(status).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).file),
    ).toEqual([UNIT, "fixtures/zero-row.json"]);
    expect(run(["forward", HOMEWORK, BROKEN, UNIT, "--json"]).status).toBe(2);
  });

  test("CSV is one table whose first column is the file", async () => {
    const odd = join(folder, "a,b.json");
    symlinkSync(join(process.cwd(), UNIT), odd);
    const { stdout, stderr, status } = await runMain(["forward", HOMEWORK, BROKEN, odd, "--format", "csv"]);
    expect(status).toBe(2);
    expect(stderr).toContain(`dlstm: ${BROKEN}: U_f[1]: `);
    const [head, ...rows] = readCsv(stdout);
    expect(head![0]).toBe("file");
    expect([...new Set(rows.map(([file]) => file))]).toEqual([HOMEWORK, odd]);
    const alone = readCsv((await runMain(["forward", odd, "--format", "csv"])).stdout);
    expect(rows.filter(([file]) => file === odd).map(([, ...row]) => row)).toEqual(alone.slice(1));
  });

  test.each(["markdown", "latex"])("%s has a heading each", async (format) => {
    const { stdout } = await runMain(["forward", HOMEWORK, UNIT, "--format", format]);
    expect(stdout).toContain("homework6.json: homework 6");
    expect(stdout).toContain("one-unit.json: one unit");
  });

  test("take the state from the same flags, and standard input once", async () => {
    const input = readFileSync(HOMEWORK, "utf8");
    const { stdout } = await runMain(["forward", UNIT, "-", "--h", "[1]", "--json"], { input });
    expect(JSON.parse(stdout.split("\n")[1]!)).toMatchObject({ file: "stdin", error: { place: "--h-prev" } });
    const twice = await runMain(["forward", "-", "-"], { input });
    expect(twice.stderr).toBe("dlstm: -: standard input, asked for twice; expected files for all but one\n");
  });

  test("are written whole with -o", async () => {
    const path = join(folder, "out.ndjson");
    expect((await runMain(["forward", HOMEWORK, BROKEN, "--json", "-o", path])).status).toBe(2);
    expect(readFileSync(path, "utf8").trimEnd().split("\n")).toHaveLength(2);
  });

  test("tell notes with their file", async () => {
    const partial = join(folder, "partial.json");
    const { stderr } = await runMain(["backward", "fixtures/weights/cs231n.json", HOMEWORK, "--json"]);
    writeFileSync(partial, "{}");
    expect(stderr === "" || stderr.startsWith("dlstm: fixtures/")).toBe(true);
  });

  test("are not for --ndjson, nor for the answer of a check", async () => {
    expect((await runMain(["forward", HOMEWORK, UNIT, "--ndjson"])).stderr).toBe(
      "dlstm: --ndjson: 2 files, expected one\n",
    );
    expect((await runMain(["check", HOMEWORK, UNIT, "--answer", UNIT])).stderr).toContain("--answer: of many cells");
  });
});
