import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exampleCell } from "../../src/input/example.ts";
import { jsonLine } from "../../src/render/json.ts";
import { readCsv } from "../helpers/csv.ts";
import { fixture } from "../helpers/fixtures.ts";
import { run, runMain, temporaryFolder } from "../helpers/run.ts";
import { temporaryFile } from "../helpers/temporary-file.ts";

const CELL = "fixtures/homework6.json";
const PYTORCH = ["fixtures/weights/pytorch.safetensors", "--layer", "0"];
const folder = temporaryFolder();

type Json = Record<string, unknown>;
const states = (args: readonly string[], lines: readonly (Json | string)[]) =>
  runMain([...args, "--states", "-"], {
    input: lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""),
  });
const records = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as Json);

const { x_t: _, h_prev: __, c_prev: ___, name: ____, ...weights } = JSON.parse(jsonLine(exampleCell(3, 2, 5))) as Json;
const WEIGHTS = temporaryFile(weights);
const vector = (seed: number, length: number) =>
  Array.from({ length }, (_, k) => Math.sin(1 + seed * 12.9898 + k * 78.233) * 2 ** ((seed * 7 + k * 3) % 11));
const stepState = (seed: number) => ({
  x_t: vector(seed, 2),
  h_prev: vector(seed + 1, 3),
  c_prev: vector(seed + 2, 3),
});
const sequenceState = (seed: number) => ({
  x: [vector(seed, 2), vector(seed + 1, 2)],
  h_prev: vector(seed + 2, 3),
  dh_t: [vector(seed + 3, 3), vector(seed + 4, 3)],
});

describe.each([
  ["show", stepState],
  ["forward", stepState],
  ["jacobian", stepState],
  ["optimum", stepState],
  ["backward", stepState],
  ["check", stepState],
  ["backward", sequenceState],
  ["sequence", sequenceState],
  ["check", sequenceState],
] as const)("dlstm %s --states", (command, stateOf) => {
  test("prints for each line what the cell with that state gives alone, behind its id", async () => {
    const lines = [0, 1, 2].map((seed): object => stateOf(seed));
    const alone = await Promise.all(
      lines.map((line) => runMain([command, "--json"], { input: JSON.stringify({ ...weights, ...line }) })),
    );
    const expected = alone.map(({ stdout }, id) => `{"id":${id},${stdout.slice(1)}`).join("");
    const told = await states(
      [command, WEIGHTS],
      lines.map((line, id) => ({ id, ...line })),
    );
    expect(told).toEqual({ stdout: expected, stderr: "", status: 0 });
  });

  test("tells a wrong length in its place, and goes on", async () => {
    const bad = { id: "bad", ...stateOf(1), h_prev: [1, 2] };
    const { stdout, stderr, status } = await states([command, WEIGHTS], [stateOf(0), bad, stateOf(2)]);
    expect([stderr, status]).toEqual(["", 2]);
    const message = "2 numbers, expected 3 (the hidden size)";
    const error = { code: "shape", file: "stdin", place: "h_prev", message };
    expect(records(stdout)[1]).toEqual({ line: 2, id: "bad", error, more: [], count: 1 });
    expect(records(stdout)).toMatchObject([{ version: 1 }, {}, { version: 1 }]);
  });
});

describe("the weights of a state's line", () => {
  test("are those of any file, by the real binary", () => {
    const path = join(folder, "states.ndjson");
    writeFileSync(path, '{"id":1,"h_prev":[0.25,-1,0.5]}\n\n{"id":2,"x_t":[1,2]}\n');
    const { stdout, stderr, status } = run(["forward", ...PYTORCH, "--states", path]);
    expect([stderr, status]).toEqual(["", 0]);
    const alone = run(["forward", ...PYTORCH, "--json", "--h", "[0.25,-1,0.5]"]);
    expect(stdout.split("\n")[0]).toBe(`{"id":1,${alone.stdout.trimEnd().slice(1)}`);
  });

  test("may come from standard input", async () => {
    const path = join(folder, "one.ndjson");
    writeFileSync(path, '{"h_prev":[1,0,0]}\n');
    const input = JSON.stringify(weights);
    const { stdout } = await runMain(["forward", "--states", path], { input });
    const alone = await runMain(["forward", "--json", "--h", "[1,0,0]"], { input });
    expect(stdout).toBe(alone.stdout);
  });
});

describe("precedence with --states", () => {
  const cell = { ...weights, x_t: [1, 2], h_prev: [1, 1, 1], c_prev: [1, 1, 1] };
  const file = temporaryFile(cell);
  const state = temporaryFile({ h_prev: [2, 2, 2], c_prev: [2, 2, 2] });
  const alone = async (own: object) =>
    (await runMain(["forward", "--json"], { input: JSON.stringify({ ...cell, ...own }) })).stdout;

  test("is the line's key, then --state, then the file", async () => {
    const { stdout } = await states(["forward", file, "--state", state], [{ c_prev: [3, 3, 3] }, {}]);
    const expected = [
      { h_prev: [2, 2, 2], c_prev: [3, 3, 3] },
      { h_prev: [2, 2, 2], c_prev: [2, 2, 2] },
    ];
    expect(stdout).toBe((await Promise.all(expected.map(alone))).join(""));
  });

  test("takes one input instead of the other", async () => {
    const sequence = temporaryFile({
      ...weights,
      x: [
        [1, 2],
        [3, 4],
      ],
    });
    expect((await states(["forward", sequence], [{ x_t: [1, 2], h_prev: [1, 1, 1], c_prev: [1, 1, 1] }])).stdout).toBe(
      await alone({}),
    );
    const own = await runMain(["sequence", sequence, "--json"]);
    expect(
      (
        await states(
          ["sequence", file],
          [
            {
              x: [
                [1, 2],
                [3, 4],
              ],
              h_prev: [0, 0, 0],
            },
          ],
        )
      ).status,
    ).toBe(0);
    expect((await states(["sequence", sequence], [{}])).stdout).toBe(own.stdout);
  });

  test("without it is the flag, then --state, then the cell, on lines of --ndjson too", async () => {
    const args = ["forward", "--ndjson", "--state", state, "--c", "[3,3,3]"];
    const { stdout } = await runMain(args, { input: JSON.stringify(cell) });
    expect(stdout).toBe(await alone({ h_prev: [2, 2, 2], c_prev: [3, 3, 3] }));
  });
});

describe("the errors of a state's line", () => {
  test.each<[string, string, string]>([
    ['{"x":[[1,2,3]]}', "x", "a sequence of 1 step, expected x_t: this command computes one step"],
    ['{"x_t":[1,2,3],"x":[[1,2,3]]}', "x", "given beside x_t"],
    ['{"h_prev":[1,"a"]}', "h_prev[1]", 'the text "a", expected a finite number'],
    ['{"h_prev":[1,1e999]}', "h_prev[1]", "beyond the range of a double"],
    ['{"h_prev":[1,1e-999]}', "h_prev[1]", "nearer to it than any double"],
    ['{"h_prev":5}', "h_prev", "5, expected an array"],
    ['{"U_f":[[1]]}', "U_f", "unknown key, expected a key of the state"],
    ["[1,2]", "", "an array, expected a JSON object"],
    ['{"id":1.5}', "id", "1.5, expected text or an integer within ±9007199254740992"],
    ['{"id":null}', "id", "null, expected text or an integer"],
    ['{"id":9007199254740993}', "id", "9007199254740993, expected text or an integer within ±9007199254740992"],
    ['{"x":{"id":1},"id" : -12345678901234567890}', "id", "-12345678901234567890, expected text"],
    ['{"id":1e400}', "id", "1e400, expected text"],
    ['{"id":1,"id":2}', "id", 'the key "id" stands again'],
  ])("%s", async (line, place, message) => {
    const { stdout, status } = await states(["forward", CELL], [line]);
    expect(status).toBe(2);
    const [told] = records(stdout) as [{ line: number; error: Json }];
    expect(told).toMatchObject({ line: 1, error: { file: "stdin", place: place || null } });
    expect(told.error.message).toContain(message);
  });

  test("of weights that lack a W stand on each line with an x_t", async () => {
    const partial = temporaryFile({ U_f: [[1]] });
    const { stdout, status } = await states(["jacobian", partial], [{ h_prev: [1] }, { x_t: [1] }]);
    expect(status).toBe(2);
    const error = { code: "missing", file: partial, place: "W_f" };
    expect(records(stdout)).toMatchObject([{ version: 1 }, { line: 2, error }]);
  });

  test("of weights that lack what is asked for name their file too, or none where flags are the weights", async () => {
    const partial = temporaryFile({ U_f: [[1]] });
    const told = await states(["jacobian", "--of", "c_t", partial], [{ h_prev: [1] }]);
    const [error, ...more] = ["U_i", "U_u"].map((place) => ({ file: partial, place }));
    expect(records(told.stdout)).toMatchObject([{ line: 1, error, more }]);
    const flags = await states(["jacobian", "--U-f", "1"], [{ x_t: [1] }, { h_prev: [1, 2] }]);
    expect(records(flags.stdout)).toMatchObject([
      { line: 1, error: { file: null, place: "W_f" } },
      { line: 2, error: { file: "stdin", place: "h_prev" } },
    ]);
  });
});

describe("dlstm --states refuses", () => {
  test.each<[string[], string]>([
    [[CELL, "--h", "[1,2]"], "--h-prev: not with --states, whose lines give the state"],
    [[CELL, "--dh", "[1,2]"], "--dh-t: not with --states"],
    [["-"], "--states: standard input, which is the cell already"],
    [[], "--states: standard input, which is the cell already"],
    [[CELL, "--state", "-"], "--state: standard input, which is the states already"],
    [[CELL, CELL], "--states: 2 files, expected one"],
    [[CELL, "--ndjson"], "option '--states <file>' cannot be used with option '--ndjson'"],
    [[CELL, "--heatmap"], "cannot be used with option '--heatmap'"],
  ])("%j", async (args, message) => {
    const { stdout, stderr, status } = await runMain(["backward", ...args, "--states", "-"], { input: "{}" });
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain(message);
  });

  test("a file that is not there, once and for all", async () => {
    const { stdout, stderr, status } = await runMain(["forward", CELL, "--states", "nope.ndjson", "--keep-going"]);
    expect([stdout, stderr, status]).toEqual(["", "dlstm: nope.ndjson: no such file\n", 2]);
  });

  test("--keep-going where no line may be bad", async () => {
    for (const args of [[CELL], [CELL, CELL]]) {
      const { stderr, status } = await runMain(["forward", ...args, "--keep-going"]);
      expect([stderr, status]).toEqual([
        "dlstm: --keep-going: only with --ndjson or --states, whose lines may be bad\n",
        2,
      ]);
    }
  });

  test("--answer and --steps-format, which are of one cell", async () => {
    expect((await states(["check", CELL, "--answer", CELL], [{}])).stderr).toContain("--answer: of many cells");
    const { stderr } = await states(["sequence", CELL, "--steps-format", "ndjson"], [{}]);
    expect(stderr).toContain("--steps-format: of many cells");
  });
});

describe("--keep-going", () => {
  test("lets bad lines stand in their places, and ends with 0", async () => {
    const lines = [{ h_prev: [1] }, { h_prev: [1, 2] }];
    const told = await states(["forward", CELL], lines);
    const kept = await states(["forward", CELL, "--keep-going"], lines);
    expect([told.status, kept.status]).toEqual([2, 0]);
    expect(kept.stdout).toBe(told.stdout);
  });
});

describe("--format csv of a stream", () => {
  test("is one table with the id in front, or the line behind, by which the rows of a line are known", async () => {
    const lines = [{ id: -5, ...stepState(0) }, stepState(1), { id: '=a,"\n', ...stepState(2) }, stepState(0)];
    const { stdout, stderr, status } = await states(["forward", WEIGHTS, "--format", "csv"], lines);
    expect([stderr, status]).toEqual(["", 0]);
    const [head, ...rows] = readCsv(stdout);
    expect(head).toEqual(["id", "quantity", "wrt", "row", "column", "value", "line"]);
    const names = [...new Set(rows.map((row) => `${row[0]}|${row[6]}`))];
    expect(names).toEqual(["-5|", "|2", "'=a,\"\\x0a|", "|4"]);
    const alone = await runMain(["forward", "--format", "csv"], {
      input: JSON.stringify({ ...weights, ...stepState(0) }),
    });
    const ofFirst = rows.filter(([id]) => id === "-5").map((row) => row.slice(1, 6));
    expect(ofFirst).toEqual(readCsv(alone.stdout).slice(1));
  });

  test("tells each bad line in its place, and on stderr what is wrong with the first ten", async () => {
    const bad12 = Array.from({ length: 12 }, (_, k) => (k === 2 ? { id: "x\u202e", h_prev: [1] } : { h_prev: [1] }));
    const { stdout, stderr, status } = await states(["forward", CELL, "--format", "csv"], bad12);
    const rows = bad12.map((_, k) => (k === 2 ? "x\\u202e,error,shape,,,1,\n" : `,error,shape,,,1,${k + 1}\n`));
    expect([stdout, status]).toEqual([`id,quantity,wrt,row,column,value,line\n${rows.join("")}`, 2]);
    const told = stderr.trimEnd().split("\n");
    expect(told[1]).toBe("dlstm: stdin: line 2: h_prev: 1 number, expected 2 (the hidden size)");
    expect(told[2]).toBe('dlstm: stdin: line 3 (id "x\\u202e"): h_prev: 1 number, expected 2 (the hidden size)');
    expect([told.length, told.at(-1)]).toEqual([11, "dlstm: and 2 more bad lines"]);
    // Node itself has something to say about a stream that is listened to ten times
    const bad = `${JSON.stringify(bad12[0])}\n`.repeat(20);
    const real = run(["forward", CELL, "--states", "-", "--format", "csv"], { input: bad });
    expect(real.stderr.trimEnd().split("\n")).toHaveLength(11);
  });
});

describe("id and name", () => {
  const cell = fixture("homework6.json");

  test("come back from lines of cells, in results and errors, only where given", async () => {
    const { name: _, ...nameless } = cell;
    const lines = [{ ...cell, id: "a", name: "n\u202e" }, { id: 0, name: "short", ...nameless, h_prev: [1] }, nameless];
    const { stdout } = await runMain(["forward", "--ndjson"], {
      input: lines.map((one) => JSON.stringify(one)).join("\n"),
    });
    const told = records(stdout);
    expect(told[0]).toMatchObject({ id: "a", name: "n\u202e", version: 1 });
    expect(told[1]).toMatchObject({ line: 2, id: 0, name: "short", error: { place: "h_prev" } });
    expect(Object.keys(told[2]!)).not.toEqual(expect.arrayContaining(["id"]));
    expect(Object.keys(told[2]!)[0]).toBe("version");
    expect(stdout).not.toContain("\u202e");
  });

  test("come back from answers, whose verdicts keep their line", async () => {
    const answer = records((await states(["forward", CELL], [{ id: "k", h_prev: cell.h_prev }])).stdout)[0];
    const { stdout } = await runMain(["grade", CELL, "--ndjson"], { input: JSON.stringify(answer) });
    expect(records(stdout)[0]).toMatchObject({ line: 1, id: "k", passed: true, notes: [] });
  });

  test("of a foreign cell's line too; an id in a file is an unknown key as ever", async () => {
    const foreign = { id: 3, weight_ih_l0: [[1], [1], [1], [1]], weight_hh_l0: [[1], [1], [1], [1]] };
    const { stdout } = await runMain(["forward", "--ndjson"], { input: JSON.stringify(foreign) });
    expect(records(stdout)[0]).toMatchObject({ id: 3, version: 1 });
    const { stderr } = await runMain(["forward"], { input: JSON.stringify({ ...cell, id: 3 }) });
    expect(stderr).toContain("stdin: id: unknown key");
  });

  test("of an integer come back as they were, up to ±2⁵³ and with the sign of zero", async () => {
    const ids = ["9007199254740992", "-9007199254740992", "-0"];
    const input = ids.map((id) => `{"h_prev":[0.5,1],"\\u0069d":${id}}`).join("\n");
    const args = ["forward", CELL, "--states", "-"];
    const { stdout } = await runMain(args, { input });
    expect(stdout.split("\n").map((line) => /^{"id":([^,]+),/.exec(line)?.[1])).toEqual([...ids, undefined]);
    const table = readCsv((await runMain([...args, "--format", "csv"], { input })).stdout).slice(1);
    expect([...new Set(table.map(([id]) => id))]).toEqual(ids);
  });
});
