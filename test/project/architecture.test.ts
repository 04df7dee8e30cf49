import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url);

/** Folder (or file) of the house by floor; a longer name wins. A file imports from its own folder and from lower floors. */
const FLOORS: Record<string, number> = {
  bin: 6,
  "src/cli": 5,
  "src/index.ts": 5,
  "src/render": 4,
  // the version
  "package.json": 4,
  // a topic of help
  "test/promise/README.md": 4,
  "test/engines/README.md": 4,
  "src/input": 3,
  "src/verify": 3,
  "src/grade": 3,
  "src/explain": 3,
  "src/words": 2.5,
  "src/lstm": 2,
  "src/linalg": 1,
  "src/notation": 1,
  "src/errors.ts": 0,
  "src/web-assembly.ts": -2,
  "src/once.ts": -2,
  "src/visible.ts": -1,
};

/** The closed forms, which `verify` judges and therefore must not reach. */
const CLOSED_FORMS = [
  "jacobian",
  "backward",
  "terms",
  "optimum",
  "output-optimum",
  "sensitivity",
  "parameter-jacobian",
  "hessian",
  "hessian/blocks",
  "hessian/plain",
  "hessian/wide",
].map((name) => `src/lstm/${name}.ts`);

/** Two folders of one floor: what reads the bytes of a file knows no framework. */
const BYTES = "src/input/weights/files/";
const FRAMEWORKS = "src/input/weights/conventions/";

/** Node's doors to the world outside, which only src/cli opens. */
const WORLD = /^node:(process|fs|fs\/promises|tty|child_process|net|http|https)$/;

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

type Imports = ReadonlyMap<string, readonly Import[]>;

/** What a source text imports: import … from, export … from, import "…", import("…"), require("…"). */
function importsOf(text: string): Import[] {
  const statements =
    /\b(import|export)\s+(type\s)?[^"';]*?\bfrom\s*["']([^"']+)["']|\b(?:import|require)\s*\(?\s*["']([^"']+)["']/g;
  return [...withoutComments(text).matchAll(statements)].map((match) => {
    return { specifier: match[3] ?? match[4], typeOnly: match[2] !== undefined };
  });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

/** The file of the house that an import names; null for a package. The program in bin loads what src/cli was built to. */
function target(file: string, specifier: string): string | null {
  if (!specifier.startsWith(".")) return null;
  return posix.join(posix.dirname(file), specifier.replace(/\?raw$/, "")).replace(/^dist\/cli\/.*$/, "src/cli");
}

/** The part of the house that a file belongs to; undefined where it stands nowhere. */
function partOf(file: string): string | undefined {
  return Object.keys(FLOORS).find((part) => file === part || file.startsWith(`${part}/`));
}

/** All that runs when a file is imported: its imports, theirs, and so on, types left out. */
function reach(imports: Imports, file: string, seen: Set<string> = new Set()): Set<string> {
  for (const { specifier, typeOnly } of imports.get(file) ?? []) {
    const to = target(file, specifier);
    if (to === null || typeOnly || seen.has(to)) continue;
    seen.add(to);
    reach(imports, to, seen);
  }
  return seen;
}

/** Every import that breaks the order of the house. */
function brokenRules(imports: Imports): string[] {
  const broken: string[] = [];
  for (const [file, own] of imports) {
    const part = partOf(file);
    if (part === undefined) broken.push(`${file}: stands on no floor`);
    for (const { specifier } of own) {
      const to = target(file, specifier);
      const toPart = to === null ? undefined : partOf(to);
      if (to === null) {
        if (part !== "src/cli" && WORLD.test(specifier)) broken.push(`${file}: ${specifier} belongs to src/cli`);
        if (FLOORS[part!] <= 2) broken.push(`${file}: ${specifier}, but the equations need no package`);
      } else if (toPart === undefined) broken.push(`${file}: ${specifier} leaves the house`);
      else if (file.startsWith(BYTES) && to.startsWith(FRAMEWORKS))
        broken.push(`${file}: ${specifier} is a framework's`);
      else if (part !== toPart && FLOORS[toPart] >= FLOORS[part!]) broken.push(`${file}: ${specifier} is not below it`);
    }
    if (part !== "src/verify") continue;
    const direct = own.map(({ specifier }) => target(file, specifier));
    for (const form of CLOSED_FORMS) {
      if (direct.includes(form) || reach(imports, file).has(form))
        broken.push(`${file}: reaches ${form}, which it judges`);
    }
  }
  return broken;
}

const files = new Map(
  ["src", "bin"].flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true, encoding: "utf8" })
      .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
      .filter((name) => /\.[cm]?[jt]s$/.test(name))
      .map((name) => [name, readFileSync(new URL(name, ROOT), "utf8")] as const),
  ),
);

describe("the house", () => {
  test("every file imports from its own folder and from lower floors only", () => {
    expect(files.size).toBeGreaterThan(20);
    expect(brokenRules(new Map([...files].map(([file, text]) => [file, importsOf(text)])))).toEqual([]);
  });

  test("nothing outside src/cli prints or looks at the process", () => {
    const talkers = [...files].filter(([file, text]) => {
      return partOf(file) !== "src/cli" && /\b(console|process)\s*[.[]/.test(withoutComments(text));
    });
    expect(talkers.map(([file]) => file)).toEqual([]);
  });

  test("no file of src is longer than 200 lines", () => {
    const long = [...files].filter(([, text]) => text.trimEnd().split("\n").length > 200);
    expect(long.map(([file]) => file)).toEqual([]);
  });
});

describe("the rules find what is planted", () => {
  const imports = (specifier: string, typeOnly = false): Import[] => [{ specifier, typeOnly }];

  test.each([
    ["src/linalg/norm.ts", "../lstm/names.ts", "is not below it"],
    ["src/lstm/forward.ts", "../input/parse-cell.ts", "is not below it"],
    ["src/lstm/forward.ts", "zod", "the equations need no package"],
    ["src/grade/verdict.ts", "../verify/check.ts", "is not below it"],
    ["src/explain/steps.ts", "../input/keys.ts", "is not below it"],
    ["src/render/json.ts", "../cli/context.ts", "is not below it"],
    ["src/render/json.ts", "node:fs", "belongs to src/cli"],
    ["src/errors.ts", "./linalg/matrix.ts", "is not below it"],
    ["src/cli/main.ts", "../../test/helpers/fixtures.ts", "leaves the house"],
    ["src/cli/help-page.ts", "../../test/bench/README.md?raw", "leaves the house"],
    ["src/grade/grade.ts", "../render/README.md?raw", "is not below it"],
    ["src/index.ts", "./cli/main.ts", "is not below it"],
    ["src/utils/misc.ts", "../errors.ts", "stands on no floor"],
    ["src/verify/check.ts", "../lstm/jacobian.ts", "which it judges"],
    ["src/input/weights/files/numpy/npz.ts", "../../conventions/convention-table.ts", "is a framework's"],
  ])("%s must not import %s", (file, specifier, reason) => {
    expect(brokenRules(new Map([[file, imports(specifier)]]))).toContainEqual(expect.stringContaining(reason));
  });

  test("verify must not reach a closed form through another file, nor name it for its types", () => {
    const through = new Map([
      ["src/verify/check.ts", imports("../lstm/results/one-step.ts")],
      ["src/lstm/results/one-step.ts", imports("../jacobian.ts")],
    ]);
    expect(brokenRules(through)).toEqual(["src/verify/check.ts: reaches src/lstm/jacobian.ts, which it judges"]);
    expect(brokenRules(new Map([["src/verify/check.ts", imports("../lstm/terms.ts", true)]]))).toHaveLength(1);
    expect(brokenRules(new Map([["src/verify/check.ts", imports("../lstm/forward.ts")]]))).toEqual([]);
  });

  test("every way to import is seen, and a comment is not", () => {
    const text = `
      import a, { type B } from "./a.ts";
      import type { C } from './c.ts';
      export {
        d,
      } from "./d.ts";
      export * from "./e.ts";
      import "./f.ts";
      const g = await import("./g.ts"), h = require("./h.cjs");
      // import x from "./comment.ts";
      /* import y from "./comment.ts"; */
      export const from = "not a module";`;
    const found = importsOf(text);
    const names = ["./a.ts", "./c.ts", "./d.ts", "./e.ts", "./f.ts", "./g.ts", "./h.cjs"];
    expect(found.map(({ specifier }) => specifier)).toEqual(names);
    expect(found.filter(({ typeOnly }) => typeOnly).map(({ specifier }) => specifier)).toEqual(["./c.ts"]);
  });
});
