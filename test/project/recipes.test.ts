/** The scripts for graders on the page about grading, run in trees like theirs. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { gradescopeSchema, junitSchema, parseXml, prairielearnSchema } from "../helpers/grader-schemas.ts";
import { ANSWERS, grading, recipe, runScript, tree } from "../helpers/recipes.ts";
import { ROOT } from "../helpers/run.ts";

const read = (...path: string[]) => readFileSync(join(...path), "utf8");

describe("the bash autograder", () => {
  const script = recipe("bash", "# grade.sh");

  test("writes a row a student", () => {
    const cwd = tree({
      "cell.json": "homework6.json",
      ...Object.fromEntries(ANSWERS.map((name) => [`in/${name}.json`, `answers/${name}.json`])),
    });
    expect(runScript(script, cwd, ["cell.json", "in"])).toEqual({
      stdout: "some are wrong, see marks.csv\n",
      stderr: "",
      status: 0,
    });
    const rows = read(cwd, "marks.csv").trimEnd().split("\n").slice(1);
    expect(rows.map((row) => row.split(",").slice(0, 4).join())).toEqual([
      "in/cut-off.json,0,3,false",
      "in/missing-sigma-prime.json,2,3,false",
      "in/right.json,3,3,true",
      "in/transposed.json,1.5,3,false",
    ]);
  });

  test("says so where all are right, and ends with 2 where the key is missing", () => {
    const cwd = tree({ "cell.json": "homework6.json", "in/a.json": "answers/right.json" });
    expect(runScript(script, cwd, ["cell.json", "in"])).toMatchObject({ stdout: "all right\n", status: 0 });
    expect(runScript(script, cwd, ["none.json", "in"]).status).toBe(2);
  });

  test.each([
    ["in", "in: empty, expected answers such as NAME.json or NAME/answer.json"],
    ["in/", "in/: empty, expected answers such as NAME.json or NAME/answer.json"],
  ])("marks nobody for a folder without answers: %s", (name, message) => {
    const cwd = tree({ "cell.json": "homework6.json", in: null });
    expect(runScript(script, cwd, ["cell.json", name])).toEqual({
      stdout: "",
      stderr: `dlstm: ${message}\nthe key or the call is at fault\n`,
      status: 2,
    });
    expect(existsSync(join(cwd, "marks.csv"))).toBe(false);
  });

  test("takes names with spaces as they are", () => {
    const cwd = tree({ "cell.json": "homework6.json", "in/a b.json": "answers/right.json" });
    expect(runScript(script, cwd, ["cell.json", "in"])).toMatchObject({ stdout: "all right\n", status: 0 });
    expect(read(cwd, "marks.csv")).toContain("\nin/a b.json,3,3,true");
  });
});

describe("the script that makes a cell of each student's own", () => {
  const script = recipe("bash", "# cells.sh");

  test("makes them, and the file by which they are graded", () => {
    const cwd = tree({ in: null });
    expect(runScript(script, cwd, ["ann", "Doe, Bob"])).toEqual({ stdout: "", stderr: "", status: 0 });
    const solve = 'for cell in cells/*.json; do dlstm "$cell" --json > "in/$(basename "$cell")"; done';
    const grade = "dlstm grade --key-per-student cells.csv in --summary";
    const { stdout, stderr, status } = runScript(`${solve}\ncmp -s cells/*.json || ${grade}`, cwd);
    expect([stdout.split("\n")[0], stderr, status]).toEqual(["2 answers: 2 all right", "", 0]);
  });
});

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const ARCHIVE = `dlstm-${version}.tgz`;

describe("Gradescope's setup.sh", () => {
  const script = recipe("bash", "# setup.sh");
  /** Runs it where apt-get, npm and n only note what they were told, and one of them may fail. */
  const setUp = (failing: string | null) => {
    const root = tree({ tools: null });
    for (const tool of ["apt-get", "npm", "n"]) {
      const noted = `#!/bin/sh\necho "${tool} $*"\nexit ${tool === failing ? 1 : 0}\n`;
      writeFileSync(join(root, "tools", tool), noted, { mode: 0o755 });
    }
    const first = `PATH=${join(root, "tools")}:$PATH\n`;
    return runScript(first + script, root, [], { AUTOGRADER_ROOT: root });
  };

  test("installs Node 20 and the archive that npm pack makes", () => {
    const { stdout, ...rest } = setUp(null);
    expect(rest).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^n 20$/m);
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(new RegExp(`^npm install --global .*/source/${ARCHIVE}$`));
  });

  test.each(["apt-get", "npm", "n"])("fails where %s does", (tool) => {
    expect(setUp(tool).status).toBe(1);
  });

  test("is zipped with all that the scripts read", () => {
    expect(grading.text).toContain(`zip autograder.zip setup.sh run_autograder cell.json ${ARCHIVE}`);
  });
});

describe("Gradescope's run_autograder", () => {
  const script = recipe("bash", "# run_autograder");
  const grade = (answer: string | null, cell = "homework6.json") => {
    const files = { "source/cell.json": cell, results: null };
    const root = tree(
      answer === null
        ? { ...files, submission: null }
        : { ...files, "submission/answer.json": `answers/${answer}.json` },
    );
    const outcome = runScript(script, root, [], { AUTOGRADER_ROOT: root });
    return { ...outcome, root, results: join(root, "results", "results.json") };
  };

  test.each([
    ["right", 3],
    ["missing-sigma-prime", 2],
    ["cut-off", 0],
    [null, 0],
  ])("scores the answer %s with %d, and does not fail", (answer, score) => {
    const { results, ...outcome } = grade(answer);
    expect(outcome).toMatchObject({ stdout: "", stderr: "", status: 0 });
    const { tests, ...rest } = gradescopeSchema.parse(JSON.parse(read(results)));
    expect(rest.score).toBe(score);
    expect(tests.map(({ name }) => name)).toEqual(["gates.f", "h_t", "jacobian.f.h_prev"]);
  });

  test("fails where the key is at fault, and writes no results", () => {
    const { status, results } = grade("right", "invalid/ragged-row.json");
    expect([status, existsSync(results)]).toEqual([1, false]);
  });
});

describe("PrairieLearn's external grader", () => {
  const script = recipe("bash", "# run.sh");

  test.each([
    ["right", { gradable: true, score: 1 }],
    ["transposed", { gradable: true, score: 0.5 }],
    ["cut-off", { gradable: false }],
  ])("grades the answer %s", (answer, expected) => {
    const root = tree({ "tests/cell.json": "homework6.json", "student/answer.json": `answers/${answer}.json` });
    expect(runScript(script, root, [], { GRADE_ROOT: root })).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(prairielearnSchema.parse(JSON.parse(read(root, "results", "results.json")))).toMatchObject(expected);
  });

  test.each(["{}", "[1]", '{"c_t":[1,2]}'])(
    "takes no attempt for %s, which holds nothing that is required",
    (answer) => {
      const root = tree({ "tests/cell.json": "homework6.json", student: null });
      writeFileSync(join(root, "student/answer.json"), answer);
      expect(runScript(script, root, [], { GRADE_ROOT: root })).toEqual({ stdout: "", stderr: "", status: 0 });
      expect(JSON.parse(read(root, "results", "results.json"))).toMatchObject({ gradable: false });
    },
  );
});

describe("PrairieLearn's image and options", () => {
  test("have the archive that npm pack makes, and the script as the entry point", () => {
    const image = recipe("dockerfile", "FROM node:");
    expect(image.match(/dlstm-[\d.]+\.tgz/g)).toEqual([ARCHIVE, ARCHIVE]);
    const options = JSON.parse(`{${recipe("json", "externalGradingOptions")}}`);
    expect(options.externalGradingOptions).toMatchObject({ enabled: true, entrypoint: "/grade/tests/run.sh" });
  });
});

describe("the job on GitHub Actions", () => {
  const steps = [...recipe("yaml", "runs-on:").matchAll(/^ +- run: (.*)$/gm)].map(([, command]) => command!);

  test("installs the archive that npm pack makes, and grades", () => {
    expect(steps).toHaveLength(2);
    expect(steps[0]).toContain(ARCHIVE);
    expect(steps[1]).toMatch(/^dlstm grade /);
  });

  test.each([
    ["right", 0, "0"],
    ["transposed", 1, "1"],
  ])("the answer %s ends the job with %d", (answer, status, failures) => {
    const root = tree({ "cell.json": "homework6.json", "answer.json": `answers/${answer}.json` });
    expect(runScript(steps[1]!, root)).toMatchObject({ stderr: "", status });
    expect(junitSchema.parse(parseXml(read(root, "results.xml"))).attributes.failures).toBe(failures);
  });
});
