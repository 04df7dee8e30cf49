import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { fixture } from "../helpers/fixtures.ts";
import { errorSchema } from "../helpers/result-schemas.ts";
import { BIN, bash, cleanEnv, ROOT, requireBuild, runMain, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const folder = temporaryFolder();
// a name would come back
const { name: _, ...cell } = fixture("homework6.json");
const { x_t, ...atRest } = cell;
const ONE_STEP = { line: JSON.stringify(cell), other: JSON.stringify({ ...cell, h_prev: [0.5, -0.5] }) };
const { line } = ONE_STEP;
const SEQUENCE = {
  line: JSON.stringify({ ...atRest, x: [x_t, x_t] }),
  other: JSON.stringify({ ...atRest, x: [x_t] }),
};
/** Each with a cell, and the same with another state, so that each line has a result of its own. */
const COMMANDS = [
  ...["show", "forward", "jacobian", "optimum", "backward", "hessian", "check"].map((command) => ({
    command,
    ...ONE_STEP,
  })),
  { command: "sequence", ...SEQUENCE },
];

const ndjson = (command: string, input: string, ...flags: string[]) =>
  runMain(command === "grade" ? ["grade", CELL, "--ndjson", ...flags] : [command, "--ndjson", ...flags], { input });
const single = async (command: string, input: string) => (await runMain([command, "--json"], { input })).stdout;
const records = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as Record<string, unknown>);

describe.each(COMMANDS)("dlstm $command --ndjson", ({ command, line, other }) => {
  test("prints for each line what the command prints for that cell alone, in order", async () => {
    const { stdout, stderr, status } = await ndjson(command, `${line}\n${other}\n${line}\n`);
    const [own, ofOther] = [await single(command, line), await single(command, other)];
    expect([stdout, stderr, status]).toEqual([own + ofOther + own, "", 0]);
  });

  test.each(["table", "markdown", "latex"])("refuses --format %s, and takes --format json", async (format) => {
    const stderr = `dlstm: --format: ${format}, expected json or csv: --ndjson prints a result for each line\n`;
    expect(await ndjson(command, line, "--format", format)).toEqual({ stdout: "", stderr, status: 2 });
    expect((await ndjson(command, line, "--format", "json")).stdout).toBe(await single(command, line));
  });

  test("skips blank lines, takes CRLF, and a last line without a line feed", async () => {
    const { stdout, status } = await ndjson(command, `\n \t\r\n${line}\r\n\n${line}`);
    expect([stdout, status]).toEqual([(await single(command, line)).repeat(2), 0]);
  });

  test("tells bad lines in their place, and ends with 2", async () => {
    const bad = ['{"U_f":[[1', '{"U_f":[[1,2]]}', "[]", '{"U_f":[[1]],"U_f":[[1]]}', "null"];
    const { stdout, stderr, status } = await ndjson(command, [line, ...bad, line].join("\n"));
    const own = await single(command, line);
    expect([stderr, status]).toEqual(["", 2]);
    expect(stdout.startsWith(own) && stdout.endsWith(own)).toBe(true);
    const told = records(stdout).slice(1, -1);
    expect(told.map((record) => record.line)).toEqual([2, 3, 4, 5, 6]);
    for (const { line: _, ...error } of told) errorSchema.parse(error);
  });

  test("counts blank lines, so that the number is the file's", async () => {
    const { stdout } = await ndjson(command, `\n\n{\n${line}\n`);
    expect(records(stdout)[0]).toMatchObject({ line: 3, error: { code: "syntax" } });
  });

  test("refuses a line longer than --max-bytes alone, wherever the pieces of the input end", async () => {
    const long = `{"name":"${"x".repeat(300_000)}"}`;
    const input = `${line}\n${long}\n${line}\n`;
    const { stdout, status } = await ndjson(command, input, "--max-bytes", "2000");
    expect(status).toBe(2);
    expect(records(stdout)).toMatchObject([{ version: 1 }, { line: 2, error: { code: "too-large" } }, { version: 1 }]);
  });

  test("writes to a file with -o", async () => {
    const path = join(folder, `${command}.ndjson`);
    const { stdout, status } = await ndjson(command, `${line}\n{\n`, "-o", path);
    expect([stdout, status]).toEqual(["", 2]);
    expect(records(readFileSync(path, "utf8"))).toMatchObject([{ version: 1 }, { line: 2 }]);
  });

  test("prints nothing for nothing", async () => {
    expect(await ndjson(command, "")).toEqual({ stdout: "", stderr: "", status: 0 });
  });
});

describe("dlstm grade --ndjson", () => {
  const answer = async () => (await single("forward", line)).trimEnd();

  test("gives a verdict a line with its number; a bad line is that answer's zero", async () => {
    const wrong = '{"h_t":[1,2]}';
    const input = [await answer(), "", wrong, "{", await answer(), '{"h_t":[NaN,2]}'].join("\r\n");
    const { stdout, stderr, status } = await ndjson("grade", input);
    expect([stderr, status]).toEqual(["", 1]);
    expect(records(stdout)).toMatchObject([
      { line: 1, passed: true, error: null },
      { line: 3, passed: false, first_wrong: "h_t" },
      { line: 4, passed: false, score: 0, error: { code: "syntax" } },
      { line: 5, passed: true },
      { line: 6, tests: [{ diagnosis: "not-a-number" }] },
    ]);
  });

  test("ends with 0 where all are right", async () => {
    expect((await ndjson("grade", `${await answer()}\n${await answer()}`)).status).toBe(0);
  });

  test("ends with 0 where no answer came", async () => {
    expect(await ndjson("grade", "")).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(await ndjson("grade", "\n \n")).toEqual({ stdout: "", stderr: "", status: 0 });
  });

  test("waits for a pipe by name, which is the teacher's", async () => {
    writeFileSync(join(folder, "one.json"), `${await answer()}\n`);
    const pipe = join(folder, "pipe");
    const feed = `mkfifo ${pipe} && { (sleep 0.2; cat ${folder}/one.json ${folder}/one.json > ${pipe}) & }`;
    const { stdout, stderr, status } = bash(`${feed}\ndlstm grade ${CELL} ${pipe} --ndjson`);
    expect([stderr, status]).toEqual(["", 0]);
    expect(records(stdout)).toMatchObject([
      { line: 1, passed: true },
      { line: 2, passed: true },
    ]);
  });

  test("shows nothing raw of a line that cannot be read", async () => {
    const { stdout } = await ndjson("grade", '{"\u202e":1,"\u202e":1}\n');
    expect(records(stdout)).toMatchObject([{ line: 1, error: { code: "duplicate-key" } }]);
    expect(stdout).not.toMatch(/\p{Bidi_Control}/u);
  });

  test("says the same of an answer as a run of its own", async () => {
    const [{ line: number, ...verdict }] = records((await ndjson("grade", '{"h_t":[1,2],"x":1}')).stdout) as [
      Record<string, unknown>,
    ];
    expect(number).toBe(1);
    expect(verdict).toEqual(
      JSON.parse((await runMain(["grade", CELL, "--json"], { input: '{"h_t":[1,2],"x":1}' })).stdout),
    );
  });

  test("refuses two files, --batch, and other formats", async () => {
    for (const flags of [["a", "b"], ["--batch"], ["--format", "tap"]]) {
      expect((await runMain(["grade", CELL, "--ndjson", ...flags])).status).toBe(2);
    }
  });
});

/** A heap in which garbage is collected early, so that what grows is not garbage. */
const HEAP = "--max-semi-space-size=1 --max-old-space-size=24";

describe("the stream", () => {
  test("a missing file is an error of the call", async () => {
    for (const args of [
      ["forward", "nope.json"],
      ["grade", CELL, "nope.json"],
    ]) {
      const { stdout, stderr, status } = await runMain([...args, "--ndjson"]);
      expect([stdout, status]).toEqual(["", 2]);
      expect(stderr).toContain("nope.json: no such file");
    }
  });

  test("ends quietly where the reader has had enough, with the status that it would have had", async () => {
    const path = join(folder, "many.ndjson");
    const right = await single("forward", line);
    const runs = [
      { command: "forward", good: `${line}\n`, bad: 2 },
      { command: `grade ${CELL}`, good: right, bad: 1 },
    ];
    for (const { command, good, bad } of runs) {
      for (const [end, code] of [
        ["", 0],
        ["nonsense\n", bad],
      ] as const) {
        writeFileSync(path, good.repeat(5_000) + end);
        for (const input of [path, `- < ${path}`]) {
          const { stdout, stderr, status } = bash(`set -o pipefail; dlstm ${command} ${input} --ndjson | head -1`);
          expect([command, input, stderr, status]).toEqual([command, input, "", code]);
          expect(records(stdout)).toHaveLength(1);
        }
      }
    }
  });

  test("of a pipe without an end ends where the reader has had enough, and a line that is cut there is no bad one", () => {
    const endless = `yes '{"U_f":[[1]]}' | dd obs=1000003 2>/dev/null`;
    const { stdout, stderr, status } = bash(`${endless} | dlstm forward --ndjson | head -1; exit \${PIPESTATUS[2]}`);
    expect([stderr, status]).toEqual(["", 0]);
    expect(records(stdout)).toHaveLength(1);
  });

  test("takes as much memory for ten times the input", () => {
    const peak = (count: number) => {
      const path = join(folder, `${count}.ndjson`);
      if (!existsSync(path)) writeFileSync(path, `${line}\n`.repeat(count));
      const meter = join(ROOT, "test/bench/peak-memory.cjs");
      const { stdout } = bash(
        `"$DLSTM_NODE" ${HEAP} --require ${meter} "$DLSTM_BIN" forward ${path} --ndjson 3>&1 >/dev/null`,
      );
      return Number(stdout) / 1024;
    };
    const small = peak(5_000);
    expect(small).toBeGreaterThan(10);
    // MiB; the input grows by 15, the results by 30
    expect(peak(50_000) - small).toBeLessThan(12);
  });

  test("waits for a slow reader instead of gathering results", async () => {
    const PIECES = 200;
    let [taken, results] = [0, 0];
    const pieces = function* () {
      for (; taken < PIECES; taken++) yield Buffer.from(`${line}\n`.repeat(10));
    };
    let [wrote, resume]: (() => void)[] = [() => undefined, () => undefined];
    const atFirst = new Promise<void>((resolve) => {
      wrote = resolve;
    });
    const stdout = new Writable({
      write(chunk, _, done) {
        // the reader is away after the first result
        if (results > 0) done();
        else resume = done;
        results += String(chunk).split("\n").length - 1;
        wrote();
      },
    });
    const stdin = Readable.from(pieces(), { objectMode: false });
    const ended = main(["forward", "--ndjson"], { stdin, stdout, stderr: new Writable(), env: {} });
    await atFirst;
    // as many turns as all the rest could come in by
    for (let turn = 0; turn < 5 * PIECES; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect([taken > 0, taken < PIECES / 2, results]).toEqual([true, true, 10]);
    resume();
    expect([await ended, taken, results]).toEqual([0, PIECES, 10 * PIECES]);
  });

  test("a result follows its line at once, before the next comes", async () => {
    requireBuild();
    const child = spawn(process.execPath, [BIN, "forward", "--ndjson"], {
      env: cleanEnv(),
      stdio: ["pipe", "pipe", "ignore"],
    });
    for (let k = 0; k < 3; k++) {
      child.stdin.write(`${line}\n`);
      const [chunk] = await new Promise<[Buffer]>((resolve) => child.stdout.once("data", (data) => resolve([data])));
      expect(records(String(chunk))).toHaveLength(1);
    }
    child.stdin.end();
    expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0);
  });
});
