import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bash, runMain } from "../../helpers/run.ts";
import { CELL, file, folder, grade, gradeClass, RIGHT, WRONG } from "./ask.ts";

describe("a broken answer is that student's zero", () => {
  const deep = `${"[".repeat(1e4)}${"]".repeat(1e4)}`;
  const broken: [string, string, string][] = [
    ["missing", join(folder, "nope.json"), "no such file"],
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

  test("an entry that is not zero but reads as zero earns nothing, and the rest is graded", async () => {
    const zero = file("zero.json", { U_f: [[0.5]], U_i: [[0]], U_o: [[0]], U_u: [[0]], h_prev: [0], c_prev: [0] });
    const { result } = await grade([zero, file("tiny.json", '{"h_t":[1e-400],"c_t":[0]}')]);
    expect(result).toMatchObject({
      score: 1,
      max_score: 2,
      tests: [
        { name: "c_t", score: 1 },
        { name: "h_t", score: 0 },
      ],
    });
    expect(result?.tests[1].diagnosis).toBe("not-a-number");
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
