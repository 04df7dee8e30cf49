import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import module from "node:module";
import { join } from "node:path";
import process from "node:process";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { enableCompileCache, foreignCompileCache } from "../../src/cli/compile-cache.ts";
import { run, runMain, temporaryFolder } from "../helpers/run.ts";

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

type Keeping = { enableCompileCache?: unknown };

/** The folders in which code would be kept, by a module as it is from Node 22.8 on. */
function folders(argv: readonly string[], env: Record<string, string>): unknown[] {
  const seen: unknown[] = [];
  const own = module as Keeping;
  const real = own.enableCompileCache;
  own.enableCompileCache = (folder: unknown) => seen.push(folder);
  try {
    enableCompileCache(argv, env);
  } finally {
    if (real === undefined) delete own.enableCompileCache;
    else own.enableCompileCache = real;
  }
  return seen;
}

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
    mkdirSync(join(home, path, "v22-planted"), { recursive: true });
    writeFileSync(join(home, path, "v22-planted", "entry"), "forged");
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
  /** A Node that has the function, if only to write down what it is called with. */
  const pretend = (seen: string) => {
    const script = join(home, "pretend.cjs");
    const keep = `(folder) => require("node:fs").appendFileSync(${JSON.stringify(seen)}, folder)`;
    const version = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "22.8.0" } })`;
    writeFileSync(script, `require("node:module").enableCompileCache = ${keep}; ${version};`);
    return { NODE_OPTIONS: `--require ${script}`, HOME: home };
  };

  test("keeps code for other commands, never for grade", () => {
    const seen = join(home, "seen");
    expect(run(["grade", CELL, "fixtures/answers/right.json"], { env: pretend(seen) }).status).toBe(0);
    expect(existsSync(seen)).toBe(false);
    expect(run(["sigmoid", "0"], { env: pretend(seen) }).status).toBe(0);
    expect(readdirSync(join(home, ".cache"))).toEqual(["dlstm"]);
  });

  // from Node 22.8 on, which says what it loads and keeps
  test.runIf("enableCompileCache" in module)(
    "grade loads and keeps nothing in Node itself, others what is theirs",
    () => {
      const env = { HOME: home, TMPDIR: join(home, "tmp"), NODE_DEBUG_NATIVE: "COMPILE_CACHE" };
      mkdirSync(join(home, "tmp/node-compile-cache"), { recursive: true });
      const grade = run(["grade", CELL, "fixtures/answers/right.json"], { env });
      expect([grade.stderr, grade.status]).toEqual(["", 0]);
      for (const _ of ["kept", "loaded"])
        expect(run(["sigmoid", "0"], { env }).stderr).toContain(`${home}/.cache/dlstm`);
      expect(readdirSync(join(home, "tmp/node-compile-cache"))).toEqual([]);
      expect(run(["grade", CELL, "fixtures/answers/right.json"], { env }).stderr).toBe("");
    },
  );
});
