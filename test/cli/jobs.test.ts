/** Lines that several threads share come out as one thread writes them: byte by byte, with its stderr and its exit code. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleCell } from "../../src/input/example.ts";
import { jsonLine } from "../../src/render/json.ts";
import { bash, run, runMain, temporaryFolder } from "../helpers/run.ts";

const folder = temporaryFolder();
const cell = (seed: number) => jsonLine(exampleCell(4, 3, seed)).trimEnd();
const KEY = join(folder, "key.json");
writeFileSync(KEY, cell(0));

/** Kinds of lines, by what they are in a stream of cells, of states and of answers. */
const LINES = [
  cell(1),
  JSON.stringify({ id: 7, ...JSON.parse(cell(2)) }),
  '{"id":"a","h_prev":[1,2,3,4],"x_t":[1,2,3]}',
  '{"h_prev":[1,2]}',
  '{"id":3,"U_f":[[1,2]]}',
  "{",
  "",
  " \t",
  '{"f":[0.1,0.2,0.3,0.4]}',
  `{"name":"${"x".repeat(9000)}"}`,
  "\u00e9",
];
const RUNS = [
  ["show", "--ndjson", "-"],
  ["forward", "--ndjson", "-", "--format", "csv", "--max-bytes", "6000"],
  ["forward", KEY, "--states", "-"],
  ["backward", KEY, "--states", "-", "--format", "csv", "--keep-going"],
  ["check", KEY, "--states", "-"],
  ["grade", KEY, "--ndjson", "-"],
];

test.each(RUNS)("dlstm %s %s %s: the jobs write what one would", (...args) => {
  // many pieces, of a size that ends within lines
  const lines = fc.sample(fc.constantFrom(...LINES), { numRuns: 400, seed: 17 });
  const input = lines.join("\n");
  const alone = run(args, { input });
  expect(alone.stdout.length).toBeGreaterThan(5e4);
  expect(run([...args, "--jobs", "3"], { input })).toEqual(alone);
});

describe("files", () => {
  const hall = join(folder, "class");
  mkdirSync(hall);
  const right = run(["forward", KEY, "--json"]).stdout;
  const contents = [
    right,
    '{"h_t":[1,2]}',
    "{",
    right.replace("0.", "1."),
    '{"f":[0.1,0.2,0.3,0.4]}',
    cell(1),
    cell(2),
    '{"U_f":[[1,2]]}',
  ];
  const paths = contents.map((text, k) => {
    const path = join(hall, `s${k}.json`);
    writeFileSync(path, text);
    return path;
  });

  test.each([
    ["check", ...paths],
    ["check", ...paths, "--json"],
    ["forward", ...paths, join(hall, "none.json"), hall, join(paths[0], "none.json"), "--format", "csv"],
    ["grade", KEY, hall],
    ["grade", KEY, ...paths, "--batch", "--json"],
    ["grade", KEY, ...paths, paths[0], "--format", "csv", "--require", "h_t,gates"],
    ["grade", KEY, hall, "--summary"],
  ])("dlstm %s: the jobs write what one would", (...args) => {
    const alone = run(args);
    expect(alone.stdout.length).toBeGreaterThan(100);
    expect(run([...args, "--jobs", "2"])).toEqual(alone);
  });

  test("a key that cannot tell is told once", () => {
    const key = join(folder, "huge.json");
    writeFileSync(key, JSON.stringify({ U_f: [[1e308]], b_f: [1e308], h_prev: [1] }));
    const args = ["grade", key, ...paths.slice(0, 3)];
    expect(run([...args, "--jobs", "2"])).toEqual(run(args));
  });
});

describe("the jobs", () => {
  const stream = join(folder, "cells.ndjson");
  writeFileSync(stream, `${Array.from({ length: 500 }, (_, seed) => cell(seed)).join("\n")}\n`);
  const forward = ["forward", "--ndjson", stream, "--jobs", "2"];

  test("write to a file", () => {
    const path = join(folder, "out.ndjson");
    expect(run([...forward, "-o", path])).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(readFileSync(path, "utf8")).toBe(run(forward.slice(0, 3)).stdout);
  });

  test("end quietly where nobody reads any more, with the exit code of all lines", () => {
    expect(bash(`dlstm ${forward.join(" ")} | head -1 > /dev/null`)).toEqual({ stdout: "", stderr: "", status: 0 });
    // of a pipe nothing more is read
    const bad = join(folder, "bad.ndjson");
    writeFileSync(bad, `${readFileSync(stream, "utf8")}{\n`);
    const command = `dlstm forward --ndjson - --jobs 2 < '${bad}' | head -1 > /dev/null`;
    expect(bash(command)).toEqual({ stdout: "", stderr: "", status: 2 });
  });

  test("answer a line before the next comes", () => {
    const answered = `coproc dlstm forward --ndjson - --jobs 2; echo '{"U_f":[[0]]}' >&"\${COPROC[1]}"; read -r line <&"\${COPROC[0]}"; echo "$line"`;
    expect(bash(answered).stdout).toContain('"gates":{"f":[0.5]}');
  });

  test("say once what is said once, and a wrong flag once", () => {
    const assumed = JSON.stringify({ "l.weight_ih_l0": [[1]], a: 1 });
    const input = `${assumed}\n`.repeat(5);
    const alone = run(["forward", "--ndjson", "-"], { input });
    expect(run(["forward", "--ndjson", "-", "--jobs", "2"], { input })).toEqual(alone);
    expect(run([...forward, "--h", "[1,"])).toEqual(run([...forward.slice(0, 3), "--h", "[1,"]));
    expect(run(["forward", "--ndjson", "none.ndjson", "--jobs", "2"])).toEqual(
      run(["forward", "--ndjson", "none.ndjson"]),
    );
  });

  test.each([
    [["show", KEY, "--jobs", "2"], "--jobs: of one cell, expected several files, --ndjson or --states"],
    [["forward", "--ndjson", "-", "--jobs", "0"], "--jobs: 0, expected a whole number from 1 to 64"],
    [["grade", KEY, "-", "--jobs", "2"], "--jobs: with an answer on standard input, expected files"],
  ])("are refused by dlstm %j", async (args, message) => {
    expect(await runMain(args, { input: "" })).toEqual({ stdout: "", stderr: `dlstm: ${message}\n`, status: 2 });
  });

  test("need files for what each of them reads", () => {
    const message = (what: string) => `dlstm: --jobs: ${what}; expected a file, which each job reads\n`;
    expect(bash(`dlstm forward - --states '${stream}' --jobs 2 < '${KEY}'`).stderr).toBe(
      message("with standard input beside what the jobs share"),
    );
    const { stderr } = bash(`dlstm forward <(cat '${KEY}') --states '${stream}' --jobs 2`);
    expect(stderr).toMatch(
      /^dlstm: --jobs: with \/dev\/fd\/\d+, which can be read once; expected a file, which each job reads\n$/,
    );
  });
});
