import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bash, cleanEnv, run, temporaryFolder } from "../helpers/run.ts";

const folder = temporaryFolder();
writeFileSync(join(folder, "cell.json"), "{}");
writeFileSync(join(folder, "check me.json"), "{}");
mkdirSync(join(folder, "cells"));

const scripts = Object.fromEntries(
  ["bash", "zsh", "fish"].map((shell) => {
    const { stdout, stderr, status } = run(["completion", shell]);
    if (stderr !== "" || status !== 0) throw new Error(`completion ${shell}: ${stderr}`);
    const path = join(folder, `script.${shell}`);
    writeFileSync(path, stdout);
    return [shell, path];
  }),
);

const has = (shell: string) => spawnSync(shell, ["-c", "true"]).status === 0;

/** What bash's completion function offers for words, the last of which is being typed. */
function offered(...words: readonly string[]): string[] {
  const list = ["dlstm", ...words].map((word) => `'${word}'`).join(" ");
  const script = `. '${scripts.bash}'; COMP_WORDS=(${list}); COMP_CWORD=${words.length}; _dlstm; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = bash(script, { cwd: folder });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

/** The same of fish, which completes a line without a terminal. */
function offeredByFish(line: string): string[] {
  const script = `source ${scripts.fish}; complete -C '${line}'`;
  const env = cleanEnv({ HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder });
  const { stdout } = spawnSync("fish", ["--no-config", "-c", script], { cwd: folder, env, encoding: "utf8" });
  return stdout.split("\n").flatMap((row) => (row === "" ? [] : [row.split("\t")[0]!]));
}

const FORMATS = ["table", "json", "csv", "markdown", "latex"];

describe("dlstm completion bash", () => {
  test.each([
    [["jac"], ["jacobian"]],
    [["che"], ["check", "check me.json"]],
    [["ce"], ["cell.json", "cells"]],
    [["show", "--format", ""], FORMATS],
    [["--format", "c"], ["csv"]],
    [["cell.json", "--format", "m"], ["markdown"]],
    [["show", "--format", "=", "l"], ["latex"]],
    [["show", "--format", "="], FORMATS],
    [
      ["optimum", "cell.json", "--gate", ""],
      ["f", "i", "o", "u"],
    ],
    [["optimum", "--gate", "f,i,o"], ["f,i,o"]],
    [["jacobian", "--of", "c_t,tanh"], ["c_t,tanh_c_t"]],
    [
      ["optimum", "--norm", ""],
      ["1", "2", "inf"],
    ],
    [
      ["forward", "--from", "tf"],
      ["tfjs", "tf-basic"],
    ],
    [["optimum", "--mini"], ["--minimize"]],
    [["explain", "c"], ["cell-state"]],
    [["schema", "s"], ["state"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["explain", "--format", "h"], ["html"]],
    // numbers of one's own
    [["sigmoid", ""], []],
    [["show", "--digits", ""], []],
    // files are bash's own affair, which knows quotes and ~
    [["show", "ce"], []],
    [["show", "--state", "ce"], []],
  ])("offers for %j: %j", (words, expected) => {
    expect(offered(...words).toSorted()).toEqual(expected.toSorted());
  });

  test("offers every flag of a command and none of another", () => {
    const flags = offered("optimum", "--");
    expect(flags).toEqual(expect.arrayContaining(["--gate", "--norm", "--x-t", "--from", "--format", "--help"]));
    expect(flags).not.toContain("--terms");
    for (const [, flag] of run(["optimum", "--help"]).stdout.matchAll(/^ {2}(?:-\S+, )?(--[a-z-]+)/gm)) {
      expect(flags).toContain(flag);
    }
  });

  test("leaves files to bash, but not where none belongs", () => {
    const script = readScript("bash");
    expect(script).toContain("complete -o bashdefault -o default -F _dlstm dlstm");
  });

  test("runs nothing of what is typed", () => {
    expect(offered("show", "$(touch ran)", "")).toEqual([]);
    expect(bash("ls", { cwd: folder }).stdout).not.toContain("ran");
  });

  test("can be sourced twice, and leaves nothing but its functions", () => {
    const names = "compgen -v | grep -v -e BASH -e _ -e PIPESTATUS";
    const { stdout, stderr } = bash(`${names} > a; . '${scripts.bash}'; . '${scripts.bash}'; ${names} > b; diff a b`, {
      cwd: folder,
    });
    expect([stdout, stderr]).toEqual(["", ""]);
  });
});

describe("dlstm completion zsh", () => {
  test.skipIf(!has("zsh"))("is a script that zsh reads (skipped where there is no zsh)", () => {
    const { stderr, status } = spawnSync("zsh", ["-n", scripts.zsh!], { encoding: "utf8" });
    expect([stderr, status]).toEqual(["", 0]);
  });

  test("has a function for each command that it names", () => {
    const script = readScript("zsh");
    expect(script).toMatch(/^#compdef dlstm\n/);
    for (const [, name] of script.matchAll(/^ {4}'([a-z]+):/gm)) expect(script).toContain(`\n_dlstm_${name}() {\n`);
    expect(script).toContain("'--gate=[gates, with commas between]: :_values -s , list f i o u'");
    expect(script).toContain("'(-o --output)'{-o,--output=}'[write there instead, whole or not at all]: :_files'");
  });
});

describe("dlstm completion fish", () => {
  test.skipIf(!has("fish")).each([
    ["dlstm jac", ["jacobian"]],
    ["dlstm show --format ", FORMATS],
    ["dlstm cell.json --format m", ["markdown"]],
    ["dlstm optimum --norm ", ["1", "2", "inf"]],
    ["dlstm optimum --gate f,", ["f,f", "f,i", "f,o", "f,u"]],
    ["dlstm explain c", ["cell-state"]],
    ["dlstm show ce", ["cell.json", "cells/"]],
    ["dlstm show --digits ", []],
  ])("offers for %j: %j (skipped where there is no fish)", (line, expected) => {
    expect(offeredByFish(line).toSorted()).toEqual(expected.toSorted());
  });

  test("has a line for each command", () => {
    expect(readScript("fish").match(/^complete -c dlstm -n __fish_use_subcommand -a /gm)?.length).toBeGreaterThan(10);
  });
});

function readScript(shell: string): string {
  return run(["completion", shell]).stdout;
}

test("dlstm completion of another shell is an error that lists the known ones", () => {
  const { stdout, stderr, status } = run(["completion", "tcsh"]);
  expect([stdout, status]).toEqual(["", 2]);
  expect(stderr).toBe("dlstm: shell: tcsh, expected one of bash, zsh, fish\n");
});
