/** The recipes on the page about grading, and trees of files like those of the graders to run them in. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { expect } from "vitest";
import { blocksIn, page } from "./pages.ts";
import { ROOT, requireBuild, temporaryFolder } from "./run.ts";

export const grading = { path: "src/grade/README.md", text: page("src/grade/README.md") };
const folder = temporaryFolder();
requireBuild();
mkdirSync(join(folder, "bin"));
symlinkSync(join(ROOT, "bin/dlstm.cjs"), join(folder, "bin/dlstm"));

/** The page's block of a language that has this text in it. */
export function recipe(language: string, text: string): string {
  const found = blocksIn(grading, language).filter((block) => block.includes(text));
  expect(found, `the recipe with ${text}`).toHaveLength(1);
  return found[0]!;
}

let trees = 0;

/** A new folder with these files: copies of fixtures, or null for a folder. */
export function tree(files: Readonly<Record<string, string | null>>): string {
  trees += 1;
  const root = join(folder, String(trees));
  for (const [path, fixture] of Object.entries(files)) {
    mkdirSync(fixture === null ? join(root, path) : dirname(join(root, path)), { recursive: true });
    if (fixture !== null) copyFileSync(join(ROOT, "fixtures", fixture), join(root, path));
  }
  return root;
}

export function runProgram(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
  input = "",
) {
  const PATH = [join(folder, "bin"), dirname(process.execPath), process.env.PATH].join(delimiter);
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd,
    env: { PATH, ...env },
    encoding: "utf8",
    input,
  });
  return { stdout, stderr, status };
}

export function runScript(script: string, cwd: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  writeFileSync(join(cwd, "recipe"), script, { mode: 0o755 });
  return runProgram("bash", [join(cwd, "recipe"), ...args], cwd, env);
}

/** Names of fixtures/answers. */
export const ANSWERS = ["right", "missing-sigma-prime", "transposed", "cut-off"];
