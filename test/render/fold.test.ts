import { describe, expect, test } from "vitest";
import type { LayoutOptions } from "../../src/render/column-layout.ts";
import { fold } from "../../src/render/fold.ts";
import { matrixSection, vectorColumn, vectorSection } from "../../src/render/section.ts";

const options = (width: number): LayoutOptions => ({ width, digits: 6, full: false, write: (text) => text });
/** A title of 4 characters and columns of 8, with 2 between. */
const section = (columns: number) => ({
  ...vectorSection(
    "four",
    Array.from({ length: columns }, (_, k) => vectorColumn(`column_${k}`, Float64Array.of(1, 2))),
  ),
  captions: ["a caption"],
});
const labels = (columns: number, width: number) =>
  fold(section(columns), options(width)).map((part) => part.columns.map(({ label }) => label.at(-1)));

describe("fold", () => {
  test("leaves a section that fits as it is, to the character", () => {
    const whole = section(6);
    expect(fold(whole, options(64))).toEqual([whole]);
    expect(fold(whole, options(63))).toHaveLength(2);
  });

  test("spreads the columns evenly, in order, over as few parts as fit", () => {
    expect(labels(6, 63)).toEqual([
      ["0", "1", "2"],
      ["3", "4", "5"],
    ]);
    expect(labels(7, 34)).toEqual([["0", "1", "2"], ["3", "4", "5"], ["6"]]);
    expect(labels(3, 5)).toEqual([["0"], ["1"], ["2"]]);
  });

  test("keeps the rows in every part, and the captions at the end", () => {
    const parts = fold(section(6), options(40));
    expect(parts.map(({ title, rows, captions }) => [title, rows, captions])).toEqual([
      ["four", 2, []],
      ["four", 2, ["a caption"]],
    ]);
  });

  test("leaves what has components to its layout, and everything where all is asked for", () => {
    const matrix = matrixSection("M", { rows: 1, cols: 50, data: new Float64Array(50) });
    expect(fold(matrix, options(20))).toEqual([matrix]);
    const whole = section(6);
    expect(fold(whole, { ...options(20), full: true })).toEqual([whole]);
  });
});
