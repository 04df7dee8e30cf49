import { describe, expect, test } from "vitest";
import type { LayoutOptions } from "../../src/render/column-layout.ts";
import { fold } from "../../src/render/fold.ts";
import { matrixSection, vectorColumn, vectorSection } from "../../src/render/section.ts";

const options = (width: number): LayoutOptions => ({ width, digits: 6, full: false, write: (text) => text });
/** A title of 4 characters and columns of 8, with 2 between. */
const section = (columns: number) =>
  vectorSection(
    "four",
    Array.from({ length: columns }, (_, k) => vectorColumn(`column_${k}`, Float64Array.of(1, 2))),
  );
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

  test("keeps the title and the rows in every part", () => {
    const parts = fold(section(6), options(40));
    expect(parts.map(({ title, rows }) => [title, rows])).toEqual([
      ["four", 2],
      ["four", 2],
    ]);
  });

  const matrix = (cols: number) => matrixSection("M", { rows: 1, cols, data: new Float64Array(cols).fill(0.5) });

  test("breaks a matrix of up to twelve columns into bands, and leaves a wider one to its layout", () => {
    const bands = (cols: number) => fold(matrix(cols), options(63)).map(({ columns }) => columns.length);
    expect(bands(6)).toEqual([6]);
    expect(bands(7)).toEqual([4, 3]);
    expect(bands(12)).toEqual([6, 6]);
    const wide = matrix(13);
    expect(fold(wide, options(63))).toEqual([wide]);
  });

  test("parts many components from what stands before them, where both do not fit", () => {
    const wide = { ...matrix(15), firstComponent: 2 };
    expect(fold(wide, options(63))).toEqual([wide]);
    const parts = fold(wide, options(30));
    expect(parts.map(({ columns, firstComponent }) => [columns.length, firstComponent])).toEqual([
      [2, 2],
      [13, 0],
    ]);
  });

  test("names the vector in the first column of each part", () => {
    const named = matrix(12).columns.map((column, k) => ({ ...column, labelAlone: `h[${k}]` }));
    const parts = fold({ ...matrix(12), columns: named }, options(63));
    expect(parts.map(({ columns }) => columns.map(({ label }) => label).join(" "))).toEqual([
      "h[0] [1] [2] [3] [4] [5]",
      "h[6] [7] [8] [9] [10] [11]",
    ]);
  });

  test("leaves everything as it is where all is asked for", () => {
    const whole = section(6);
    expect(fold(whole, { ...options(20), full: true })).toEqual([whole]);
  });
});
