import { describe, expect, test } from "vitest";
import { DlstmError } from "../../src/errors.ts";
import { type AnswerLimits, parseAnswerJson } from "../../src/input/answer-json.ts";

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

  test("is read in time that grows with its length only", () => {
    const hostile = [
      '"'.repeat(200_001),
      `"${"\\".repeat(400_000)}`,
      "NaN".repeat(200_000),
      `[${"NaN ".repeat(200_000)}]`,
      "]".repeat(400_000),
    ];
    const start = performance.now();
    for (const text of hostile) expect(problem(text).code).toBe("syntax");
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test("takes hardly longer for a NaN among millions of numbers", () => {
    const timeOf = (word: string) => {
      const text = `[${"0,".repeat(2_000_000)}${word}]`;
      const times = [1, 2, 3].map(() => {
        const start = performance.now();
        expect(parseAnswerJson(text, null)).toHaveLength(2_000_001);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    // a walk over the keys of the array as texts made it six times as long
    expect(timeOf("NaN") / timeOf("Infinity")).toBeLessThan(3);
  });

  test("sets no prototype, with or without NaN beside it", () => {
    for (const text of ['{"__proto__":{"polluted":NaN},"a":NaN}', '{"constructor":{"prototype":{"polluted":1}}}']) {
      const value = parseAnswerJson(text, null) as object;
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect("polluted" in value || "polluted" in {}).toBe(false);
    }
  });
});
