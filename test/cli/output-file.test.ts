import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { beforeEach, describe, expect, test } from "vitest";
import { bash, run, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const EXPECTED = run([CELL, "--json"]).stdout;
const root = temporaryFolder();

/** A fresh folder for each test. */
let folder: string;
let count = 0;
beforeEach(() => {
  count += 1;
  folder = join(root, String(count));
  mkdirSync(folder);
});

const write = (path: string) => run([CELL, "--json", "-o", path]);
const SILENT = { stdout: "", stderr: "", status: 0 };

describe("-o", () => {
  test("writes the whole result and nothing to stdout", () => {
    const path = join(folder, "result.json");
    expect(write(path)).toEqual(SILENT);
    expect(readFileSync(path, "utf8")).toBe(EXPECTED);
    expect(readdirSync(folder)).toEqual(["result.json"]);
  });

  test("writes tables in UTF-8 without colour, whatever the terminal", () => {
    const path = join(folder, "result.txt");
    expect(run([CELL, "--output", path], { env: { LANG: "C", NO_COLOR: "", FORCE_COLOR: "1" } }).status).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(run([CELL]).stdout);
  });

  test("- is standard output", () => {
    expect(write("-")).toEqual({ ...SILENT, stdout: EXPECTED });
  });

  test("keeps the mode of a file that it replaces", () => {
    const path = join(folder, "result.json");
    writeFileSync(path, "old and longer than nothing");
    chmodSync(path, 0o640);
    expect(write(path)).toEqual(SILENT);
    expect(readFileSync(path, "utf8")).toBe(EXPECTED);
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  test.each([
    ["a file", true],
    ["nothing yet", false],
  ])("follows a link to %s, and leaves the link", (_, exists) => {
    mkdirSync(join(folder, "elsewhere"));
    const target = join(folder, "elsewhere", "target.json");
    if (exists) writeFileSync(target, "old");
    symlinkSync("elsewhere/target.json", join(folder, "link"));
    symlinkSync("link", join(folder, "link-to-link"));
    expect(write(join(folder, "link-to-link"))).toEqual(SILENT);
    expect(readFileSync(target, "utf8")).toBe(EXPECTED);
    expect(readlinkSync(join(folder, "link"))).toBe("elsewhere/target.json");
    expect(readdirSync(join(folder, "elsewhere"))).toEqual(["target.json"]);
  });

  test("follows a relative link that it reaches through a linked folder", () => {
    mkdirSync(join(folder, "deep/inner"), { recursive: true });
    symlinkSync("deep/inner", join(folder, "shortcut"));
    symlinkSync("../target.json", join(folder, "deep/inner/link"));
    expect(write(join(folder, "shortcut/link"))).toEqual(SILENT);
    expect(readFileSync(join(folder, "deep/target.json"), "utf8")).toBe(EXPECTED);
    expect(readdirSync(folder).toSorted()).toEqual(["deep", "shortcut"]);
  });

  test("leaves the old file and no other where the input is broken", () => {
    const path = join(folder, "result.json");
    writeFileSync(path, "old");
    expect(run(["fixtures/invalid/nan.json", "-o", path]).status).toBe(2);
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["result.json"]);
  });

  test.runIf(process.platform === "linux")("leaves the old file and no other where the writing fails half-way", () => {
    writeFileSync(join(folder, "result.json"), "old");
    run(["schema", "cell", "--example", "--hidden", "60", "-o", join(folder, "cell.json")]);
    const { stdout, stderr, status } = bash("ulimit -f 8; dlstm jacobian cell.json -o result.json --json", {
      cwd: folder,
    });
    expect([stdout, status]).toEqual(["", 2]);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "io", file: "result.json" } });
    expect(readFileSync(join(folder, "result.json"), "utf8")).toBe("old");
    expect(readdirSync(folder).toSorted()).toEqual(["cell.json", "result.json"]);
  });

  // root may write everywhere
  test.runIf(process.getuid !== undefined && process.getuid() !== 0)("says that it may not write to a folder", () => {
    chmodSync(folder, 0o500);
    const path = join(folder, "result.json");
    expect(write(path).stderr).toContain("permission denied");
    chmodSync(folder, 0o700);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("refuses a folder, and a file in no folder", () => {
    const lineOf = (path: string) => run([CELL, "-o", path]);
    const inNone = join(folder, "none", "result.json");
    expect(lineOf(folder)).toEqual({
      stdout: "",
      stderr: `dlstm: ${folder}: a directory, expected a file\n`,
      status: 2,
    });
    expect(lineOf(inNone)).toEqual({ stdout: "", stderr: `dlstm: ${inNone}: no such directory\n`, status: 2 });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.runIf(process.platform === "linux")("writes to a device directly, and says where it is full", () => {
    expect(write("/dev/null")).toEqual(SILENT);
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
    const full = run([CELL, "-o", "/dev/full"]);
    expect(full).toEqual({ stdout: "", stderr: "dlstm: /dev/full: no space left on the device\n", status: 2 });
  });

  test.runIf(process.platform !== "win32")("writes to a named pipe directly, and leaves it one", () => {
    const script = "mkfifo pipe; cat pipe > read & dlstm sigmoid 0 --json -o pipe; code=$?; wait; exit $code";
    expect(bash(script, { cwd: folder })).toEqual(SILENT);
    expect(readFileSync(join(folder, "read"), "utf8")).toBe(run(["sigmoid", "0", "--json"]).stdout);
    expect(lstatSync(join(folder, "pipe")).isFIFO()).toBe(true);
  });
});
