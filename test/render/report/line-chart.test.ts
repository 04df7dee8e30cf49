import { describe, expect, test } from "vitest";
import { lineChart, type Point } from "../../../src/render/report/line-chart.ts";
import { powerName, powerTicks } from "../../../src/render/report/power-axis.ts";
import { chartHtml } from "../../../src/render/report/svg.ts";
import { plainNumber } from "../../helpers/report.ts";

const at = (x: number, y: number): Point => ({ x, y, low: y, high: y });
const chart = (points: (Point | null)[], range?: [number, number]) =>
  chartHtml(lineChart({ title: "y_t", xLabel: "step t", points, ...(range ? { range } : {}) }));
const linesIn = (svg: string) =>
  // a line starts at an M, and its points are separated by L
  (/<path class="line" d="([^"]*)"/.exec(svg)?.[1]?.split("M").slice(1) ?? []).map((run) =>
    run.split("L").map((point) => point.split(",").map(Number) as [number, number]),
  );
const yTicks = (svg: string) =>
  [...svg.matchAll(/text-anchor="end">(.*?)<\/text>/g)].map(([, text]) =>
    Number(plainNumber(text.replace(/<[^>]*>|\u200a/g, "").replace(/^10(?=−?\d)/, "1·10"))),
  );

/** As good as equal, and at the ends of the doubles. */
const EXTREME = [[[2.6108000426153274e123, 2.6108000426153277e123]], [[0, 5e-324]], [[0, 1e308]]];

describe("lineChart", () => {
  test("places values in proportion, upwards", () => {
    const [[a, b, c]] = linesIn(chart([at(1, 0), at(2, 1), at(3, 4)], [0, 4]));
    expect(b![0] - a![0]).toBeCloseTo(c![0] - b![0], 6);
    expect((a![1] - c![1]) / (a![1] - b![1])).toBeCloseTo(4, 1);
  });

  test("breaks the line where there is no value", () => {
    expect(linesIn(chart([at(1, 0), at(2, 1), null, at(4, 1), at(5, 2)])).map((line) => line.length)).toEqual([2, 2]);
    expect(chart([null, null])).toBe("");
  });

  test.each([[[-0.47, 0]], [[0.826, 1.113]], [[5, 5]], [[0, 0]], [[-400.2, 3.7]], [[1e-9, 2e-9]], ...EXTREME])(
    "has round ticks around %j, no more than seven",
    ([low, high]) => {
      const ticks = yTicks(chart([at(1, low!), at(2, high!)]));
      expect(ticks.length).toBeGreaterThan(2);
      expect(ticks.length).toBeLessThan(8);
      expect(ticks[0]!).toBeLessThanOrEqual(low!);
      expect(ticks.at(-1)!).toBeGreaterThanOrEqual(high!);
      const step = ticks[1]! - ticks[0]!;
      for (const [k, tick] of ticks.entries()) expect(Math.abs(tick - ticks[0]! - k * step)).toBeLessThan(1e-6 * step);
    },
  );

  test("draws the range as a band, and gives the value of a point under the pointer", () => {
    const svg = chart([{ x: 1, y: 0.5, low: 0, high: 1 }, at(2, 0.25)]);
    expect(svg).toContain('<path class="band"');
    expect(svg).toContain("<title>t = 2: 0.25</title>");
    expect(chart([at(1, 1), at(2, 2)])).not.toContain("band");
  });

  test("is a picture with a name that says what it shows", () => {
    expect(chart([at(1, 0.5), at(9, 2)])).toContain('role="img" aria-label="y_t from t = 1 to 9, between 0.5 and 2"');
  });
});

/** The ends of an axis around two powers of ten, and how many ticks it has. */
const ends = (low: number, high: number) => {
  const ticks = powerTicks(low, high);
  return { names: ticks.map(({ name }) => name), from: ticks[0]!.at, to: ticks.at(-1)!.at };
};

describe("an axis of magnitudes", () => {
  test("names values, and powers of ten where they are short", () => {
    expect([0, 2, -3, -4, 5, Math.log10(0.25), -221.5, 400].map(powerName)).toEqual([
      ...["1", "100", "0.001", "10^{−4}", "10^{5}", "0.25", "3.16·10^{−222}", "10^{400}"],
    ]);
  });

  test("has values between powers of ten where there are few powers", () => {
    expect(ends(-0.96, 0).names).toEqual(["0.1", "0.2", "0.5", "1"]);
    expect(ends(-221.3, 0).names).toEqual(["10^{−250}", "10^{−200}", "10^{−150}", "10^{−100}", "10^{−50}", "1"]);
    expect(ends(Math.log10(1.4), Math.log10(2.9)).names).toEqual(["1", "1.5", "2", "2.5", "3"]);
  });

  test.each([
    [-0.01, 0],
    [-400, -399.9],
    [320.2, 321.9],
    [-5.2, 0.3],
    [0, 0],
    [-0.5, 0],
    [-1.99, 0],
    [-16.3, 307],
  ])("holds the powers from %f to %f, with three to eight ticks", (low, high) => {
    const { names, from, to } = ends(low, high);
    expect(from).toBeLessThanOrEqual(low);
    expect(to).toBeGreaterThanOrEqual(high);
    expect(names.length).toBeGreaterThan(2);
    expect(names.length).toBeLessThan(9);
    expect(new Set(names).size).toBe(names.length);
  });
});
