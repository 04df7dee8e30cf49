import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { GradeResult } from "../../src/grade/result.ts";
import type { Summary } from "../../src/grade/summary.ts";
import { fixture, fixtureNames, fixtureText } from "../helpers/fixtures.ts";
import { bash, run, runMain, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const folder = temporaryFolder();

/** A file with an answer, or with bytes that are none. */
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, content instanceof Uint8Array || typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

async function grade(args: readonly string[], input = "") {
  const { stdout, stderr, status } = await runMain(["grade", ...args, "--json"], { input });
  return { stderr, status, result: stdout === "" ? null : (JSON.parse(stdout) as GradeResult) };
}

type Class = { answers: (GradeResult & { file: string })[]; summary?: Summary };
const gradeClass = async (args: readonly string[]) => {
  const { result, ...rest } = await grade(args);
  return { ...rest, result: result as unknown as Class };
};

const right = JSON.parse(run([CELL, "--json"]).stdout) as { gates: { f: number[] }; h_t: number[] };
const RIGHT = file("right.json", right);
const WRONG = file("wrong.json", { ...right, h_t: [right.h_t[0], 0.5] });

const CELLS = fixtureNames(".").filter((name) => name.endsWith(".json"));

describe("dlstm cell --json | dlstm grade cell -", () => {
  test.each(CELLS)("gives full marks to every command's own result on %s", async (name) => {
    const cell = join("fixtures", name);
    const { x } = fixture(name);
    const commands =
      x === undefined ? [["show"], ["forward"], ["jacobian"], ["optimum"], ["backward"]] : [["backward"]];
    const more = [
      ["optimum", "--norm", "1", "--minimize", "--gate", "f"],
      ["jacobian", "--terms", "--of", "c_t,h_t", "--wrt", "h_prev,c_prev"],
    ];
    let count = 0;
    for (const command of x === undefined ? [...commands, ...more] : commands) {
      const [first, ...flags] = command as [string, ...string[]];
      const own = await runMain([first, cell, ...flags, "--json"]);
      // a partial cell has no gradients and no terms
      if (own.status !== 0) continue;
      const { result, stderr, status } = await grade([cell, "-"], own.stdout);
      expect([stderr, status, result!.passed], command.join(" ")).toEqual(["", 0, true]);
      expect(result!.score).toBe(result!.max_score);
      expect(result!.tests.length).toBeGreaterThan(0);
      count += 1;
    }
    expect(count).toBeGreaterThanOrEqual(x === undefined ? 4 : 1);
  });

  test("takes a result for the key just as well", async () => {
    const { result, status } = await grade([RIGHT, WRONG]);
    expect(status).toBe(1);
    expect(result).toMatchObject({ first_wrong: "h_t", hidden_size: 2 });
    expect((await grade([RIGHT, RIGHT])).status).toBe(0);
  });

  test("computes the key with the state of the flags", async () => {
    const own = run(["forward", CELL, "--h", "[1,2]", "--json"]).stdout;
    expect((await grade([CELL, "-"], own)).status).toBe(1);
    expect((await grade([CELL, "-", "--h", "[1,2]"], own)).status).toBe(0);
  });

  test("takes a step of a sequence", async () => {
    const own = run(["forward", "fixtures/sequence.json", "--step", "2", "--json"]).stdout;
    expect((await grade(["fixtures/sequence.json", "-", "--step", "2"], own)).status).toBe(0);
    expect((await grade(["fixtures/sequence.json", "-", "--step", "3"], own)).status).toBe(1);
  });
});

describe("the exit code of grade", () => {
  test("is 0 where all is right, and 1 where anything is wrong", async () => {
    expect((await grade([CELL, RIGHT, RIGHT])).status).toBe(0);
    expect((await grade([CELL, RIGHT, WRONG])).status).toBe(1);
  });

  test.each([
    ["the key is missing", ["nope.json"], "nope.json: no such file"],
    ["the key is no cell", ["fixtures/invalid/ragged-row.json"], "U_f[1]: 3 numbers"],
    ["the key's result is faulty", [file("key.json", { h_t: [1, "x"] })], "h_t[1]: no finite number"],
    ["a flag does not go with a result", [file("h.json", { h_t: [1] }), "--h", "[1]"], "--h-prev: not with a result"],
    ["a quantity does not exist", [CELL, "--require", "gates.g"], '"gates.g" is no quantity'],
    ["a quantity cannot be computed", ["fixtures/forget-gate-only.json", "--require", "h_t"], "h_t: required"],
    ["--points is no object", [CELL, "--points", file("p.json", [1])], "an array, expected an object"],
    ["points are no number", [CELL, "--points", file("q.json", { h_t: "1" })], "h_t: the text"],
    ["points are negative", [CELL, "--points", file("r.json", { h_t: -1 })], "--points h_t: -1"],
    ["--digits stands alone", [CELL, "--digits", "3"], "--digits: only with --compare"],
    ["sigfig has no digits", [CELL, "--compare", "sigfig"], "--digits: missing"],
    ["sigfig has none at all", [CELL, "--compare", "sigfig", "--digits", "0"], "--digits: 0, expected"],
    ["decdig meets --rtol", [CELL, "--compare", "decdig", "--digits", "3", "--rtol", "0.1"], "--rtol: not with"],
    ["--rtol is no number", [CELL, "--rtol", "x"], "--rtol: x, expected"],
    ["--atol is negative", [CELL, "--atol", "-1"], "--atol: -1, expected"],
    ["--hints is no word of ours", [CELL, "--hints", "some"], "--hints"],
    ["follow-through has no cell", [file("k.json", { h_t: [1] }), "--follow-through"], "--follow-through: the key"],
  ])("is 2 where %s", async (_, args, message) => {
    const [key, ...flags] = args as [string, ...string[]];
    const { stdout, stderr, status } = await runMain(["grade", key, RIGHT, ...flags]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain(message);
  });

  test.each(["gradescope", "prairielearn"])(
    "is 2 for a class in the format of %s, which holds one student",
    async (format) => {
      for (const args of [
        [RIGHT, WRONG],
        [RIGHT, "--batch"],
      ]) {
        const { stdout, stderr, status } = await runMain(["grade", CELL, ...args, "--format", format]);
        expect([stdout, status]).toEqual(["", 2]);
        expect(stderr).toContain("--format: ");
      }
      expect((await runMain(["grade", CELL, RIGHT, "--format", format])).status).toBe(0);
    },
  );

  test("is 2 where standard input is asked for twice", async () => {
    for (const args of [
      ["-", "-"],
      [CELL, "-", "-"],
      [CELL, "-", "--points", "-"],
      [CELL, "-", "--state", "-"],
    ]) {
      expect((await runMain(["grade", ...args])).stderr).toContain("standard input, asked for twice");
    }
  });

  test("is 2, with help, where nothing is given on a terminal", async () => {
    const { stderr, status } = await runMain(["grade", CELL], { interactive: true });
    expect(status).toBe(2);
    expect(stderr).toContain("Usage: dlstm grade");
  });
});

describe("a broken answer is that student's zero", () => {
  const deep = `${"[".repeat(1e4)}${"]".repeat(1e4)}`;
  const broken: [string, string, string][] = [
    ["missing", join(folder, "nope.json"), "no such file"],
    ["a directory", folder, "a directory"],
    ["a device", "/dev/zero", "a pipe or a device"],
    ["empty", file("empty.json", ""), "empty"],
    ["cut off", file("cut.json", '{"h_t":[1,'), ""],
    ["UTF-16", file("wide.json", Buffer.from('{"h_t":[1]}', "utf16le")), "UTF-16"],
    ["not UTF-8", file("latin.json", Buffer.from('{"é":1}', "latin1")), "not valid UTF-8"],
    ["too deep", file("deep.json", deep), "inside one another"],
    ["twice the same key", file("twice.json", '{"h_t":[1],"h_t":[2]}'), "stands again"],
    ["too large", file("large.json", `{"h_t":[${" ".repeat(1e6)}]}`), "more than 100000 bytes"],
  ];

  test.each(broken)("%s", async (_, path, message) => {
    const { result, stderr, status } = await gradeClass([CELL, path, RIGHT, "--max-bytes", "100000"]);
    expect([stderr, status]).toEqual(["", 1]);
    expect(result.answers[0]).toMatchObject({ score: 0, passed: false });
    expect(result.answers[0]!.error!.message).toContain(message);
    expect(result.answers[1]).toMatchObject({ passed: true, error: null });
  });

  test("also a named pipe that nobody writes to", () => {
    const { stdout, status } = bash(
      `mkfifo ${join(folder, "pipe")} && dlstm grade ${CELL} ${join(folder, "pipe")} --json`,
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({ code: "io" });
  });

  test("but a pipe that the shell opens is read", () => {
    expect(bash(`dlstm grade ${CELL} <(cat ${RIGHT})`)).toMatchObject({ status: 0, stderr: "" });
  });

  test("earns nothing of what was required", async () => {
    const { result } = await grade([CELL, broken[0]![1], "--require", "h_t,gates.f"]);
    expect(result).toMatchObject({ score: 0, max_score: 2, tests: [{ name: "gates.f" }, { name: "h_t" }] });
  });

  test("and what others get does not depend on it", async () => {
    const others = await gradeClass([CELL, RIGHT, WRONG]);
    const evil = file(
      "evil.json",
      '{"__proto__":{"passed":true,"score":99},"score":99,"passed":true,"h_t":[NaN,1e999],"toString":1}',
    );
    const { result } = await gradeClass([CELL, evil, RIGHT, evil, WRONG, ...broken.map(([, path]) => path)]);
    expect([result.answers[1], result.answers[3]]).toEqual(others.result.answers);
    expect(result.answers[0]).toMatchObject({ score: 0, max_score: 1, passed: false });
  });

  test("a hostile name and hostile keys show nothing raw, in any format", async () => {
    const path = file("\u001b[31m\u202e<b>&.json", '{"\u202e\\u001b]0;x":1,"h_t":[1,2]}');
    for (const format of ["table", "json", "csv", "gradescope", "prairielearn", "junit", "tap"]) {
      const { stdout } = await runMain(["grade", CELL, path, "--format", format]);
      expect(stdout).not.toBe("");
      expect(stdout).not.toMatch(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u);
    }
  });
});

describe("what a teacher can ask for", () => {
  test("--require counts what is missing", async () => {
    const { result, status } = await grade(
      [CELL, "-", "--require", "h_t, gates.f"],
      JSON.stringify({ h_t: right.h_t }),
    );
    expect(status).toBe(1);
    expect(result).toMatchObject({ score: 1, max_score: 2, graded: "required", first_wrong: "gates.f" });
  });

  test("--points weighs", async () => {
    const points = file("points.json", { h_t: 3, "gates.f": 0.1 });
    const { result } = await grade([CELL, WRONG, "--points", points]);
    expect(result).toMatchObject({ score: 1.6, max_score: 3.1 });
  });

  test("--partial all gives nothing for half", async () => {
    expect((await grade([CELL, WRONG, "--require", "h_t"])).result!.score).toBe(0.5);
    expect((await grade([CELL, WRONG, "--require", "h_t", "--partial", "all"])).result!.score).toBe(0);
  });

  test.each([
    // h_t is 0.294601, -0.059991 in six digits
    [[], 0.2946, 0.29469],
    [["--rtol", "0.01"], 0.297, 0.298],
    [["--rtol", "0", "--atol", "0.001"], 0.2948, 0.295],
    [["--rtol", "0", "--atol", "0.001", "--atol-absolute"], 0.2955, 0.2957],
    [["--compare", "relabs", "--rtol", "0", "--atol", "0.001"], 0.2955, 0.2957],
    [["--compare", "sigfig", "--digits", "2"], 0.2996, 0.2999],
    [["--compare", "decdig", "--digits", "1"], 0.345, 0.346],
  ])("the tolerance of %j accepts %d, not %d", async (flags, near, far) => {
    const ask = (h: number) => grade([CELL, "-", ...flags], JSON.stringify({ h_t: [h, right.h_t[1]] }));
    expect((await ask(near)).status).toBe(0);
    expect((await ask(far)).status).toBe(1);
  });

  test("--hints says as much as is wished", async () => {
    const { U_f } = fixture<{ U_f: number[][] }>("homework6.json");
    const ask = async (how: string) =>
      (await grade([CELL, "-", "--hints", how], JSON.stringify({ jacobian: { f: { h_prev: U_f } } }))).result!.tests[0];
    expect(await ask("none")).toMatchObject({ diagnosis: null, hint: null });
    expect(await ask("id")).toMatchObject({ diagnosis: "missing-sigma-prime", hint: null });
    expect((await ask("full"))!.hint).not.toBeNull();
  });

  test("--follow-through accepts what follows from an earlier slip", async () => {
    // with o wrong from the start, h_t = o ∘ tanh(c_t)
    const { c_t } = JSON.parse(run([CELL, "--json"]).stdout) as { c_t: number[] };
    const o = [0.5, 0.25];
    const answer = JSON.stringify({ gates: { o }, h_t: c_t.map((c, k) => o[k]! * Math.tanh(c)) });
    expect((await grade([CELL, "-"], answer)).result).toMatchObject({ score: 0 });
    expect((await grade([CELL, "-", "--follow-through"], answer)).result).toMatchObject({
      score: 1,
      tests: [{ status: "failed" }, { status: "passed", followed: ["gates.o"] }],
    });
  });
});

describe("a class", () => {
  test("gives a result a file, in order, and with --batch a summary", async () => {
    const plain = await gradeClass([CELL, WRONG, RIGHT]);
    expect(plain.result.answers.map((answer) => answer.file)).toEqual([WRONG, RIGHT]);
    expect(plain.result).not.toHaveProperty("summary");
    const { result } = await gradeClass([CELL, WRONG, RIGHT, join(folder, "nope.json"), "--batch"]);
    expect(result.answers.slice(0, 2)).toEqual(plain.result.answers);
    expect(result.summary).toMatchObject({ answers: 3, passed: 1, unreadable: 1 });
    expect(result.summary!.mean).toBeCloseTo((10.5 / 11 + 1 + 0) / 3, 12);
    expect(result.summary!.quantities.find(({ name }) => name === "h_t")).toEqual({
      name: "h_t",
      answers: 2,
      passed: 1,
      mean: 0.75,
    });
  });

  test("--batch of one answer has the same shape", async () => {
    const { result } = await gradeClass([CELL, RIGHT, "--batch"]);
    expect(result.answers).toHaveLength(1);
    expect(result.summary).toMatchObject({ answers: 1, passed: 1, mean: 1, diagnoses: [] });
  });

  test("names the commonest mistakes first", async () => {
    const { U_f } = fixture<{ U_f: number[][] }>("homework6.json");
    const sigma = file("sigma.json", { jacobian: { f: { h_prev: U_f } } });
    const sign = file("sign.json", { h_t: right.h_t.map((h) => -h), c_t: [1, 2, 3] });
    const { result } = await gradeClass([CELL, sign, sigma, sigma, "--batch"]);
    expect(result.summary!.diagnoses).toEqual([
      { diagnosis: "missing-sigma-prime", answers: 2, quantities: 2 },
      expect.objectContaining({ answers: 1 }),
      expect.objectContaining({ answers: 1 }),
    ]);
  });

  test("shows no progress in a pipe", async () => {
    expect((await runMain(["grade", CELL, RIGHT, "--batch"])).stderr).toBe("");
  });
});

describe("-o of grade", () => {
  test("writes the whole, or leaves what was there", async () => {
    const target = join(folder, "results.json");
    expect((await runMain(["grade", CELL, WRONG, "--format", "gradescope", "-o", target])).status).toBe(1);
    const before = JSON.parse(textOf(target));
    expect(before.tests).toHaveLength(11);
    expect((await runMain(["grade", "nope.json", WRONG, "--format", "gradescope", "-o", target])).status).toBe(2);
    expect(JSON.parse(textOf(target))).toEqual(before);
  });

  test("leaves nothing behind in a folder that does not exist", async () => {
    const target = join(folder, "none", "results.json");
    expect((await runMain(["grade", CELL, RIGHT, "-o", target])).status).toBe(2);
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes(".tmp"))).toEqual([]);
  });
});

function textOf(path: string): string {
  return bash(`cat ${path}`).stdout;
}

test("a grade on a terminal is coloured, and in a file never", async () => {
  const target = join(folder, "table.txt");
  const env = { TERM: "xterm-256color", LANG: "C.UTF-8" };
  expect((await runMain(["grade", CELL, WRONG], { columns: 80, env })).stdout).toContain("\u001b[31m");
  await runMain(["grade", CELL, WRONG, "-o", target], { columns: 80, env });
  expect(textOf(target)).not.toContain("\u001b");
});

test("a folder of hundreds of answers is graded in one run", () => {
  const many = join(folder, "many");
  mkdirSync(many);
  for (let k = 0; k < 300; k++)
    writeFileSync(join(many, `${k}.json`), k % 3 === 0 ? fixtureText("homework6.json") : JSON.stringify(right));
  const { stdout, stderr, status } = bash(`dlstm grade ${CELL} ${many}/*.json --batch --json`);
  expect([stderr, status]).toEqual(["", 1]);
  expect((JSON.parse(stdout) as Class).summary).toMatchObject({ answers: 300, passed: 200 });
});
