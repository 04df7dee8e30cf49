import { describe, expect, test } from "vitest";
import { DlstmError } from "../../src/errors.ts";
import { type AnswerLimits, parseAnswerJson } from "../../src/input/answer-json.ts";
import { blocksRun, bytesAllocated } from "../helpers/counted-work.ts";

const problem = (text: string, limits?: AnswerLimits) => {
  try {
    parseAnswerJson(text, "student.json", limits);
  } catch (error) {
    if (error instanceof DlstmError) return error.problems[0];
    throw error;
  }
  throw new Error("accepted");
};

describe("a student's JSON", () => {
  test("may hold the bare words that Python writes, as numbers, and null as MATLAB does", () => {
    const text = '{"c_t": [NaN, Infinity, -Infinity, null, 0.5], "h_t":NaN}';
    expect(parseAnswerJson(text, null)).toEqual({ c_t: [NaN, Infinity, -Infinity, null, 0.5], h_t: NaN });
    expect(parseAnswerJson("NaN", null)).toBeNaN();
    expect(parseAnswerJson("[[NaN]\n,\t-Infinity ]", null)).toEqual([[NaN], -Infinity]);
    expect(parseAnswerJson("[1e999,-1e999]", null)).toEqual([Infinity, -Infinity]);
  });

  test("keeps words in text and in keys as they are", () => {
    const text = '{"NaN":"Infinity","a\\"NaN":["NaN, \\\\",-0],"\\\\":"x"}';
    expect(parseAnswerJson(text, null)).toEqual(JSON.parse(text));
  });

  test.each([
    ["[nan]", "line 1, column 2"],
    ["[inf]", "line 1, column 2"],
    ["[-NaN]", "line 1, column 2"],
    ["[+Infinity]", "line 1, column 2"],
    ["[NaNs]", "line 1, column 2"],
    ["[1NaN]", "line 1, column 2"],
    ["[--Infinity]", "line 1, column 2"],
    ["{NaN:1}", "line 1, column 2"],
    ["{Infinity :1}", "line 1, column 2"],
    ["[NaN NaN]", "line 1, column 6"],
    ["[NaN,\nInfinity,\n .5]", "line 3, column 2"],
    ["[Infinity,]", "line 1, column 10"],
    ["[None]", "line 1, column 2"],
    ["[1,]", "line 1, column 3"],
    ['["NaN', "line 1, column 6"],
    ["", "line 1, column 1"],
  ])("is strict in all else: %s", (text, place) => {
    expect(problem(text)).toMatchObject({ code: "syntax", file: "student.json", place });
  });

  test("has each key once", () => {
    expect(problem('{"gates":{"f":[NaN],"f":[1]}}')).toMatchObject({ code: "duplicate-key", place: "gates.f" });
    expect(problem('{"__proto__":1,"__proto__":2}')).toMatchObject({ code: "duplicate-key" });
  });

  test("is no longer and no deeper than the limits", () => {
    const limits = { length: 20, depth: 3, parts: 7 };
    expect(parseAnswerJson("[[[1]],[[2]],[[3]]]", null, limits)).toEqual([[[1]], [[2]], [[3]]]);
    expect(problem("[[[\n[1]]]]", limits)).toMatchObject({ code: "too-large", place: "line 2, column 1" });
    expect(problem(`[${"1,".repeat(20)}1]`, limits)).toMatchObject({ code: "too-large", place: null });
    expect(parseAnswerJson("[[],[],[],[],[],{}]", null, limits)).toHaveLength(6);
    expect(problem("[[],[],[],[],[],[],[]]", { ...limits, length: 30 })).toMatchObject({
      code: "too-large",
      place: null,
    });
    expect(problem("[".repeat(1_000_000))).toMatchObject({ code: "too-large" });
    expect(problem('{"a":'.repeat(1_000_000))).toMatchObject({ code: "too-large" });
  });

  test.each<[string, (n: number) => string]>([
    ["quotes", (n) => '"'.repeat(2 * n + 1)],
    ["backslashes", (n) => `"${"\\".repeat(2 * n)}`],
    ["NaN upon NaN", (n) => "NaN".repeat(n)],
    ["NaN beside NaN", (n) => `[${"NaN ".repeat(n)}]`],
    ["white space behind a NaN", (n) => `[NaN${" ".repeat(n)}`],
    ["brackets", (n) => "]".repeat(n)],
    ["numbers", (n) => `[${"0,".repeat(n)}`],
  ])("is read with work that grows with its length only: %s", (_, text) => {
    const work = (n: number) => blocksRun(() => expect(problem(text(n)).code).toBe("syntax"));
    const half = work(10_000);
    expect(half).toBeGreaterThan(5_000);
    expect(work(20_000) / half).toBeLessThan(2.1);
  });

  test("takes hardly more work and memory for a NaN among many numbers", () => {
    const text = (word: string) => `[${"0,".repeat(200_000)}${word}]`;
    const read = (word: string) => () => expect(parseAnswerJson(text(word), null)).toHaveLength(200_001);
    expect(blocksRun(read("Infinity"))).toBeLessThan(1000);
    expect(blocksRun(read("NaN")) / 200_001).toBeLessThan(7);
    // a walk over the keys of the array as texts makes a text of each
    expect(bytesAllocated(read("NaN")) / bytesAllocated(read("Infinity"))).toBeLessThan(2);
  });

  test("sets no prototype, with or without NaN beside it", () => {
    for (const text of ['{"__proto__":{"polluted":NaN},"a":NaN}', '{"constructor":{"prototype":{"polluted":1}}}']) {
      const value = parseAnswerJson(text, null) as object;
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect("polluted" in value || "polluted" in {}).toBe(false);
    }
  });
});
