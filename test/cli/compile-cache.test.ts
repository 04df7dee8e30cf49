import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import module from "node:module";
import { join } from "node:path";
import process from "node:process";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { codeFolder, foreignCompileCache } from "../../src/cli/compile-cache.ts";
import { kindOf } from "../../src/cli/kept-code.ts";
import { ROOT, run, runMain, temporaryFolder } from "../helpers/run.ts";

const root = temporaryFolder();
const OTHER_USER = 12345;
const CELL = "fixtures/homework6.json";

/** A home of its own for each test. */
let home: string;
let count = 0;
beforeEach(() => {
  count += 1;
  home = join(root, String(count));
  mkdirSync(home, { mode: 0o755 });
});

/** Where code would be kept. */
const folders = (argv: readonly string[], env: Record<string, string>) => {
  const folder = codeFolder(argv, env);
  return folder === null ? [] : [folder];
};

type Keeping = { enableCompileCache?: unknown };

/** A module that has the function, whichever Node this is. */
function withKeepingModule(): void {
  const own = module as Keeping;
  if (own.enableCompileCache !== undefined) return;
  own.enableCompileCache = () => undefined;
  onTestFinished(() => {
    delete own.enableCompileCache;
  });
}

describe("compiled code", () => {
  test("is kept in the user's own folder, which nobody else can read or write", () => {
    expect(folders(["show"], { HOME: home })).toEqual([join(home, ".cache/dlstm")]);
    for (const name of [".cache", ".cache/dlstm"]) expect(statSync(join(home, name)).mode & 0o777).toBe(0o700);
    // there by now
    expect(folders(["show"], { HOME: home })).toEqual([join(home, ".cache/dlstm")]);
  });

  test("is kept where XDG_CACHE_HOME says, unless that is no absolute path", () => {
    expect(folders([], { HOME: home, XDG_CACHE_HOME: join(home, "xdg") })).toEqual([join(home, "xdg/dlstm")]);
    expect(folders([], { HOME: home, XDG_CACHE_HOME: "xdg" })).toEqual([join(home, ".cache/dlstm")]);
  });

  test.each([
    ["grade", ["grade", "cell.json"], {}],
    ["grade behind a flag", ["-q", "grade", "cell.json"], {}],
    ["NODE_DISABLE_COMPILE_CACHE", ["show"], { NODE_DISABLE_COMPILE_CACHE: "1" }],
    ["a folder of Node's own variable", ["show"], { NODE_COMPILE_CACHE: "elsewhere" }],
    ["no HOME", ["show"], { HOME: "" }],
    ["a HOME that is not absolute", ["show"], { HOME: "home" }],
    ["a HOME that is not there", ["show"], { HOME: join(root, "nobody") }],
  ])("is not kept with %s, and no folder is made", (_, argv, env) => {
    expect(folders(argv, { HOME: home, ...env })).toEqual([]);
    expect(readdirSync(home)).toEqual([]);
  });

  const plant = (path: string) => {
    mkdirSync(join(home, path), { recursive: true });
    writeFileSync(join(home, path, "v22.0.0-x64-show-entry.cjs"), "forged");
  };

  test.each([
    ["the folder", ".cache/dlstm", 0o777],
    ["the folder, though it is sticky", ".cache/dlstm", 0o1777],
    ["the folder of caches", ".cache", 0o777],
    ["the home", ".", 0o777],
  ])("is not kept where everybody can write to %s, nor where the group can", (_, path, mode) => {
    plant(".cache/dlstm");
    for (const open of [mode, mode & ~0o007]) {
      chmodSync(join(home, path), open);
      expect(folders([], { HOME: home })).toEqual([]);
    }
  });

  test("is kept below a folder that everybody can write to, where nobody can rename what is another's", () => {
    chmodSync(home, 0o1777);
    mkdirSync(join(home, "own"));
    expect(folders([], { HOME: join(home, "own") })).toEqual([join(home, "own/.cache/dlstm")]);
  });

  test("is not kept behind a link to what everybody can write to", () => {
    mkdirSync(join(home, ".cache"), { mode: 0o700 });
    mkdirSync(join(home, "shared"));
    chmodSync(join(home, "shared"), 0o777);
    symlinkSync("../shared", join(home, ".cache/dlstm"));
    expect(folders([], { HOME: home })).toEqual([]);
  });

  test.runIf(process.geteuid?.() === 0).each([".cache/dlstm", ".cache", "."])(
    "is not kept where %s is another user's",
    (path) => {
      plant(".cache/dlstm");
      chownSync(join(home, path), OTHER_USER, OTHER_USER);
      expect(folders([], { HOME: home })).toEqual([]);
    },
  );

  test.runIf(process.geteuid?.() === 0)("no folder is made in another user's home", () => {
    chownSync(home, OTHER_USER, OTHER_USER);
    expect(folders([], { HOME: home })).toEqual([]);
    expect(readdirSync(home)).toEqual([]);
  });
});

describe("a cache that Node itself was told to load", () => {
  test("is foreign where others can write to it, and nowhere else", () => {
    withKeepingModule();
    const env = { NODE_COMPILE_CACHE: home };
    expect(foreignCompileCache({})).toBeNull();
    expect(foreignCompileCache(env)).toBeNull();
    expect(foreignCompileCache({ NODE_COMPILE_CACHE: join(home, "none") })).toBeNull();
    chmodSync(home, 0o777);
    expect(foreignCompileCache(env)).toBe(home);
    expect(foreignCompileCache({ ...env, NODE_DISABLE_COMPILE_CACHE: "1" })).toBeNull();
  });

  test("grade refuses to run with a foreign one", async () => {
    withKeepingModule();
    chmodSync(home, 0o777);
    const env = { NODE_COMPILE_CACHE: home };
    const { stdout, stderr, status } = await runMain(["grade", CELL, CELL], { env });
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toBe(
      `dlstm: NODE_COMPILE_CACHE: ${home}, a folder that others can write to; expected none to grade with: NODE_DISABLE_COMPILE_CACHE=1\n`,
    );
    expect((await runMain(["sigmoid", "0"], { env })).status).toBe(0);
  });
});

describe("the program", () => {
  /** A Node that is late enough to keep code. */
  const late = () => {
    const script = join(home, "late.cjs");
    const versions = '{ value: { ...process.versions, node: "22.8.0" } }';
    writeFileSync(script, `Object.defineProperty(process, "versions", ${versions});`);
    return { env: { NODE_OPTIONS: `--require ${script}`, HOME: home } };
  };
  const kept = () => (existsSync(join(home, ".cache/dlstm")) ? readdirSync(join(home, ".cache/dlstm")).sort() : []);
  const pathOf = (name: string) => join(home, ".cache/dlstm", name);
  const nameOf = (kind: string, file: string) => `${process.version}-${process.arch}-${kind}-${file}.cjs`;

  test("keeps code by command, never for grade nor of a run that went wrong", () => {
    expect(run(["grade", CELL, "fixtures/answers/right.json"], late()).status).toBe(0);
    expect(run(["sigmoid", "x"], late()).status).toBe(2);
    expect(run(["sigmiod", "0"], late()).status).toBe(2);
    expect(kept()).toEqual([]);
    expect(run(["sigmoid", "0"], late()).status).toBe(0);
    expect(kept()).toContain(nameOf("sigmoid", "entry"));
    expect(kept().filter((name) => !name.includes("-sigmoid-"))).toEqual([]);
  });

  test("says the same with kept code, which stays as it is", () => {
    const plain = run([CELL], {});
    const files = () =>
      kept().map((name) => [name, statSync(pathOf(name)).mtimeMs, statSync(pathOf(name)).mode & 0o777]);
    expect(run([CELL], late())).toEqual(plain);
    const before = files();
    expect(before.map(([name]) => name)).toEqual([nameOf("show", "entry"), nameOf("show", "sections")]);
    expect(before.map(([, , mode]) => mode)).toEqual([0o600, 0o600]);
    expect(run([CELL], late())).toEqual(plain);
    expect(files()).toEqual(before);
  });

  test.each([
    ["that of another program of the same length", (bytes: Buffer) => bytes.fill("/", 0, 9)],
    ["cut off", (bytes: Buffer) => bytes.subarray(0, -1000)],
    ["no code at all", () => Buffer.from("forged")],
    [
      "one bit off",
      (bytes: Buffer) => Buffer.from(bytes.map((byte, k) => (k === bytes.length - 2000 ? byte ^ 1 : byte))),
    ],
  ])("compiles anew where what is kept is %s", (_, spoil) => {
    const plain = run(["sigmoid", "0"], late());
    const path = pathOf(nameOf("sigmoid", "entry"));
    const spoilt = spoil(readFileSync(path));
    writeFileSync(path, spoilt);
    expect(run(["sigmoid", "0"], late())).toEqual(plain);
    const text = readFileSync(join(ROOT, "dist/cli/entry.cjs"));
    expect(readFileSync(path).subarray(0, text.length).equals(text)).toBe(true);
    expect(readFileSync(path).length).toBeGreaterThan(text.length);
    expect(readFileSync(path).equals(spoilt)).toBe(false);
  });
});

test("what is no command is a file, which show takes", () => {
  expect(["sigmoid", "fixtures", CELL, "--json"].map((word) => kindOf([word]))).toEqual([
    "sigmoid",
    "show",
    "show",
    "show",
  ]);
  expect(kindOf([])).toBe("show");
});
