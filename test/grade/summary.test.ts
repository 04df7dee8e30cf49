import { describe, expect, test } from "vitest";
import type { GradeResult, GradeTest } from "../../src/grade/result.ts";
import { shareOf, summaryOf } from "../../src/grade/summary.ts";

function testOf(name: string, score: number, more: Partial<GradeTest> = {}): GradeTest {
  const status = score === 1 ? "passed" : "failed";
  return {
    ...{ name, score, max_score: 1, status, message: "", diagnosis: null, follows: null, hint: null, worst: null },
    ...{ right: 0, entries: 1, map: null, followed: [], ...more },
  };
}

function resultOf(...tests: GradeTest[]): GradeResult {
  const sum = (key: "score" | "max_score") => tests.reduce((total, one) => total + one[key], 0);
  return {
    ...{ version: 1, hidden_size: 1, input_size: null, score: sum("score"), max_score: sum("max_score") },
    ...{ passed: tests.every(({ status }) => status === "passed"), graded: "held", gradable: true, first_wrong: null },
    ...{ notes: [], error: null, tests },
  };
}

describe("the summary of a class", () => {
  const transposed = { diagnosis: "transposed" } as const;
  const sign = { diagnosis: "wrong-sign" } as const;
  const summary = summaryOf([
    resultOf(testOf("h_t", 1), testOf("gates.f", 0.5)),
    resultOf(testOf("h_t", 0, transposed), testOf("c_t", 0, transposed), testOf("gates.f", 0, sign)),
    resultOf(testOf("h_t", 0, sign)),
    { ...resultOf(testOf("answer", 0)), error: { code: "syntax", file: null, place: null, message: "" } },
  ]);

  test("counts answers, and takes the mean of scores and of shares", () => {
    expect(summary).toMatchObject({ answers: 4, passed: 0, unreadable: 1, mean_score: 1.5 / 4 });
    expect(summary.mean).toBeCloseTo((0.75 + 0 + 0 + 0) / 4, 12);
  });

  test("tells of each quantity how it went where it was graded, in the order of tests, the unreadable last", () => {
    expect(summary.quantities).toEqual([
      { name: "gates.f", answers: 2, passed: 0, mean: 0.25 },
      { name: "c_t", answers: 1, passed: 0, mean: 0 },
      { name: "h_t", answers: 3, passed: 1, mean: 1 / 3 },
      { name: "answer", answers: 1, passed: 0, mean: 0 },
    ]);
  });

  test("puts the mistake of most students first, however often one makes it", () => {
    expect(summary.diagnoses).toEqual([
      { diagnosis: "wrong-sign", answers: 2, quantities: 2 },
      { diagnosis: "transposed", answers: 1, quantities: 2 },
    ]);
  });

  test("is of nobody at all without dividing by zero", () => {
    expect(summaryOf([])).toMatchObject({ answers: 0, mean: 0, mean_score: 0, quantities: [], diagnoses: [] });
  });

  test("counts what is worth nothing by whether it passed", () => {
    expect([shareOf({ score: 0, max_score: 0 }, true), shareOf({ score: 0, max_score: 0 }, false)]).toEqual([1, 0]);
  });
});
