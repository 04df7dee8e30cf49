import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DlstmError, describeProblem } from "../../src/errors.ts";
import { parseJson } from "../../src/input/json.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { CELL, file, RIGHT } from "../cli/grade/ask.ts";
import { fixtureText } from "../helpers/fixtures.ts";
import { runMain } from "../helpers/run.ts";

/** Words of the language that the program is written in, which are none of those that it speaks. */
const JAVASCRIPT =
  /\bundefined\b|\[object|\bNaN\b|\bInfinity\b|\b(Type|Range|Syntax|Reference)Error\b|Symbol\(|\bBigInt\b/;

/** The words in the text that nobody but the program can have put there: what a student wrote is quoted back. */
function ownWords(text: string, given: string): string[] {
  return [...text.matchAll(new RegExp(JAVASCRIPT, "g"))].map(([word]) => word).filter((word) => !given.includes(word));
}

const CORPUS = new URL("../../../shared/cases/grading/", import.meta.url);
const UNIT_TWICE = new URL("../../../shared/cases/faults/unit-twice.answer.json", import.meta.url);

interface Case {
  readonly cell: string;
  readonly answer?: unknown;
  readonly raw?: string;
  readonly args?: readonly string[];
}

const texts = (cases: readonly Case[]) => cases.map(({ raw, answer }) => raw ?? JSON.stringify(answer));

describe.skipIf(!existsSync(CORPUS))("no word of JavaScript reaches a student, of the corpus in ../shared", () => {
  const lines = existsSync(CORPUS) ? readFileSync(new URL("given.jsonl", CORPUS), "utf8").trim().split("\n") : [];
  const groups = new Map<string, Case[]>();
  for (const one of lines.map((line): Case => JSON.parse(line))) {
    const name = [one.cell, ...(one.args ?? [])].join(" ");
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }

  test.each([...groups])("%s", async (_, cases) => {
    const [{ cell, args = [] }] = cases as [Case, ...Case[]];
    const given = texts(cases);
    const files = given.map((text, k) => file(`corpus-${k}.json`, text));
    for (const format of ["json", "table"]) {
      const key = new URL(`cells/${cell}`, CORPUS).pathname;
      const { stdout, stderr } = await runMain(["grade", key, ...files, ...args, "--format", format]);
      expect(stdout).not.toBe("");
      expect(ownWords(stdout + stderr, given.join("\n"))).toEqual([]);
    }
  });
});

test.skipIf(!existsSync(UNIT_TWICE))("the unit that stands twice costs its own share", async () => {
  const { stdout } = await runMain(["grade", CELL, UNIT_TWICE.pathname, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ score: 0.5, max_score: 1 });
  expect(ownWords(stdout, "")).toEqual([]);
});

/** Every kind of value, at every place that an answer or a cell has. */
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(null, true, "", "2", "max", "inf", 0, -1, 1e308, 1.5, [], {}, [[]], [{}], [null]),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        ...["gates", "f", "u", "h_t", "c_t", "jacobian", "h_prev", "terms", "loss", "gradient", "U_f", "W_i", "b_o"],
        ...["optimum", "norm", "goal", "unit", "activation", "preactivation", "__proto__", "constructor", "x", "dh_t"],
      ),
      tie("value"),
      { maxKeys: 6 },
    ),
  ),
})).value;

test("no word of JavaScript reaches a student, of answers that mean harm", async () => {
  const given = [
    ...fc.sample(anything, { seed: 11, numRuns: 150 }).map((value) => JSON.stringify(value)),
    ...cutOff(fixtureText("homework6.json")),
    ...cutOff(readFileSync(RIGHT, "utf8")),
    '{"h_t":[,]}',
    '{"h_t":[1e999,-1e999,nan]}',
    '{"optimum":{"gates":{"f":[{"unit":0},{"unit":0,"h_prev":null},{"unit":1,"h_prev":{}}]}}}',
    '{"optimum":{"gates":{"f":[null,[],{"unit":"0","h_prev":[1]}]},"norm":[],"goal":{}}}',
    '{"loss":[[]],"gates":{"f":[{},[]]},"jacobian":{"f":{"h_prev":[{},{}]}}}',
  ];
  const files = given.map((text, k) => file(`harm-${k}.json`, text));
  for (const flags of [[], ["--require", "loss,h_t,optimum.2.max.f.h_prev,jacobian.f.h_prev"], ["--follow-through"]]) {
    for (const format of ["table", "json", "csv", "junit", "tap"]) {
      const { stdout } = await runMain(["grade", CELL, ...files, ...flags, "--format", format]);
      expect(stdout).not.toBe("");
      expect(ownWords(stdout, given.join("\n"))).toEqual([]);
    }
  }
});

test("nor in an error about a cell", () => {
  const seen = fc.sample(anything, { seed: 12, numRuns: 500 }).flatMap((value) => {
    const text = JSON.stringify(value);
    try {
      parseCell(parseJson(text), "cell.json");
      return [];
    } catch (error) {
      if (!(error instanceof DlstmError)) throw error;
      return error.problems.map((problem) => [describeProblem(problem), ...ownWords(describeProblem(problem), text)]);
    }
  });
  expect(seen.length).toBeGreaterThan(400);
  expect(seen.filter(([, ...words]) => words.length > 0)).toEqual([]);
});

test("the judge of words finds what is planted, and leaves what was given", () => {
  expect(ownWords("undefined for unit 0", "{}")).toEqual(["undefined"]);
  expect(ownWords("[0] is NaN of 3, [object Object]", "{}")).toEqual(["NaN", "[object"]);
  expect(ownWords("NaN is not JSON", '{"a":NaN}')).toEqual([]);
});

/** The text, cut in a dozen places. */
function cutOff(text: string): string[] {
  return Array.from({ length: 12 }, (_, k) => text.slice(0, Math.floor((text.length * k) / 12)));
}
