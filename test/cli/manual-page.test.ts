/** The manual page of the package: what help says, all of it, and nothing that a man linter complains about. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { COMMAND_NAMES } from "../../src/cli/commands.ts";
import { manualPage } from "../../src/cli/manual/page.ts";
import { createProgram } from "../../src/cli/program.ts";
import { ROOT, requireBuild, runMain } from "../helpers/run.ts";

requireBuild();
const roff = readFileSync(join(ROOT, manifest.man[0]), "utf8");
const hasMandoc = spawnSync("mandoc", ["-T", "lint"], { input: "" }).error === undefined;

/** How a printer writes twice, which is what a pager takes for bold and italics. */
const BOLD = new RegExp(`.${String.fromCharCode(8)}`, "gu");

/** The text of a page with its macros, as a reader has it, without what is bold or in italics. */
const text = roff
  .replace(/\\f[BIR]/g, "")
  .replaceAll("\\(aq", "'")
  .replaceAll("\\(dq", '"')
  .replaceAll("\\-", "-")
  .replaceAll("\\&", "")
  .replace(/\\\[u([0-9A-F]+)\]/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

/** What stands below a heading, up to the next of its kind. */
function below(macro: ".SH" | ".SS", heading: string): string {
  const [, after] = text.split(`\n${macro} "${heading}`);
  expect(after, heading).toBeDefined();
  return after!.split(/\n\.S[HS] /)[0]!;
}

/** The text without the breaks of its lines. */
function flat(page: string): string {
  return page.replace(/\s+/g, " ");
}

test("is what the source says today", async () => {
  const none = new Writable();
  const context = { stdin: process.stdin, stdout: none, stderr: none, env: {} };
  const program = await createProgram(
    { context, argv: [], endWith: () => undefined, again: () => Promise.resolve(0) },
    null,
  );
  const [, date] = / (\d{4}-\d\d-\d\d) /.exec(roff)!;
  expect(manualPage(program, manifest.version, date!)).toBe(roff);
});

test("begins as whatis and apropos want it", () => {
  expect(text).toMatch(/\n\.SH "NAME"\ndlstm - exact derivatives of one LSTM cell/);
});

describe.each(COMMAND_NAMES)("dlstm %s", (name) => {
  test("has its usage, its description and its arguments there, and each of its options there or among the shared", async () => {
    const { stdout } = await runMain([name, "--help"], { env: { COLUMNS: "400" } });
    const [, usage, description] = /^Usage: (.*)\n\n(.*)\n/.exec(stdout)!;
    const own = below(".SS", usage!);
    expect(flat(own)).toContain(flat(description!));
    const [, others] = text.split('\n.SH "SHARED OPTIONS"\n');
    const options = [...stdout.matchAll(/^ {2}((?:-\w|--[\w-]+)[^ ]*(?: -[^ ]*| <[^>]*>)*) {2,}(.*)$/gm)];
    expect(options.length).toBeGreaterThan(0);
    for (const [, term, about] of options) {
      if (term === "-h, --help") continue;
      const flag = term!.split(/[ ,]/)[0]!;
      const isOwn = own.includes(`\n.TP\n${term}\n`);
      if (!isOwn) expect(own.split("Shared options: ")[1]?.split(/[,\s]+/), flag).toContain(flag);
      expect(flat(isOwn ? own : others!)).toContain(flat(`.TP ${term} ${about}`));
    }
    for (const [, example] of stdout.matchAll(/^ {2}\$ (.*?)(?: {2}.*)?$/gm)) expect(own).toContain(`$ ${example}`);
  });
});

test("has the options of the program, its topics, exit codes and examples", async () => {
  const { stdout } = await runMain(["--help"], { env: { COLUMNS: "400" } });
  for (const option of ["-V, --version", "-v", "-h, --help"]) {
    expect(below(".SH", "OPTIONS")).toContain(`\n.TP\n${option}\n`);
  }
  const [, topics] = /^Topics of help: (.*)$/m.exec(stdout)!;
  for (const topic of topics!.split(", ")) expect(below(".SH", "TOPICS OF HELP")).toContain(`\n.TP\n${topic}\n`);
  const [, codes] = /^Exit codes: (.*)$/m.exec(stdout)!;
  for (const code of codes!.split(", ")) expect(flat(below(".SH", "EXIT STATUS"))).toContain(`.TP ${code}`);
  const examples = [...stdout.matchAll(/^ {2}\$ (.*?)(?: {2}.*)?$/gm)];
  expect(examples.length).toBeGreaterThan(5);
  for (const [, example] of examples) expect(below(".SH", "EXAMPLES")).toContain(`\n.TP\n$ ${example}\n`);
});

test("is ASCII, so that it reads alike in every locale", () => {
  expect(/^[\n -~]*$/.test(roff)).toBe(true);
});

describe.skipIf(!hasMandoc)("mandoc (skipped where there is none)", () => {
  const mandoc = (args: readonly string[], input: string) => spawnSync("mandoc", args, { input, encoding: "utf8" });

  test("finds nothing to warn of", () => {
    const { stdout, stderr, status } = mandoc(["-T", "lint", "-W", "warning"], roff);
    expect([stdout, stderr, status]).toEqual(["", "", 0]);
    // and would
    expect(mandoc(["-T", "lint", "-W", "warning"], roff.replace(".nh", ".no_such_macro")).status).not.toBe(0);
  });

  test("prints what can be typed as it is typed, in 80 columns", () => {
    const page = mandoc(["-T", "utf8"], roff).stdout.replace(BOLD, "");
    expect(page).toContain("$ dlstm sequence cell.json --x '[[1,0],[0,1]]'\n");
    expect(page).toContain("∂h_t/∂h_{t-1}");
    expect(page.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
