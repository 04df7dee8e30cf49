/** The package as others get it: packed, installed into an empty project, and compiled against. */
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cleanEnv, ROOT, requireBuild, temporaryFolder } from "../helpers/run.ts";

const folder = temporaryFolder();
const alone = temporaryFolder();

/** What a program says in the empty project, or in ours; it must succeed. */
function ran(command: string, args: readonly string[], cwd = folder): string {
  const env = cleanEnv({ HOME: folder, npm_config_cache: join(folder, "cache"), npm_config_offline: "true" });
  const { stdout, status, error } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (error || status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error ?? stdout}`);
  return stdout;
}

requireBuild();
ran("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], ROOT);
// its dependencies are those that stand here: no registry is asked
const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
  packages: Record<string, { dev?: true }>;
};
const overrides = Object.entries(packages)
  .filter(([path, { dev }]) => path !== "" && !dev)
  .map(([path]) => [path.replace(/^node_modules\//, ""), `file:${join(ROOT, path)}`]);
writeFileSync(
  join(folder, "package.json"),
  JSON.stringify({ private: true, type: "module", overrides: Object.fromEntries(overrides) }),
);
const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
ran("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=optional", `./${archive}`]);

describe("a program of TypeScript that uses the package", () => {
  const program = (line: string) => `
    import * as everything from "dlstm";
    import { type CheckResult, checkResult, forward, ownDerivatives, parseCell } from "dlstm";
    const cell = parseCell({ U_f: [[1]] });
    const result: CheckResult = checkResult(cell, ownDerivatives);
    export const gate: Float64Array | null = forward(cell).gate("f");
    export const errors: readonly number[] = result.quantities.map(({ max_ulp }) => max_ulp);
    export { everything };
    ${line}`;

  /** What the compiler has to say of it. */
  function complaints(resolution: string, line = ""): string {
    writeFileSync(join(folder, "program.ts"), program(line));
    const module = resolution === "nodenext" ? "nodenext" : "esnext";
    const flags = ["--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false", "--noEmit", "--types", ""];
    const levels = ["--target", "es2022", "--lib", "es2022", "--module", module, "--moduleResolution", resolution];
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    return spawnSync(process.execPath, [tsc, ...flags, ...levels, "program.ts"], { cwd: folder, encoding: "utf8" })
      .stdout;
  }

  test.each(["nodenext", "bundler"])("compiles with --moduleResolution %s, every library checked", (resolution) => {
    expect(complaints(resolution)).toBe("");
    // and is checked: its types are not any
    expect(complaints(resolution, "export const wrong: string = result.passed;")).toContain("TS2322");
  });

  test("runs", () => {
    const line =
      'import { parseCell, forward } from "dlstm"; console.log(forward(parseCell({ U_f: [[1]] })).gate("f")[0])';
    expect(ran(process.execPath, ["--input-type=module", "-e", line])).toBe("0.5\n");
  });
});

test("a global install puts the program on the PATH and its page where man finds it", () => {
  const prefix = join(folder, "global");
  ran("npm", ["install", "--global", "--prefix", prefix, "--ignore-scripts", "--no-audit", "--no-fund", "."], ROOT);
  const page = readFileSync(join(prefix, "share", "man", "man1", "dlstm.1"), "utf8");
  expect(page).toMatch(/^\.TH "DLSTM" 1 /);
  expect(readFileSync(join(folder, "node_modules", "dlstm", "dist", "man", "dlstm.1"), "utf8")).toBe(page);
});

test("the installed program answers, from its own files alone too", () => {
  const answer = '{"version":1,"values":[{"z":0,"sigma":0.5,"derivative":0.25}]}\n';
  const bin = join(folder, "node_modules", ".bin", "dlstm");
  expect(ran(process.execPath, [bin, "sigmoid", "0", "--json"])).toBe(answer);
  cpSync(join(folder, "node_modules", "dlstm"), alone, { recursive: true });
  const copy = join(alone, "bin", "dlstm.cjs");
  expect(ran(process.execPath, [copy, "sigmoid", "0", "--json"], alone)).toBe(answer);
  expect(ran(process.execPath, [copy, "help", "grading"], alone)).toContain("\nRecipes\n");
  expect(ran(process.execPath, [copy, "sigmoid", "0"], alone)).toContain("σ(z)");
});
