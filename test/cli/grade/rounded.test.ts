import { describe, expect, test } from "vitest";
import { run } from "../../helpers/run.ts";
import { CELL, file, grade, right } from "./ask.ts";

const { jacobian } = right as unknown as { jacobian: { f: { h_prev: number[][] }; h_t: { h_prev: number[][] } } };

/** The same answer with every number changed. */
function mapped(value: unknown, change: (entry: number) => number): unknown {
  if (typeof value === "number") return change(value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, change));
  return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, mapped(one, change)]));
}

const { gates, h_t } = right;
const ANSWER = { gates: { f: gates.f }, h_t, jacobian: { f: jacobian.f, h_t: jacobian.h_t } };
const decimals = (n: number) => mapped(ANSWER, (entry) => Number(entry.toFixed(n)));
const digits = (n: number) => mapped(ANSWER, (entry) => Number(entry.toPrecision(n)));
const asked = async (answer: unknown, ...flags: string[]) => {
  const { result } = await grade([CELL, "-", ...flags], JSON.stringify(answer));
  return { score: result!.score, max: result!.max_score, tests: result!.tests };
};

describe("answers that are judged at the precision that they show", () => {
  test("--rounded gives a right answer to few digits all points, and says which digits it saw", () => {
    const answer = file("rounded.json", decimals(4));
    expect(run(["grade", CELL, answer]).status).toBe(1);
    const { stdout, status } = run(["grade", CELL, answer, "--rounded"]);
    expect(status).toBe(0);
    expect(stdout).toContain("4 of 4 points");
    expect(stdout).toMatch(/gates\.f +1\/1 +all 2 entries are right, seen to 4 significant/);
  });

  test.each([3, 4, 5, 7])("%d significant digits, or decimals of numbers about 1, are enough", async (n) => {
    expect(await asked(digits(n), "--rounded")).toMatchObject({ score: 4, max: 4 });
    expect(await asked({ gates: { f: gates.f.map((f) => Number(f.toFixed(n))) } }, "--rounded")).toMatchObject({
      score: 1,
    });
  });

  test("what needs no rounding keeps its points", async () => {
    expect(await asked(ANSWER, "--rounded")).toMatchObject({ score: 4, max: 4 });
    expect(await asked(mapped(ANSWER, Math.fround), "--compare", "digits")).toMatchObject({ score: 4, max: 4 });
  });

  test("one unit of the last digit is too far", async () => {
    const off = gates.f.map((f) => Number(f.toFixed(3)) + 0.001);
    expect(await asked({ gates: { f: off } }, "--rounded")).toMatchObject({ score: 0 });
  });

  test("two digits are too few unless the teacher says so", async () => {
    const { score, tests } = await asked(decimals(2), "--rounded");
    expect(score).toBe(0);
    expect(tests[0]).toMatchObject({ name: "gates.f", seen: { digits: 2 }, diagnosis: "too-few-digits" });
    expect(tests[0]!.message).toContain("seen to 2 significant digits");
    expect(
      await asked({ gates: { f: gates.f.map((f) => Number(f.toFixed(2))) } }, "--rounded", "--min-digits", "2"),
    ).toMatchObject({ score: 1 });
    expect(await asked({ gates: { f: [0.6457, 0.6682] } }, "--rounded", "--min-digits", "5")).toMatchObject({
      score: 0,
    });
  });

  test("zeros at the end that JSON drops cost nothing", async () => {
    // h_t is 0.294601, -0.059991; to four decimals the second is written -0.06
    expect(await asked({ h_t: [0.2946, -0.06] }, "--rounded")).toMatchObject({ score: 1 });
    // exactly right numbers show as many digits as they have
    const half = file("half.json", {
      U_f: [
        [1, 0],
        [0, 1],
      ],
      b_f: [0, 0],
    });
    const { result } = await grade([half, "-", "--rounded"], '{"gates":{"f":[0.5,0.5]}}');
    expect(result).toMatchObject({ score: 1, max_score: 1 });
  });

  test("a zero is no rounded number where nothing else is shown in its row", async () => {
    const tiny = file("tiny.json", {
      U_f: [
        [1, 2],
        [1e-7, 2e-7],
      ],
    });
    const ask = (second: number[]) => asked({ jacobian: { f: { h_prev: [[0.25, 0.5], second] } } }, "--rounded");
    // the exact rows are a quarter of those of U_f
    const { result } = await grade([tiny, "-", "--rounded"], '{"jacobian":{"f":{"h_prev":[[0.25,0.5],[0,0]]}}}');
    expect(result).toMatchObject({ score: 0.5, max_score: 1 });
    expect((await ask([0, 0])).score).toBeLessThan(1);
    // beside a larger entry it is
    const wide = file("wide.json", {
      U_f: [
        [1, 2e-6],
        [0.4, 2],
      ],
    });
    const beside = await grade([wide, "-", "--rounded"], '{"jacobian":{"f":{"h_prev":[[0.25,0],[0.1,0.5001]]}}}');
    expect(beside.result).toMatchObject({ tests: [{ right: 3, entries: 4 }] });
  });

  test("an optimum that is not the only one is judged at its digits too", async () => {
    const none = file("none.json", {
      U_f: [
        [0, 0],
        [3, 4],
      ],
    });
    const h = (first: number[]) =>
      `{"optimum":{"gates":{"f":[{"unit":0,"h_prev":${JSON.stringify(first)}},{"unit":1,"h_prev":[0.6,0.8]}]}}}`;
    expect((await grade([none, "-"], h([0.955, 0.296]))).result).toMatchObject({ score: 0.5 });
    expect((await grade([none, "-", "--rounded"], h([0.955, 0.296]))).result).toMatchObject({ score: 1 });
    expect((await grade([none, "-", "--rounded"], h([0.955, 0.306]))).result).toMatchObject({ score: 0.5 });
  });

  test("follow-through goes by the digits shown", async () => {
    const state = JSON.parse(run(["forward", CELL, "--json"]).stdout) as { c_t: number[]; gates: { o: number[] } };
    const o = [Number(state.gates.o[0]!.toFixed(4)), 0.25];
    const answer = { gates: { o }, h_t: state.c_t.map((c, k) => Number((o[k]! * Math.tanh(c)).toFixed(4))) };
    expect(await asked(answer, "--rounded", "--follow-through")).toMatchObject({ score: 1.5, max: 2 });
  });

  test.each([
    [["--rounded", "--compare", "sigfig", "--digits", "3"], "--rounded: beside --compare sigfig"],
    [["--rounded", "--rtol", "0.1"], "--rtol: not with --rounded"],
    [["--compare", "digits", "--digits", "3"], "--digits: not with --rounded or --compare digits"],
    [["--min-digits", "2"], "--min-digits: only with --rounded"],
    [["--rounded", "--min-digits", "0"], "--min-digits: 0"],
  ])("%j is a usage error", async (flags, message) => {
    const { stderr, status } = await grade([CELL, "-", ...flags], "{}");
    expect(status).toBe(2);
    const { error } = JSON.parse(stderr) as { error: { place: string; message: string } };
    expect(`${error.place}: ${error.message}`).toContain(message);
  });
});
