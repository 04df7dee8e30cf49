import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMAND_NAMES } from "../../src/cli/commands.ts";
import { bash, cleanEnv, run, runMain, temporaryFolder } from "../helpers/run.ts";
import { hasProgram, typed } from "../helpers/shell-session.ts";

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

/** What bash's completion function offers for words, the last of which is being typed. */
function offered(...words: readonly string[]): string[] {
  const list = ["dlstm", ...words].map((word) => `'${word}'`).join(" ");
  const script = `. '${scripts.bash}'; COMP_WORDS=(${list}); COMP_CWORD=${words.length}; _dlstm; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = bash(script, { cwd: folder });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

/** The same of fish, which completes a line without a terminal. */
function offeredByFish(cwd: string, ...lines: readonly string[]): string[] {
  const asked = lines.map((line) => `complete -C '${line}'; echo ---`);
  const script = [`source ${scripts.fish}`, ...asked].join("\n");
  const env = cleanEnv({ HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder });
  const { stdout } = spawnSync("fish", ["--no-config", "-c", script], { cwd, env, encoding: "utf8" });
  const offers = stdout.split("---\n").slice(0, -1);
  return offers.map((offer) =>
    offer
      .trimEnd()
      .split("\n")
      .map((row) => row.split("\t")[0]!)
      .toSorted()
      .join(" "),
  );
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
    [
      ["grade", "--require", "h_t,jacobian.tanh_c_t."],
      ["h_prev", "c_prev", "x_t"].map((wrt) => `h_t,jacobian.tanh_c_t.${wrt}`),
    ],
    [["optimum", "--mini"], ["--minimize"]],
    [
      ["explain", "c"],
      ["cell-state", "cell.json", "cells", "check me.json"],
    ],
    [["explain", "sigmoid", "home"], ["homework"]],
    [["schema", "s"], ["state"]],
    [
      ["help", "gr"],
      ["grade", "grading"],
    ],
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
  test.skipIf(!hasProgram("zsh"))("is a script that zsh reads (skipped where there is no zsh)", () => {
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
  test.skipIf(!hasProgram("fish")).each([
    ["dlstm jac", ["jacobian"]],
    ["dlstm show --format ", FORMATS],
    ["dlstm cell.json --format m", ["markdown"]],
    ["dlstm optimum --norm ", ["1", "2", "inf"]],
    ["dlstm optimum --gate f,", ["f,f", "f,i", "f,o", "f,u"]],
    ["dlstm explain c", ["cell-state", "cell.json", "cells/", "check me.json"]],
    ["dlstm show ce", ["cell.json", "cells/"]],
    ["dlstm show --digits ", []],
  ])("offers for %j: %j (skipped where there is no fish)", (line, expected) => {
    expect(offeredByFish(folder, line)).toEqual([expected.toSorted().join(" ")]);
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
  expect(stderr).toBe("dlstm: shell: tcsh, expected one of bash, zsh, fish; the nearest is bash\n");
});

describe("files are offered wherever a command takes one, and nowhere else", async () => {
  const here = join(folder, "here");
  mkdirSync(here);
  writeFileSync(join(here, "unyque.json"), "{}");
  const lines = (await Promise.all(COMMAND_NAMES.map(placesOfFiles))).flat();
  const elsewhere = [
    "show @",
    "show --digits @",
    "sigmoid ",
    "completion ",
    "schema ",
    "help ",
    "show --digits ",
    "convert --prefix ",
    "grade --rtol ",
  ];
  const behindAt = ["show --U-f @", "backward --dh=@"];
  lines.push(...behindAt);
  const wanted = [...lines, ...elsewhere].map((line, k) => line + (k < lines.length ? "unyque.json" : "uny"));
  const tabs = [...lines, ...elsewhere].map((line) => `${line}uny\t`);
  const start = {
    bash: `. '${scripts.bash}'`,
    zsh: `autoload -U compinit; compinit -u -D; . '${scripts.zsh}'`,
  };

  test("there are that many places", () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        "grade ",
        "grade a ",
        "grade a a ",
        "grade --points ",
        "check --answer=",
        "explain ",
        "explain --cell ",
      ]),
    );
    expect(lines.length).toBeGreaterThan(60);
  });

  for (const shell of ["bash", "zsh"] as const) {
    test.skipIf(!hasProgram(shell) || !hasProgram("script"))(
      `by ${shell} at the tab key (skipped where there is no ${shell}, or no script to make a terminal)`,
      async () => {
        expect(await typed(shell, start[shell], tabs, here)).toEqual(wanted);
      },
    );
  }

  test.skipIf(!hasProgram("fish"))("by fish (skipped where there is no fish)", () => {
    const offers = offeredByFish(here, ...tabs.map((line) => `dlstm ${line.trimEnd()}`));
    expect(offers.map((offer, k) => `${tabs[k]}: ${offer}`)).toEqual(
      wanted.map((line, k) => `${tabs[k]}: ${k < lines.length ? line.replace(/^.* /, "") : ""}`),
    );
  });
});

/** The command line up to each place in which the help of a command says that a file belongs. */
async function placesOfFiles(command: string): Promise<string[]> {
  const { stdout } = await runMain([command, "--help"], { env: { COLUMNS: "200" } });
  const flags = [...stdout.matchAll(/^ {2}(?:(-\w), )?(--[a-z-]+) <file>/gm)].flatMap(([, short, long]) => [
    ...(short ? [`${short} `] : []),
    `${long} `,
    `${long}=`,
  ]);
  const files = [...stdout.matchAll(/^ {2}[a-z]+ +.*\b(?:JSON|standard input)\b.*$/gm)].map((_, k) => "a ".repeat(k));
  const more = / \[answers\.\.\.\]/.test(stdout) ? ["a ".repeat(files.length)] : [];
  return [...files, ...flags, ...more].map((place) => `${command} ${place}`);
}
