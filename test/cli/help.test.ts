import { describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { bash, run, temporaryFolder } from "../helpers/run.ts";

const ON_CELLS = [
  "show",
  "forward",
  "jacobian",
  "optimum",
  "backward",
  "hessian",
  "sequence",
  "check",
  "grade",
  "convert",
  "report",
];
const WEIGHT_FLAGS = ["--from", "--prefix", "--layer", "--reverse", "--max-bytes"];
const COMMANDS = [...ON_CELLS, "explain", "sigmoid", "schema", "completion", "help"];

/** The commands of a help's `$ dlstm …` lines, without the remark behind them. */
function examplesIn(help: string): string[] {
  return [...help.matchAll(/^ +\$ (dlstm .*)$/gm)].map(([, line]) => line!.split(/ {2,}/)[0]!);
}

/** To be matched as it stands. */
function escaped(text: string): string {
  return text.replace(/[[\](){}.*+?|]/g, "\\$&");
}

/** Far from the source: what an example reads, one before it has written. */
const folder = temporaryFolder();

describe("dlstm --help", () => {
  test("lists every command and the exit codes, and goes to stdout", () => {
    const { stdout, stderr, status } = run(["--help"]);
    expect([stderr, status]).toEqual(["", 0]);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
    expect(stdout).toMatch(/^Exit codes: 0 .* 1 .* 2 .* 3 /m);
    expect(run(["-h"]).stdout).toBe(stdout);
  });

  test("has usage, then examples, then the commands by what they are for", () => {
    const { stdout } = run(["--help"]);
    expect(stdout).toMatch(
      /^Usage: dlstm \[show\] \[cell\] \[options\]\n +dlstm <command> \[arguments\] \[options\]\n\n/,
    );
    const groups = [...stdout.matchAll(/^[A-Z][\w ]+:$/gm)].map(([title]) => title);
    expect(groups).toEqual([
      "Examples:",
      "Options:",
      "Compute:",
      "Verify and explain:",
      "Weights and files:",
      "The shell and help:",
    ]);
    const inGroup = (title: string) => stdout.split(`\n${title}\n`)[1]!.split("\n\n")[0];
    expect(inGroup("Compute:")).toMatch(/^ {2}show [\s\S]*^ {2}sigmoid /m);
    expect(inGroup("Verify and explain:")).toMatch(/^ {2}check /m);
    expect(inGroup("Weights and files:")).toMatch(/^ {2}convert /m);
  });

  test("keeps within 80 columns", () => {
    const { stdout } = run(["--help"]);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("has examples that run one after the other", () => {
    const examples = examplesIn(run(["--help"]).stdout);
    expect(examples.length).toBeGreaterThan(COMMANDS.length / 2);
    for (const line of examples) expect(bash(line, { cwd: folder }), line).toMatchObject({ stderr: "", status: 0 });
  });

  test("has the remarks of examples in one column", () => {
    const [, examples] = /^Examples:\n(.*?)\n\n/ms.exec(run(["--help"]).stdout)!;
    const columns = examples!.split("\n").map((line) => /^ +\$ \S.*? {2,}(?=\S)/.exec(line)?.[0].length);
    expect(new Set(columns).size).toBe(1);
    expect(columns[0]).toBeGreaterThan(0);
  });

  test.each([
    ["show", "[cell...]"],
    ["grade", "<key> [answers...]"],
    ["sigmoid", "<z...>"],
    ["schema", "[name]"],
    ["help", "[command|topic]"],
  ])("names what %s takes: %s", (command, names) => {
    expect(run(["--help"]).stdout).toMatch(new RegExp(`^ {2}${command} ${escaped(names)}\\s`, "m"));
    expect(run([command, "--help"]).stdout).toMatch(new RegExp(`^Usage: dlstm ${command} .*${escaped(names)}\n\n`));
  });

  test.each(COMMANDS)("of %s has an example that runs", (command) => {
    const { stdout, stderr, status } = run([command, "--help"]);
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout).toContain(`Usage: dlstm ${command} `);
    const examples = examplesIn(stdout);
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.filter((line) => `${line} `.includes(`dlstm ${command} `)).length).toBeGreaterThan(0);
    expect(stdout.indexOf("$ dlstm")).toBeLessThan(stdout.indexOf("Options:"));
    for (const line of examples) {
      const example = bash(line, { cwd: folder });
      expect(example, line).toMatchObject({ stderr: "", status: 0 });
      if (!/ -o | > /.test(line)) expect(example.stdout, line).not.toBe("");
    }
  });

  test.each(COMMANDS)("of %s keeps within 80 columns", (command) => {
    expect(
      run([command, "--help"])
        .stdout.split("\n")
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });

  test.each<[string, string[]]>([
    ["jacobian", ["--of", "--wrt", "--terms", "--heatmap"]],
    ["optimum", ["--gate", "--of", "--unit", "--norm", "--minimize"]],
    ["show", ["--x-t", "--h-prev", "--c-prev", "--state", "--step", "--format", "--json", "-o", "--digits", "-q"]],
    ["backward", ["--dh-t", "--dc-t", "--steps", "--step", "--x-t"]],
    ["hessian", ["--dh-t", "--wrt", "--unit", "--vector", "--step", "--heatmap"]],
    ["sequence", ["--from-step", "--to-step", "--steps-format", "--x-t"]],
    ["check", ["--columns", "--optima", "--answer", "--tolerance"]],
    ["convert", ["--to", "--list", "--state", "--x-t"]],
    ["grade", ["--rtol", "--compare", "--points", "--require", "--follow-through", "--hints", "--batch", "--ndjson"]],
    ["report", ["--step", "--digits", "-o", "-q"]],
    ["schema", ["--example", "--hidden", "--input", "--seed"]],
    ...ON_CELLS.map((command): [string, string[]] => [command, WEIGHT_FLAGS]),
  ])("of %s lists %j", (command, options) => {
    const { stdout } = run([command, "--help"]);
    for (const option of options) expect(stdout).toMatch(new RegExp(`^  .*${option}\\b`, "m"));
  });
});

describe("dlstm --version", () => {
  test.each(["--version", "-V", "-v"])("prints the package's version: %s", (flag) => {
    expect(run([flag])).toEqual({ stdout: `${manifest.version}\n`, stderr: "", status: 0 });
  });
});
