import {
  chmodSync,
  chownSync,
  closeSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { replaceFile } from "../../src/cli/replace-file.ts";
import { bash, ROOT, run, temporaryFolder } from "../helpers/run.ts";

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

  test.runIf(process.getuid?.() === 0)("keeps the owner of a file that it replaces, where the system lets it", () => {
    const path = join(folder, "result.json");
    writeFileSync(path, "old");
    chownSync(path, 12345, 12346);
    chmodSync(path, 0o2750);
    expect(write(path)).toEqual(SILENT);
    const { uid, gid, mode } = statSync(path);
    expect([uid, gid, mode & 0o7777]).toEqual([12345, 12346, 0o2750]);
  });

  test("refuses a file without a write bit, whoever asks", () => {
    const path = join(folder, "result.json");
    writeFileSync(path, "old");
    chmodSync(path, 0o444);
    expect(write(path)).toEqual({
      stdout: "",
      stderr: `{"error":{"code":"io","file":"${path}","place":null,"message":"may not be written to, expected a file with write permission"},"more":[],"count":1}\n`,
      status: 2,
    });
    expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["old", ["result.json"]]);
  });

  test("takes another name where the temporary file of a run that was killed has its own", async () => {
    vi.spyOn(Math, "random").mockReturnValueOnce(0.3).mockReturnValueOnce(0.3);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const left = `.dlstm-${(0.3).toString(36).slice(2)}.tmp`;
    writeFileSync(join(folder, left), "left behind");
    await replaceFile(join(folder, "result.json"), null, async (descriptor) => {
      writeSync(descriptor, "new");
      closeSync(descriptor);
    });
    expect(readFileSync(join(folder, "result.json"), "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual([left, "result.json"]);
  });

  test.runIf(process.platform !== "win32").each(["INT", "TERM", "HUP"] as const)(
    "leaves the old file and no other where SIG%s ends the run, and ends by it",
    (signal) => {
      writeFileSync(join(folder, "result.json"), "old");
      const script = `mkfifo cells; exec 3<>cells
        "$DLSTM_NODE" "$DLSTM_BIN" forward --ndjson - -o result.json <&3 &
        until [ "$(ls -A | wc -l)" = 3 ]; do sleep 0.02; done
        kill -s ${signal} $!; wait $!`;
      const status = 128 + constants.signals[`SIG${signal}`];
      expect(bash(script, { cwd: folder })).toMatchObject({ stdout: "", status });
      expect(readFileSync(join(folder, "result.json"), "utf8")).toBe("old");
      expect(readdirSync(folder)).toEqual(["cells", "result.json"]);
    },
  );

  test.runIf(process.platform !== "win32")("is written by several runs at once, each whole", () => {
    const script = `for k in 1 2 3 4; do dlstm "${join(ROOT, CELL)}" --json -o result.json & done; wait`;
    expect(bash(script, { cwd: folder })).toEqual(SILENT);
    expect(readFileSync(join(folder, "result.json"), "utf8")).toBe(EXPECTED);
    expect(readdirSync(folder)).toEqual(["result.json"]);
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

  test.runIf(process.platform === "linux").each([
    ["/dev/stdout", "dlstm sigmoid 0 --json -o /dev/stdout | cat > read"],
    ["a process substitution", "dlstm sigmoid 0 --json -o >(cat > read); code=$?; wait $!; exit $code"],
    ["a link of one's own to a pipe", "ln -s /dev/stderr link; dlstm sigmoid 0 --json -o link 2>&1 | cat > read"],
  ])("writes to %s, a link that leads to a pipe without a name", (_, script) => {
    expect(bash(script, { cwd: folder })).toEqual(SILENT);
    expect(readFileSync(join(folder, "read"), "utf8")).toBe(run(["sigmoid", "0", "--json"]).stdout);
  });
});
