import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Flow, SequenceResult } from "../../src/lstm/results/records.ts";
import { sequenceResult } from "../../src/lstm/results/sequence.ts";
import { captionsOf, sectionsOf } from "../../src/render/sections.ts";
import { sequenceCaptions, sequenceSections } from "../../src/render/sequence-sections.ts";
import { fixture } from "../helpers/fixtures.ts";

const cell = parseCell(fixture("sequence.json"));
const resultOf = (from = 0, to = 5) => sequenceResult(cell, { from, to });
const result = resultOf();
const withFlow = (change: (flow: Flow, k: number) => Flow): SequenceResult => ({
  ...result,
  flow: result.flow.map(change),
});

describe("sequenceSections", () => {
  test("has the flow, what saturates, the four blocks of the product and the exponents", () => {
    const titles = sectionsOf(result).map(({ title }) => title);
    expect(titles).toEqual([
      "s = (h, c)",
      "saturated, %",
      ...["∂h_5/∂h_0", "∂h_5/∂c_0", "∂c_5/∂h_0", "∂c_5/∂c_0"],
      "Lyapunov exponents",
    ]);
  });

  test("names the part that was asked for in rows, titles and chart", () => {
    const [flow, , h] = sequenceSections(resultOf(2, 4));
    expect([flow!.rows, flow!.rowLabel(0), flow!.rowLabel(1)]).toEqual([2, "t = 3", "t = 4"]);
    expect(h!.title).toBe("∂h_4/∂h_2");
    expect(flow!.columns[1]!.label).toBe("log10 ‖∂s_4/∂s_t‖");
    expect(flow!.captions[0]).toMatch(/^log10 ‖∂s_4\/∂s_t‖, t = 3 … 4, /);
    expect(sequenceCaptions(resultOf(2, 4))[0]).toMatch(/^‖∂s_4\/∂s_2‖ = /);
  });

  test("shows norms and time scales as the result has them, and shares in per cent", () => {
    const [flow, saturated] = sequenceSections(result);
    const row = result.flow[1]!;
    expect(flow!.columns.map((column) => column.at(1))).toEqual([
      row.step_norm,
      row.to_end_log10,
      row.forget_time_scale.median,
      row.forget_time_scale.largest,
    ]);
    const labels = ["f<0.1", "f>0.9", "i<0.1", "i>0.9", "o<0.1", "o>0.9", "u<-0.9", "u>0.9"];
    expect(saturated!.columns.map(({ label }) => label)).toEqual(labels);
    const third = { low: 1 / 3, high: 2 / 3 };
    const [, shares] = sequenceSections(withFlow((step) => ({ ...step, saturated: { ...step.saturated, i: third } })));
    expect(shares!.columns.slice(2, 4).map((column) => column.at(0))).toEqual([33, 67]);
  });

  test("has under each title of the product the block that it names", () => {
    const blocks = sequenceSections(result).slice(2, 6);
    const { h_T, c_T } = result.jacobian;
    expect(blocks.map(({ columns }) => columns[1]!.at(0))).toEqual(
      [h_T.h_0, h_T.c_0, c_T.h_0, c_T.c_0].map(({ data }) => data[1]),
    );
    expect(new Set([h_T.h_0, h_T.c_0, c_T.h_0, c_T.c_0].map(({ data }) => data[1])).size).toBe(4);
  });

  test("draws the chart on a line of its own, between its lowest and highest value", () => {
    const drawn = withFlow((step, k) => ({ ...step, to_end_log10: [-4, -2, null, 3, 0][k]! }));
    const { captions } = sequenceSections(drawn)[0]!;
    expect(captions.slice(0, 2)).toEqual(["log10 ‖∂s_5/∂s_t‖, t = 1 … 5, lowest ▁ -4.00, highest █ 3.00:", "▁▃ █▅"]);
    // the highest step norm is that of step 2, by its column; so is the longest time scale
    expect(captions[2]).toBe("‖∂s_t/∂s_{t-1}‖, t = 1 … 5, lowest ▁ 0.82, highest █ 1.11:");
    expect(captions[4]).toBe("1/(1-f) median, t = 1 … 5, lowest ▁ 2.05, highest █ 9.06:");
    expect([captions[3]!.indexOf("█"), captions[5]!.indexOf("█")]).toEqual([1, 1]);
  });

  test("says how many steps a bar stands for where there are many", () => {
    const flow = Array.from({ length: 100_000 }, (_, k) => ({ ...result.flow[0]!, t: k + 1, to_end_log10: -1e5 + k }));
    const { captions } = sequenceSections({ ...result, flow, to_step: 100_000 })[0]!;
    expect(captions[1]).toMatch(/^[▁-█]{48} {2}2084 steps a bar$/);
    for (const caption of captions) expect(caption.length).toBeLessThanOrEqual(80);
  });

  test("draws no chart of one step, nor where every norm is zero", () => {
    expect(sequenceSections(resultOf(4, 5))[0]!.captions).toEqual([]);
    const zero = withFlow((step) => ({ ...step, to_end_norm: 0, to_end_log10: null }));
    expect(sequenceSections(zero)[0]!.captions.join()).not.toContain("log10");
    expect(sequenceSections(zero)[0]!.columns[1]).toMatchObject({ absent: "zero" });
  });

  test("says the scale of a product outside the doubles", () => {
    const scaled = sequenceSections({ ...result, exponent2: -1890 });
    expect(scaled[2]!.title).toBe("∂h_5/∂h_0 × 2^1890");
  });

  test("counts the steps of the exponents, and shows −∞ as such", () => {
    const caption = (steps: number) => sequenceSections({ ...result, lyapunov_steps: steps }).at(-1)!.captions[0];
    expect(caption(1)).toMatch(/^over 1 step,/);
    expect(caption(12)).toMatch(/^over 12 steps,/);
    const exponents = sequenceSections({ ...result, lyapunov: [1, null] }).at(-1)!;
    expect([exponents.columns[0]!.at(1), exponents.columns[0]!.absent]).toEqual([null, "-inf"]);
  });
});

describe("sequenceCaptions", () => {
  test("give the whole norm in six digits, or its power of ten where no double holds it", () => {
    const of = (jacobian_norm: number | null, jacobian_log10: number | null) =>
      sequenceCaptions({ ...result, jacobian_norm, jacobian_log10 });
    expect(of(0.123456789, -0.9)).toEqual(["‖∂s_5/∂s_0‖ = 0.123457"]);
    expect(of(1.5e-9, -8.8)).toEqual(["‖∂s_5/∂s_0‖ = 1.5e-9"]);
    expect(of(null, -412.25)).toEqual(["‖∂s_5/∂s_0‖ = 10^-412.2500"]);
    expect(of(0, null)).toEqual(["‖∂s_5/∂s_0‖ = 0"]);
  });

  test("call the state before the first step h_0 and c_0", () => {
    expect(captionsOf({ ...result, assumed_zero: ["h_prev", "c_prev"] })).toContain(
      "h_0, c_0 not given: taken as zero",
    );
  });
});
