import { readFileSync, rmSync } from "node:fs";
import { Readable, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { bash, run } from "../../helpers/run.ts";
import { CELL, type Class, file, RIGHT, WRONG } from "./ask.ts";

/** As small a heap as a container may have. */
const SMALL_HEAP = { NODE_OPTIONS: "--max-old-space-size=64" };

describe("an answer of many times the numbers that its key has", () => {
  const huge = (name: string, head: string, unit: string, tail: string) =>
    file(name, head + unit.repeat(24e6 / unit.length) + tail);

  test("costs that student alone, where the heap is small too", () => {
    const answers = [
      huge("numbers.json", '{"h_t":[', "1,", "1]}"),
      huge("objects.json", '{"h_t":[', "{},", "1]}"),
      huge("text.json", '{"name":"é', "x", '"}'),
    ];
    const { stdout, stderr, status } = run(["grade", CELL, RIGHT, ...answers, WRONG, "--json"], { env: SMALL_HEAP });
    for (const path of answers) rmSync(path);
    expect([stderr, status]).toEqual(["", 1]);
    const [right, ...others] = (JSON.parse(stdout) as Class).answers;
    const wrong = others.pop();
    expect(right).toMatchObject({ passed: true, error: null });
    expect(wrong).toMatchObject({ score: 10.5, error: null });
    expect(others.map(({ score, error }) => [score, error!.code])).toEqual(Array(3).fill([0, "too-large"]));
    expect(others.map(({ error }) => error!.message)).toEqual([
      expect.stringMatching(/^more than \d+ numbers, expected at most as many: the key has no use for more$/),
      expect.stringMatching(/^more than \d+ numbers/),
      "takes more memory to read than this run has for one answer; expected a shorter one",
    ]);
  });

  test("is a zero on its line of a stream", () => {
    const line = `{"h_t":[${"1,".repeat(1e5)}1]}`;
    const right = readFileSync(RIGHT, "utf8").trim();
    const { stdout, status } = run(["grade", CELL, "--ndjson"], { input: `${right}\n${line}\n${right}\n` });
    expect(status).toBe(1);
    const verdicts = stdout
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text));
    expect(verdicts.map(({ passed, error }) => [passed, error?.code])).toEqual([
      [true, undefined],
      [false, "too-large"],
      [true, undefined],
    ]);
  });

  test("is read where the key has a use for it", () => {
    const wide = file("wide-cell.json", run(["schema", "cell", "--example", "--hidden", "100"]).stdout);
    const every = ["--of", "f,i,o,u,c_t,tanh_c_t,h_t", "--wrt", "h_prev,c_prev"];
    const answer = run(["jacobian", wide, ...every, "--json"]).stdout;
    // more numbers than any answer to a small key may have
    expect(answer.split(",").length).toBeGreaterThan(1e5);
    expect(run(["grade", wide, "-", "--json"], { input: answer })).toMatchObject({ status: 0, stderr: "" });
    expect(run(["grade", CELL, "-", "--json"], { input: answer }).stdout).toContain("the key has no use for more");
  });
});

describe("each verdict is written as it is known", () => {
  /** What is on stdout when the last answer, which comes on stdin, is read. */
  async function writtenBefore(flags: readonly string[]): Promise<string> {
    let written = "";
    let before = "";
    const sink = () =>
      new Writable({
        write(chunk, _, done) {
          written += chunk;
          done();
        },
      });
    const stdin = new Readable({
      read() {
        before = written;
        this.push(readFileSync(RIGHT));
        this.push(null);
      },
    });
    const status = await main(["grade", CELL, WRONG, RIGHT, "-", ...flags], {
      ...{ stdin, stdout: sink(), stderr: sink(), env: {} },
    });
    expect(status).toBe(1);
    expect(written.length).toBeGreaterThan(before.length);
    return before;
  }

  test.each([
    ["table", RIGHT],
    ["json", `{"file":"${RIGHT}"`],
    ["tap", `ok 2 - ${RIGHT}`],
  ])("as %s", async (format, second) => {
    expect(await writtenBefore(["--format", format])).toContain(second);
    expect(await writtenBefore(["--format", format, "--batch"])).toContain(second);
  });

  test.each(["csv", "junit"])("or as %s at the end, since the first line speaks of all", async (format) => {
    expect(await writtenBefore(["--format", format])).toBe("");
  });

  test("and where nobody reads them any more, the exit code is still that of all", () => {
    for (const [answers, status] of [
      [`${RIGHT} ${RIGHT} ${WRONG}`, 1],
      [`${RIGHT} ${RIGHT}`, 0],
    ] as const) {
      const script = `{ sleep 0.1; dlstm grade ${CELL} ${answers}; } | true`;
      expect(bash(script)).toEqual({ stdout: "", stderr: "", status });
    }
  });
});
