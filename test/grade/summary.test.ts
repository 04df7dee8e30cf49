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

/** Of an answer that earned so much of so many points. */
const earning = (score: number, max_score = 3) => ({ ...resultOf(testOf("h_t", 1)), score, max_score });

describe("the points of a class", () => {
  test("have a median, and a maximum where all could earn the same", () => {
    expect(summaryOf([0, 3, 1, 3].map((score) => earning(score)))).toMatchObject({ median_score: 2, max_score: 3 });
    expect(summaryOf([3, 0, 1].map((score) => earning(score)))).toMatchObject({ median_score: 1 });
    expect(summaryOf([earning(1), earning(1, 2)])).toMatchObject({ median_score: 1, max_score: null });
    expect(summaryOf([])).toMatchObject({ median_score: 0, max_score: null });
  });

  test("fall into ten bins, an edge into the upper one, all of them into the last", () => {
    const scores = [0, 0.29, 0.3, 0.899, 0.9, 2.1, 2.999, 3, 3];
    const { histogram } = summaryOf(scores.map((score) => earning(score)));
    expect(histogram.map(({ answers }) => answers)).toEqual([2, 1, 1, 1, 0, 0, 0, 1, 0, 3]);
    expect(histogram[0]).toMatchObject({ from: 0, to: 0.1 });
    expect(histogram[9]).toMatchObject({ from: 0.9, to: 1 });
  });

  test("stay on their edges, however they were rounded", () => {
    for (let k = 0; k < 10; k++) {
      for (const max of [0.3, 0.7, 1, 3, 7, 1e-9, 1e9]) {
        const { histogram } = summaryOf([earning((k * max) / 10, max)]);
        expect(histogram.findIndex(({ answers }) => answers === 1)).toBe(k);
      }
    }
  });
});

describe("the hardest entries", () => {
  const wrong = (name: string, ...map: string[]) => resultOf(testOf(name, 0, { map }));
  const passed = (name: string) => resultOf(testOf(name, 1));
  const absent = (name: string) => resultOf(testOf(name, 0));

  test("have the largest share of wrong answers, of those that hold the quantity in its shape", () => {
    const jacobian = "jacobian.f.h_prev";
    const { hardest } = summaryOf([
      ...[wrong(jacobian, "..", "x."), wrong(jacobian, "x.", "x."), absent(jacobian), passed(jacobian)],
      ...[wrong("h_t", ".x"), passed("h_t"), wrong("loss", "x"), passed("loss"), passed("loss")],
    ]);
    expect(hardest).toEqual([
      { name: jacobian, row: 1, column: 0, wrong: 2, answers: 3 },
      { name: "h_t", row: 1, column: null, wrong: 1, answers: 2 },
      { name: jacobian, row: 0, column: 0, wrong: 1, answers: 3 },
      { name: "loss", row: null, column: null, wrong: 1, answers: 3 },
    ]);
  });

  test("are three of a quantity at most, and ten in all", () => {
    const names = ["gates.f", "gates.i", "gates.o", "gates.u"];
    const { hardest } = summaryOf(names.map((name) => wrong(name, "xxxx")));
    expect(hardest.map(({ name }) => name)).toEqual([
      ...names.slice(0, 3).flatMap((name) => Array(3).fill(name)),
      names[3],
    ]);
    expect(hardest.slice(0, 3).map(({ row }) => row)).toEqual([0, 1, 2]);
  });
});
