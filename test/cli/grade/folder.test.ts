/** A folder of answers, handed in as students do. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, run, runMain } from "../../helpers/run.ts";
import { CELL, type Class, file, folder, gradeClass, handedIn, RIGHT, right, WRONG } from "./ask.ts";

const nothing = { h_t: [0, 0] };

describe("a folder", () => {
  test("is every answer in it, by name, also a folder a student; and a class", () => {
    const root = handedIn({ "zoe.json": nothing, "ann.json": right, "bob/answer.json": right, "bob/code/x.json": 1 });
    symlinkSync(root, join(folder, "class"));
    const { stdout, stderr, status } = run(["grade", join(ROOT, CELL), "class", "--json"], { cwd: folder });
    expect([stderr, status]).toEqual(["", 1]);
    const { answers, summary } = JSON.parse(stdout) as Class;
    expect(answers.map((one) => [one.file, one.passed])).toEqual([
      ["class/ann.json", true],
      ["class/bob/answer.json", true],
      ["class/zoe.json", false],
    ]);
    expect(summary).toMatchObject({ answers: 3, passed: 2, unreadable: 0 });
  });

  test("of one student is a class of one", async () => {
    const { result, status } = await gradeClass([CELL, handedIn({ "ann.json": right })]);
    expect(status).toBe(0);
    expect(result.answers).toHaveLength(1);
    expect(result.summary).toMatchObject({ answers: 1, passed: 1 });
  });

  test("may stand beside files", async () => {
    const root = handedIn({ "ann.json": right });
    const { result } = await gradeClass([CELL, WRONG, root, RIGHT]);
    expect(result.answers.map((one) => one.file)).toEqual([WRONG, join(root, "ann.json"), RIGHT]);
  });

  test("passes hidden files over, and says how many", async () => {
    const files = { ".DS_Store": "x", "ann/.answer.json.swp": "x", "ann/answer.json": right, "__MACOSX/._a.json": "x" };
    const root = handedIn(files);
    const { result, stderr, status } = await gradeClass([CELL, root]);
    expect(result.answers.map((one) => one.file)).toEqual([join(root, "ann/answer.json")]);
    expect([stderr, status]).toEqual([`dlstm: ${root}: 3 hidden files passed over\n`, 0]);
    expect((await gradeClass([CELL, root, "-q"])).stderr).toBe("");
  });

  test("is no answer of what lies beside one", async () => {
    const files = { "ann/answer.json": right, "ann/report.pdf": "%PDF", "bob.JSON": right, "bob.txt": "thanks" };
    const { result, status } = await gradeClass([CELL, handedIn(files)]);
    expect([result.answers.map(({ passed }) => passed), status]).toEqual([[true, true], 0]);
  });
});

describe("what is one student's fault costs that student alone", () => {
  const files = Object.fromEntries(Array.from({ length: 1001 }, (_, k) => [`many/${k}.json`, 1]));
  const several = Object.fromEntries(Array.from({ length: 7 }, (_, k) => [`seven/${k}.json`, 1]));
  const faulty: [string, Record<string, unknown>, string, string][] = [
    [
      "two answers",
      { "x.json": right, "x.csv": "1" },
      "ambiguous",
      "2 answers of one student, expected one: x.csv, x.json",
    ],
    [
      "a file and a folder",
      { "x.json": right, "x/answer.json": right },
      "ambiguous",
      "2 answers of one student, expected one: x, x.json",
    ],
    [
      "two in a folder",
      { "x/a.json": right, "x/b.npz": "" },
      "ambiguous",
      "2 answers of one student, expected one: a.json, b.npz",
    ],
    [
      "seven in a folder",
      several,
      "ambiguous",
      "7 answers of one student, expected one: 0.json, 1.json, 2.json, 3.json, 4.json and 2 more",
    ],
    ["an empty folder", { x: null }, "missing", "no answer in it, expected one, answer.json"],
    ["hidden files only", { "x/.answer.json": right }, "missing", "no answer in it, expected one, answer.json"],
    ["folders only", { "x/y/answer.json": right }, "missing", "no answer in it, expected one, answer.json"],
    ["more files than anyone hands in", files, "too-large", "more than 1000 files in it"],
    ["a document", { "x.pdf": "%PDF" }, "syntax", ""],
    ["a document in a folder", { "x/homework.pdf": "%PDF" }, "syntax", ""],
  ];

  test.each(faulty)("%s", async (_, own, code, message) => {
    const { result, stderr, status } = await gradeClass([
      CELL,
      handedIn({ ...own, "0.json": right }),
      "--require",
      "h_t",
    ]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^$|^dlstm: .*: 1 hidden file passed over\n$/);
    const [first, second] = result.answers;
    expect(first).toMatchObject({ passed: true });
    expect(second).toMatchObject({ score: 0, max_score: 1, gradable: false, error: { code } });
    expect(second!.error!.message).toContain(message);
    expect(result.answers).toHaveLength(2);
  });

  test("a link, to a file, to a folder or to nothing, is not followed", async () => {
    const root = handedIn({ "0.json": right, "d/.hidden": "" });
    symlinkSync(RIGHT, join(root, "a.json"));
    symlinkSync(root, join(root, "b"));
    symlinkSync("nothing", join(root, "c.json"));
    symlinkSync(RIGHT, join(root, "d/answer.json"));
    const { result } = await gradeClass([CELL, root, "-q"]);
    expect(result.answers.map(({ error }) => error?.message ?? null)).toEqual([
      null,
      ...Array(4).fill("a link, which is not followed in a folder; expected the file itself"),
    ]);
  });

  test("a name that means harm shows nothing raw, in any format", async () => {
    const name = "\u001b[31m\u202e<b>&=1,\n";
    const root = handedIn({ [`${name}.json`]: right, [`${name}.csv`]: "1", "=a.json": { h_t: [1, 2] } });
    for (const format of ["table", "json", "csv", "junit", "tap"]) {
      const { stdout } = await runMain(["grade", CELL, root, "--format", format]);
      expect(stdout).toContain("x1b[31m");
      expect(stdout).not.toMatch(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u);
    }
  });
});

describe("ends with 2", () => {
  test.each([
    ["without an answer", {}, [], "empty, expected answers such as NAME.json or NAME/answer.json"],
    ["with hidden files alone", { ".git/x": "" }, [], "nothing in it but 1 hidden file, expected answers"],
    ["for Gradescope", { "a.json": right }, ["--format", "gradescope"], "--format: a folder, expected one answer"],
    ["line by line", { "a.json": right }, ["--ndjson"], "--ndjson: a folder, expected one file with an answer a line"],
  ])("a folder %s", async (_, files, flags, message) => {
    const { stdout, stderr, status } = await runMain(["grade", CELL, handedIn(files), ...flags]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain(message);
  });

  test("but a file that is none stays that student's", async () => {
    expect((await gradeClass([CELL, join(folder, "none"), file("r.json", right)])).status).toBe(1);
  });
});
