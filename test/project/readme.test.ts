/** README and the pages beside the code: their commands print what stands there, their links point to what is there. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, posix } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { MISCONCEPTIONS } from "../../src/grade/misconceptions.ts";
import { blocksIn, examplesOf, PAGES, type Page, page, proseOf } from "../helpers/pages.ts";
import { ROOT } from "../helpers/run.ts";

const readme = page("README.md");
const shims = mkdtempSync(join(tmpdir(), "dlstm-readme-"));
symlinkSync(join(ROOT, "bin/dlstm.cjs"), join(shims, "dlstm"));
afterAll(() => rmSync(shims, { recursive: true }));

/** npm itself is not run again by its own test: what follows it is. One that two pages show is run once. */
const seen = new Set<string>();
const commands = PAGES.flatMap((one) =>
  examplesOf(one)
    .map(({ command, output }) => ({ page: one.path, command: command.replace(/^npm ci && npx /, ""), output }))
    .filter(({ command, output }) => {
      const isNew = !seen.has(command + output);
      seen.add(command + output);
      return isNew && command !== "npm cit";
    }),
);

const hasJq = spawnSync("jq", ["--version"]).status === 0;

test("every page is looked at", () => {
  expect(PAGES.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["README.md", "src/README.md", "src/grade/README.md", ".github/CONTRIBUTING.md"]),
  );
  expect(commands.length).toBeGreaterThan(40);
});

test("the README opens with the two commands of a fresh clone", () => {
  const first = examplesOf({ path: "README.md", text: readme })
    .slice(0, 2)
    .map(({ command }) => command);
  expect(first).toEqual(["npm ci && npx dlstm fixtures/homework6.json", "npm cit"]);
});

test("the README stays an overview: seven tasks of at most twelve lines", () => {
  const [, tasks] = /^## Tasks\n(.*?)^## /ms.exec(readme)!;
  const lengths = tasks!
    .split(/^### /m)
    .slice(1)
    .map((task) => task.split("\n").filter((line) => line.trim() !== "").length - 1);
  expect(lengths).toHaveLength(7);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(12);
  expect(readme.split("\n").length).toBeLessThan(230);
});

const [withJq, plain] = [true, false].map((wanted) =>
  commands.filter(({ command }) => command.includes("jq ") === wanted),
);

describe.each(plain)("$page: $command", (example) => test("prints what stands there", () => check(example)));

describe.skipIf(!hasJq).each(withJq)("$page: $command", (example) =>
  test("prints what stands there", () => check(example)),
);

function check({ command, output }: { command: string; output: string }): void {
  const env = { PATH: [shims, dirname(process.execPath), process.env.PATH].join(delimiter), NO_COLOR: "1" };
  const { stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: ROOT, env, encoding: "utf8" });
  expect((stdout + stderr).trimEnd()).toBe(output);
}

test("the page on grading names every mistake that grade recognises", () => {
  const grading = page("src/grade/README.md");
  const missing = Object.keys(MISCONCEPTIONS).filter((id) => !grading.includes(`\`${id}\``));
  expect(missing).toEqual(["missing-term-f", "missing-term-i", "missing-term-u"]);
  expect(grading).toContain("`missing-term-o` (`-f`, `-i`, `-u`)");
});

describe("links", () => {
  /** The anchors of a page's headings, as hosts make them. */
  const anchorsOf = (one: Page) =>
    [...proseOf(one).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
      title!
        .toLowerCase()
        .replace(/[^\p{L}\d -]/gu, "")
        .replaceAll(" ", "-"),
    );
  const links = PAGES.flatMap((one) =>
    [...proseOf(one).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)]*))?\)/g)].map(([, path, anchor]) => ({
      from: one.path,
      to: path === "" ? one.path : posix.join(posix.dirname(one.path), path!),
      anchor,
    })),
  );

  test("point to files and headings that there are", () => {
    expect(links.length).toBeGreaterThan(30);
    const broken = links.filter(({ to, anchor }) => {
      const target = PAGES.find(({ path }) => path === to);
      return !existsSync(join(ROOT, to)) || (anchor !== undefined && !(target && anchorsOf(target).includes(anchor)));
    });
    expect(broken).toEqual([]);
  });

  test("point to every page from the README", () => {
    const reached = new Set(links.filter(({ from }) => from === "README.md").map(({ to }) => to));
    expect(PAGES.map(({ path }) => path).filter((path) => path !== "README.md" && !reached.has(path))).toEqual([]);
  });
});

test("every file that a page names is there", () => {
  const names = PAGES.filter(({ path }) => path !== ".github/CHANGELOG.md").flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:test\.)?(?:ts|cjs|md|py))`/g)].map(([, name]) => ({
      path,
      name: name!,
    })),
  );
  expect(names.length).toBeGreaterThan(20);
  const missing = names.filter(({ path, name }) => {
    return ![name, posix.join(posix.dirname(path), name)].some((one) => existsSync(join(ROOT, one)));
  });
  // what stands for a name of one's own
  expect(missing.filter(({ name }) => !name.includes("NAME"))).toEqual([]);
});

test("every file that the house draws is there", () => {
  const house = page("src/README.md").split("## The library")[0]!;
  const drawn = [...house.matchAll(/^ {4}.*$/gm)].flatMap(([line]) => line.match(/[\w/-]+\.ts\b/g) ?? []);
  expect(drawn.length).toBeGreaterThan(20);
  const { stdout } = spawnSync("git", ["ls-files", "src"], { cwd: ROOT, encoding: "utf8" });
  const paths = stdout.split("\n");
  expect(drawn.filter((name) => !paths.some((path) => path.endsWith(`/${name}`)))).toEqual([]);
});

test("every task of npm has its sentence in CONTRIBUTING, and no page names another", () => {
  const tasks = Object.keys(manifest.scripts);
  const contributing = page(".github/CONTRIBUTING.md");
  expect(tasks.filter((task) => !new RegExp(`^\\|.*\`(npm (run )?)?${task}\``, "m").test(contributing))).toEqual([]);
  const named = PAGES.flatMap(({ text }) => [...text.matchAll(/npm run (\w+)/g)].map(([, task]) => task!));
  expect(named.filter((task) => !tasks.includes(task))).toEqual([]);
});

test("the package holds every fixture that the pages name", () => {
  const pack = spawnSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], { cwd: ROOT, encoding: "utf8" });
  const [{ files }] = Object.values(JSON.parse(pack.stdout)) as { files: { path: string }[] }[];
  const packed = files.map(({ path }) => path);
  const named = [...new Set(commands.flatMap(({ command }) => command.match(/fixtures\/[\w./-]+\.\w+/g) ?? []))];
  expect(named).toContain("fixtures/homework6.json");
  expect(named.filter((path) => !packed.includes(path))).toEqual([]);
});

test("the library's example computes what its comments say", () => {
  const [example] = blocksIn({ path: "src/README.md", text: page("src/README.md") }, "ts");
  // each `expression; // value` prints its value instead
  const code = example!.replace(/^(\w+\(.*\).*); \/\/ .*$/gm, (_, expression) => {
    return `try { console.log(${expression}) } catch (error) { console.log(error.name + ": " + error.message) }`;
  });
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout.split("\n")[0]).toBe("{");
  expect(stdout).toContain("rows: 2,");
  expect(stdout).toContain("0.7858349830425586");
  expect(stdout).toContain("\nmissing-sigma-prime\n");
  expect(stdout).toMatch(/^DlstmError: U_i: missing.*\n(.*\n)*0\.125\n3\n$/m);
});

test("the workflow tries what package.json promises, and its untried systems may fail", () => {
  const workflow = readFileSync(join(ROOT, ".github/workflows/ci.yml"), "utf8");
  const least = Number(/\d+/.exec(manifest.engines.node)![0]);
  const [, versions] = /node: \[(.*)\]/.exec(workflow)!;
  expect(versions!.split(",").map(Number)[0]).toBe(least);
  expect(readme).toContain(`Node ${versions!.replace(/, (?=\d+$)/, " and ")}`);
  expect(/^ {2}untried:[\s\S]*$/m.exec(workflow)![0]).toContain("continue-on-error: true");
});
