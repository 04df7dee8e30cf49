/** The recipes in Python: for graders of notebooks and for Canvas, run by programs that grade as those say. Without python3 they are skipped. */
import { spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canvasGrades } from "../helpers/canvas.ts";
import { ANSWERS, recipe, runProgram, tree } from "../helpers/recipes.ts";
import { ROOT } from "../helpers/run.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** What a program beside this test says of a recipe in Python, in a notebook of this code with this cell beside it. */
function runPython(program: string, script: string, notebook: string, cell = "homework6.json") {
  const cwd = tree({ "cell.json": cell });
  for (const answer of ANSWERS)
    copyFileSync(join(ROOT, `fixtures/answers/${answer}.json`), join(cwd, `${answer}.json`));
  writeFileSync(join(cwd, "recipe.py"), script);
  return runProgram("python3", [join(ROOT, "test/helpers", program), "recipe.py"], cwd, {}, notebook);
}

const loaded = (answer: string) => `import json; answer = json.load(open("${answer}.json"))`;
/** With an array that json does not know, but that has a tolist as numpy's have. */
const ARRAYS = `${loaded("right")}; import array; answer["h_t"] = array.array("d", answer["h_t"])`;

describe.skipIf(!hasPython)("otter's test file", () => {
  const script = recipe("python", "# tests/lstm.py");
  const grade = (notebook: string, cell?: string) => {
    const { stdout, ...rest } = runPython("otter_cases.py", script, notebook, cell);
    expect(rest).toEqual({ stderr: "", status: 0 });
    const cases = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as [string, number, string | null]);
    expect(cases.map(([name]) => name)).toEqual(["gates.f", "h_t", "jacobian.f.h_prev"]);
    return { points: cases.map(([, points]) => points), messages: cases.map(([, , message]) => message) };
  };

  test.each([
    ["that is right, with an array", ARRAYS, [1, 1, 1]],
    ["with a matrix transposed and h_t missing", loaded("transposed"), [1, 0, 0]],
    ["that was never bound", "", [0, 0, 0]],
  ])("gives an answer %s a case's points or none", (_, notebook, points) => {
    expect(grade(notebook).points).toEqual(points);
  });

  test("tells the student the hint, and no right number", () => {
    const { points, messages } = grade(loaded("missing-sigma-prime"));
    expect(points).toEqual([1, 1, 0]);
    const [, , message] = messages;
    expect(message).toMatch(/^jacobian\.f\.h_prev: 4 of 4 entries are wrong\. A gate is a function/);
    expect(message).not.toContain("0.33");
  });

  test("says so where the key is at fault", () => {
    for (const message of grade(loaded("right"), "invalid/ragged-row.json").messages) {
      expect(message).toContain('"file":"cell.json","place":"U_f[1]"');
    }
  });
});

describe.skipIf(!hasPython)("nbgrader's cell of tests", () => {
  const script = recipe("python", "# autograder tests");

  /** nbgrader's determine_grade: 0 for an error or anything on stderr, else the last expression, a number in [0, points]. */
  function grade(notebook: string, cell?: string) {
    const { stdout, stderr, status } = runPython("nbgrader_cell.py", script, notebook, cell);
    if (status !== 0 || stderr !== "") return { score: 0, said: stderr };
    const score = Number(stdout.trimEnd().split("\n").at(-1));
    if (!(score >= 0 && score <= 3)) throw new Error(`${score} is no score of at most 3 points`);
    return { score, said: stdout };
  }

  test.each([
    ["that is right, with an array", ARRAYS, 3],
    ["with a matrix transposed and h_t missing", loaded("transposed"), 1.5],
    ["that is None", "answer = None", 0],
    ["that was never bound", "", 0],
  ])("scores an answer %s", (_, notebook, score) => {
    expect(grade(notebook).score).toBe(score);
  });

  test("tells the student what was earned and the hint, and no right number", () => {
    const { score, said } = grade(loaded("missing-sigma-prime"));
    expect(score).toBe(2);
    expect(said).toContain("h_t 1/1: all 2 entries are right.");
    expect(said).toContain("jacobian.f.h_prev 0/1: 4 of 4 entries are wrong. A gate is a function");
    expect(said).not.toContain("0.33");
  });

  test("says so where the key is at fault", () => {
    expect(grade(loaded("right"), "invalid/ragged-row.json")).toMatchObject({
      score: 0,
      said: expect.stringContaining('AssertionError: {"error":{"code":"shape","file":"cell.json","place":"U_f[1]"'),
    });
  });
});

describe.skipIf(!hasPython)("Canvas' gradebook", () => {
  const script = recipe("python", "# canvas.py");
  const HEAD =
    "Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,Essay (77),Homework 6 (4712),Homework (66),Final Score\n";
  const MANUAL = ",,,,,,,Manual Posting,,\n";
  const possible = (points: string) => `    Points Possible,,,,,,10.00,${points},5.00,(read only)\n`;
  const ROWS = `"Doe, Jane ""JD""",101,s1,jane,,A,9.00,,,80
"Müller, Bo",102,s2,bo,,A,8.00,1.00,2.00,70
"Roe, Cy",103,s3,cy,,"A, B",7.00,0.50,,60
"Student, Test",104,,t1,,A,,,,
`;

  const fill = (
    files: Record<string, string>,
    { text = HEAD + MANUAL + possible("3.00") + ROWS, assignment = "Homework 6" } = {},
  ) => {
    const cwd = tree({ "cell.json": "homework6.json", in: null, ...files });
    writeFileSync(join(cwd, "gradebook.csv"), `\ufeff${text}`);
    writeFileSync(join(cwd, "canvas.py"), script);
    const args = ["canvas.py", "gradebook.csv", assignment, "cell.json", "in"];
    return runProgram("python3", args, cwd, { PYTHONIOENCODING: "utf-8" });
  };
  const HANDED_IN = {
    "in/doejane_101_9001_answer.json": "answers/transposed.json",
    "in/m\u00fcllerbo_LATE_102_9002_answer-1.json": "answers/right.json",
  };

  test("gets the points of those who handed in, and keeps the grades of all others", () => {
    const { stdout, stderr, status } = fill(HANDED_IN);
    expect([stderr, status]).toEqual(["", 0]);
    const { students, assignments, pointsPossible } = canvasGrades(stdout);
    expect(assignments).toEqual([{ title: "Homework 6", id: 4712 }]);
    expect(pointsPossible).toEqual(["3.00"]);
    expect(students).toEqual([
      { id: 101, name: 'Doe, Jane "JD"', grades: ["1.5"] },
      { id: 102, name: "Müller, Bo", grades: ["3"] },
      { id: 103, name: "Roe, Cy", grades: ["0.50"] },
      { id: 104, name: "Student, Test", grades: [""] },
    ]);
  });

  test.each([
    [
      "is worth something else",
      HANDED_IN,
      { text: HEAD + possible("5.00") + ROWS },
      "worth 5.00 points in Canvas, {3} here",
    ],
    ["is of somebody else", { "in/x_999_1_a.json": "answers/right.json" }, {}, "not in the gradebook: 999"],
    ["is not named by Canvas", { "in/jane.json": "answers/right.json" }, {}, "in/jane.json: no name that Canvas gives"],
    [
      "is the second of a student",
      { "in/a_101_1_a.json": "answers/right.json", "in/a_101_2_b.json": "answers/right.json" },
      {},
      "a second answer of 101",
    ],
    ["is of no such assignment", HANDED_IN, { assignment: "Homework 7" }, "not enough values to unpack"],
  ])("is left alone where an answer %s", (_, files, options, message) => {
    const { stdout, stderr, status } = fill(files as Record<string, string>, options);
    expect([stdout, status]).toEqual(["", 1]);
    expect(stderr).toContain(message);
  });

  test("is judged by the rules by which Canvas imports", () => {
    expect(() => canvasGrades("Name,ID,Section,x\n")).toThrow("no header");
    expect(() => canvasGrades("Student,ID,SIS Login ID,x (1)\n")).toThrow("Section");
    expect(() => canvasGrades("Student,ID,SIS Login ID,Section,x (1)\nA,1,a,s\n")).toThrow("4 fields");
    expect(() => canvasGrades("Student,ID,SIS Login ID,Section,x (1)\nA,1,a,s,one\n")).toThrow("no grade");
  });
});
