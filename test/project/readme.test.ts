import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { MISCONCEPTIONS } from "../../src/grade/misconceptions.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const shims = mkdtempSync(join(tmpdir(), "dlstm-readme-"));
symlinkSync(join(root, "bin/dlstm.cjs"), join(shims, "dlstm"));
afterAll(() => rmSync(shims, { recursive: true }));

/** The commands of the ```console blocks, each with the output printed below it. */
const examples = [...readme.matchAll(/^```console\n(.*?)^```/gms)].flatMap(([, block]) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((example) => {
      const [command, ...output] = example.split("\n");
      return { command, output: output.join("\n").trimEnd() };
    }),
);

/** npm itself is not run again by its own test: what follows it is. */
const commands = examples
  .map(({ command, output }) => ({ command: command.replace(/^npm ci && npx /, ""), output }))
  .filter(({ command }) => command !== "npm cit");

const hasJq = spawnSync("jq", ["--version"]).status === 0;

test("the README opens with the two commands of a fresh clone", () => {
  const first = examples.slice(0, 2).map(({ command }) => command);
  expect(first).toEqual(["npm ci && npx dlstm fixtures/homework6.json", "npm cit"]);
});

const [withJq, plain] = [true, false].map((wanted) =>
  commands.filter(({ command }) => command.includes("jq ") === wanted),
);

describe.each(plain)("README: $command", (example) => test("prints what stands there", () => check(example)));

describe.skipIf(!hasJq).each(withJq)("README: $command", (example) =>
  test("prints what stands there", () => check(example)),
);

function check({ command, output }: { command: string; output: string }): void {
  const env = { PATH: [shims, dirname(process.execPath), process.env.PATH].join(delimiter), NO_COLOR: "1" };
  const { stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: root, env, encoding: "utf8" });
  expect((stdout + stderr).trimEnd()).toBe(output);
}

test("the README names every mistake that grade recognises", () => {
  const missing = Object.keys(MISCONCEPTIONS).filter((id) => !readme.includes(`\`${id}\``));
  expect(missing).toEqual(["missing-term-f", "missing-term-i", "missing-term-u"]);
  expect(readme).toContain("`missing-term-o` (`-f`, `-i`, `-u`)");
});

test("every link within the README has its heading", () => {
  const prose = readme.replace(/^```.*?^```/gms, "");
  const headings = [...prose.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\d -]/gu, "")
      .replaceAll(" ", "-"),
  );
  const links = [...prose.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
  expect(links.length).toBeGreaterThan(9);
  expect(links.filter((anchor) => !headings.includes(anchor))).toEqual([]);
});

test("the package holds every fixture that the README names", () => {
  const pack = spawnSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], { cwd: root, encoding: "utf8" });
  const [{ files }] = Object.values(JSON.parse(pack.stdout)) as { files: { path: string }[] }[];
  const packed = files.map(({ path }) => path);
  const named = [...new Set(readme.match(/fixtures\/[\w./-]+\.\w+/g))];
  expect(named).toContain("fixtures/homework6.json");
  expect(named.filter((path) => !packed.includes(path))).toEqual([]);
});

test("the README's library example computes what its comments say", () => {
  const [, example] = /^```ts\n(.*?)^```/ms.exec(readme)!;
  // each `expression; // value` prints its value instead
  const code = example.replace(/^(\w+\(.*\).*); \/\/ .*$/gm, (_, expression) => {
    return `try { console.log(${expression}) } catch (error) { console.log(error.name + ": " + error.message) }`;
  });
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd: root,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout.split("\n")[0]).toBe("{");
  expect(stdout).toContain("rows: 2,");
  expect(stdout).toContain("0.7858349830425586");
  expect(stdout).toContain("\nmissing-sigma-prime\n");
  expect(stdout).toMatch(/^DlstmError: U_i: missing.*\n(.*\n)*0\.125\n3\n$/m);
});
