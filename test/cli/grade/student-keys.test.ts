/** A cell of each student's own. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bash, runMain } from "../../helpers/run.ts";
import { type Class, folder, gradeClass, handedIn } from "./ask.ts";

const keys = join(folder, "keys");
mkdirSync(keys);

/** A cell that `schema cell --example` makes, and the right answer to it. */
async function example(seed: number) {
  const cell = (await runMain(["schema", "cell", "--example", "--seed", String(seed)])).stdout;
  writeFileSync(join(keys, `${seed}.json`), cell);
  return JSON.parse((await runMain(["--json"], { input: cell })).stdout) as { h_t: number[] };
}
const [first, second] = [await example(1), await example(2)];

let files = 0;
function rows(text: string): string {
  files += 1;
  const path = join(folder, `cells-${files}.csv`);
  writeFileSync(path, text);
  return path;
}

const CLASS = handedIn({ "ann.json": first, "bob/answer.json": second, "zoe.json": first });
const of = (csv: string, ...answers: string[]) => gradeClass(["--key-per-student", csv, ...answers]);

describe("--key-per-student", () => {
  test("grades each by the cell of that student's row, relative to the file", async () => {
    const csv = rows("student,cell\nann,keys/1.json\nbob,keys/2.json\nzoe,keys/2.json\n");
    const { result, stderr, status } = await of(csv, CLASS);
    expect([stderr, status]).toEqual(["", 1]);
    expect(result.answers.map(({ passed }) => passed)).toEqual([true, true, false]);
    expect(result.summary).toMatchObject({ answers: 3, passed: 2, unreadable: 0 });
  });

  test("takes files too, by their names", async () => {
    const { result, status } = await of(rows("ann,keys/1.json\n"), join(CLASS, "ann.json"));
    expect([result, status]).toMatchObject([{ passed: true }, 0]);
  });

  test("makes the student without a row that student's error, and nobody else's", async () => {
    const csv = rows("ann,keys/1.json\nbob,keys/2.json\n");
    const { result, stderr, status } = await of(csv, CLASS, "--require", "h_t,c_t");
    expect([stderr, status]).toEqual(["", 1]);
    expect(result.answers.map(({ max_score }) => max_score)).toEqual([2, 2, 2]);
    expect(result.answers[2]).toMatchObject({
      ...{ score: 0, passed: false, gradable: false, first_wrong: "c_t", tests: [{ name: "c_t" }, { name: "h_t" }] },
      error: { code: "missing", message: `no row for "zoe" in ${csv}, expected one: student,cell` },
    });
  });

  test("takes two answers of one student, wherever they are, for an error", async () => {
    const more = handedIn({ "ann.json": first });
    const { result, status } = await of(rows("ann,keys/1.json\nbob,keys/2.json\nzoe,keys/1.json\n"), CLASS, more);
    expect(status).toBe(1);
    expect(result.answers.map(({ error }) => error?.code ?? null)).toEqual(["ambiguous", null, null]);
    expect(result.answers[0]!.error!.message).toContain("2 answers of one student, expected one: ");
  });

  test("tells a cell that overflows by its name, and ends with 2 when all are graded", async () => {
    const gates = ["f", "i", "o", "u"].flatMap((g) => [[`U_${g}`, [[0.1]]] as const, [`W_${g}`, [[0]]] as const]);
    const state = { x_t: [1e200], h_prev: [0.5], c_prev: [0.7], dh_t: [1e200] };
    writeFileSync(join(keys, "huge.json"), JSON.stringify({ ...Object.fromEntries(gates), ...state }));
    const root = handedIn({ "ann.json": { gradient: { W_f: [[1]] } }, "bob.json": second });
    const { result, stderr, status } = await of(rows("ann,keys/huge.json\nbob,keys/2.json\n"), root);
    expect([status, result.answers.map(({ passed }) => passed)]).toEqual([2, [false, true]]);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "overflow", place: "gradient.W_f[0][0]" }, count: 1 });
  });

  test("reads a student's own mistakes by the own cell, and many who share a few", async () => {
    const names = Array.from({ length: 40 }, (_, k) => `s${k}`);
    const answers = Object.fromEntries(names.map((name, k) => [`${name}.json`, k % 2 === 0 ? first : second]));
    const csv = rows(names.map((name, k) => `${name},keys/${(k % 2) + 1}.json\n`).join(""));
    expect((await of(csv, handedIn(answers))).result.summary).toMatchObject({ answers: 40, passed: 40 });
  });

  test("finds a name however its accents are stored", async () => {
    const root = handedIn({ "Jose\u0301.json": first });
    expect((await of(rows("Jos\u00e9,keys/1.json"), root)).status).toBe(0);
  });

  test("takes a cell's numbers from flags too", async () => {
    const { status } = await of(rows("ann,keys/1.json"), join(CLASS, "ann.json"), "--h", "9 9");
    expect(status).toBe(1);
  });
});

test("takes a flag that is wrong for the flag's fault, and no cell's", async () => {
  const { stderr, status } = await runMain(["grade", "--key-per-student", rows("ann,keys/1.json"), CLASS, "--h", "a"]);
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^dlstm: --h-prev\[0\]: a is not a number/)]);
});

describe("ends with 2, and grades nobody", () => {
  test.each([
    [
      "a cell that is not there",
      "student,cell\nann,keys/1.json\nbob,none.json\n",
      "line 3: ",
      "none.json: no such file",
    ],
    ["a student's answer for a cell", "ann,keys/1.json\nbob,keys/no-cell.json\n", "line 2: ", "expected JSON, "],
    ["a cell with a row that is too short", "ann,keys/ragged.json\n", "line 1: ", "U_f[1]: 1 number, expected 2"],
    [
      "a cell that lacks what is asked for",
      "ann,keys/partial.json\n",
      "line 1: ",
      "h_t: required, but",
      "--require",
      "h_t",
    ],
    ["a folder for a cell", "ann,keys\n", "line 1: ", "keys: a directory, expected a file"],
    ["no row", "", "", "no row, expected student,cell"],
    ["a student twice", "ann,a\nann,b", "line 2: ", "ann stands on line 1 too"],
    ["a row that is too long", "ann,a\nbob,b,c\n", "line 2: ", "3 fields, expected 2: student,cell"],
    ["a row without a cell", "ann,keys/1.json\nbob,\n", "line 2: ", "no cell, expected student,cell"],
    ["a quote that is not closed", 'ann,"keys/1.json\n', "line 1: ", "a quote that is not closed"],
  ])("%s", async (_, text, place, message, ...args) => {
    writeFileSync(join(keys, "no-cell.json"), "private: 1, 2, 3");
    writeFileSync(join(keys, "ragged.json"), '{"U_f":[[1,2],[3]]}');
    writeFileSync(join(keys, "partial.json"), '{"U_f":[[1]],"h_prev":[1]}');
    const csv = rows(text);
    const { stdout, stderr, status } = await runMain(["grade", "--key-per-student", csv, CLASS, ...args]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain(`dlstm: ${csv}: ${place}`);
    expect(stderr).toContain(message);
  });

  test.each([
    [["-"], "standard input, which tells no student's name"],
    [[CLASS, "--ndjson"], "--ndjson"],
    [[CLASS, "--points", "-", "--key-per-student", "-"], "standard input, asked for twice"],
    [[CLASS, "--require", "nonsense"], '"nonsense" is no quantity'],
  ])("with %s", async (args, message) => {
    const csv = rows("ann,keys/1.json");
    const { stdout, stderr, status } = await runMain(["grade", "--key-per-student", csv, ...args]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain(message);
  });
});

test("a class with cells of their own, from the cells on, in a shell", () => {
  const root = handedIn({});
  const { stdout, stderr, status } = bash(
    `cd "${root}" && mkdir cells in && echo student,cell > cells.csv
    for seed in 11 12 13; do
      dlstm schema cell --example --seed $seed -o cells/$seed.json
      echo "student $seed,cells/$seed.json" >> cells.csv
      dlstm cells/$seed.json --json > "in/student $seed.json"
    done
    cp "in/student 11.json" "in/student 12.json"
    dlstm grade --key-per-student cells.csv in --json`,
  );
  expect([stderr, status]).toEqual(["", 1]);
  expect((JSON.parse(stdout) as Class).answers.map(({ passed }) => passed)).toEqual([true, false, true]);
});
