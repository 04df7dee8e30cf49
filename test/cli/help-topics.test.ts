/** dlstm help: commands, and the pages of documentation in a terminal. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMAND_NAMES } from "../../src/cli/commands.ts";
import { HELP_TOPICS, type HelpTopic } from "../../src/cli/help-topics.ts";
import { page, proseOf } from "../helpers/pages.ts";
import { ROOT, run, runMain } from "../helpers/run.ts";

const PAGE_OF: Readonly<Record<HelpTopic, string>> = {
  weights: "src/input/weights/README.md",
  grading: "src/grade/README.md",
  quantities: "src/lstm/README.md",
  streams: "test/engines/README.md",
  json: "src/render/README.md",
  digits: "test/promise/README.md",
};
const TOPICS = Object.entries(PAGE_OF).map(([topic, path]) => ({ topic, path, text: page(path) }));

const LOCALE = { LANG: "C.UTF-8" };

/** The lines of code of a page, fenced or indented. */
function codeOf(text: string): string[] {
  const fenced = [...text.matchAll(/^```.*\n([\s\S]*?)^```/gm)].flatMap(([, block]) => block!.split("\n"));
  const indented = proseOf({ path: "", text }).match(/^ {4}.*$/gm) ?? [];
  return [...fenced, ...indented.map((line) => line.slice(4))].filter((line) => line.trim() !== "");
}

/** Letters and digits alone, in order; of a page without where its links point and which languages its code is in. */
function lettersOf(text: string): string {
  return text
    .replace(/^```.*$/gm, "")
    .replace(/\]\([^)]*\)/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

describe.each(TOPICS)("dlstm help $topic", ({ topic, text }) => {
  const shown = (columns: number, env: Readonly<Record<string, string>> = LOCALE) =>
    runMain(["help", topic], { columns, env });

  test("has every fact of its page", async () => {
    const { stdout, stderr, status } = await shown(1e5);
    expect([stderr, status]).toEqual(["", 0]);
    const lines = stdout.split("\n");
    expect(codeOf(text).filter((line) => !lines.includes(`    ${line}`))).toEqual([]);
    expect(lettersOf(stdout)).toBe(lettersOf(text));
  });

  test.each([80, 60])("keeps within %d columns but for code, and shows no markup", async (columns) => {
    const { stdout } = await shown(columns);
    const code = new Set(codeOf(text).map((line) => `    ${line}`));
    const prose = stdout.split("\n").filter((line) => !code.has(line));
    expect(prose.filter((line) => line.length > columns)).toEqual([]);
    expect(prose.filter((line) => /`|\]\(|\*\*|^#|^\| /.test(line))).toEqual([]);
  });

  test("is ASCII where the terminal shows nothing else", async () => {
    const { stdout } = await shown(80, { LANG: "C" });
    expect(stdout).toMatch(/^[\t\n -~]*$/);
    const questions = (of: string) => of.split("?").length;
    expect(questions(stdout)).toBe(questions(text));
  });
});

describe("dlstm help", () => {
  test("of a command is what its --help says, alone that of all", async () => {
    for (const command of ["jacobian", "completion", "help"]) {
      expect(await runMain(["help", command])).toEqual(await runMain([command, "--help"]));
    }
    expect(await runMain(["help"])).toEqual(await runMain(["--help"]));
    // a command first, then a topic
    for (const both of ["sequence", "sigmoid", "optimum", "backward"]) {
      expect((await runMain(["help", both])).stdout).toMatch(new RegExp(`^Usage: dlstm ${both} `));
    }
  });

  test("of a topic that is no command is its derivation", async () => {
    for (const topic of ["tanh", "dependency", "forget-gate"]) {
      const { stdout, status } = await runMain(["explain", topic]);
      expect(await runMain(["help", topic])).toEqual({ stdout, stderr: "", status });
    }
  });

  test("of topics lists the pages", async () => {
    const { stdout, stderr, status } = await runMain(["help", "topics"]);
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout.split("\n").map((line) => line.trim().split(" ")[0])).toEqual([...Object.keys(HELP_TOPICS), ""]);
  });

  test("is said in the list of all", async () => {
    expect((await runMain(["--help"])).stdout).toContain("weights, grading, quantities, streams, json, digits");
  });

  test.each([
    ["gradign", "the nearest is grading"],
    ["weight", "the nearest is weights"],
    ["jacobain", "the nearest is jacobian"],
    ["xyzzyq", "dlstm help lists them"],
  ])("of %s, which is unknown: %s", async (word, advice) => {
    expect(await runMain(["help", word])).toEqual({
      stdout: "",
      stderr: `dlstm: ${word}: neither a command nor a topic of help, expected one; ${advice}\n`,
      status: 2,
    });
  });

  test("knows every command", async () => {
    const { stdout } = await runMain(["help", "help"], { columns: 1000, env: LOCALE });
    for (const word of [...COMMAND_NAMES, ...Object.keys(HELP_TOPICS), "topics", "tanh"])
      expect(stdout).toContain(`"${word}"`);
  });

  test("is built into the program, in a file of its own", async () => {
    const { stdout } = run(["help", "weights"]);
    expect(stdout).toBe((await runMain(["help", "weights"])).stdout);
    const chunks = readdirSync(join(ROOT, "dist/cli")).filter((name) => name.endsWith(".cjs"));
    const holding = (part: string) =>
      chunks.filter((name) => readFileSync(join(ROOT, "dist/cli", name), "utf8").includes(part));
    const [holder, ...others] = holding('torch.save(model.state_dict(), "lstm.pt")');
    expect(others).toEqual([]);
    expect(holding("npm run promise")).toEqual([holder]);
    // nothing that another command loads asks for it, but on demand
    const eager = new RegExp(`(?<!then\\(\\(\\)=>)require\\([\`"']\\./${holder}`);
    const asking = holding(holder!).filter((name) =>
      eager.test(readFileSync(join(ROOT, "dist/cli", name), "utf8").replace(/\s/g, "")),
    );
    expect(asking).toEqual([]);
  });
});
