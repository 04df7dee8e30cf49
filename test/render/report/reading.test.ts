import { expect, test } from "vitest";
import { readingOf } from "../../../src/render/report/reading.ts";

const WORDS = { row: "h_t of unit", column: "component", of: "h_{t-1}" };
const reading = (...rows: number[][]) =>
  readingOf({ rows: rows.length, cols: rows[0]!.length, data: Float64Array.from(rows.flat()) }, WORDS);
const textOf = (html: string) => html.replace(/<[^>]*>/g, "");

test("speaks of the longest row, which is to be framed, of the shortest, and of the longest column", () => {
  // by hand: rows of the lengths 5, 13 and √2, columns of √35 and √161
  const { row, html } = reading([3, -4], [5, 12], [-1, 1])!;
  expect(row).toBe(1);
  const text = textOf(html);
  expect(text).toContain("ht of unit 1 moves most with ht−1 (its row, framed, is 13 long), ht of unit 2 least (1.41)");
  expect(text).toContain("component 1 counts most (its column is 12.7 long)");
  expect(text).toContain("Half of the sum of squares lies in 1 of 3 rows.");
  expect(text).toContain("What stands out: row 1, 2.6 times as long as the median.");
});

test("says that there is nothing to look for where signs are mixed and lengths alike", () => {
  expect(reading([1, -1], [-1, 1])!.html).toContain(
    "No row or column stands out, and 50.0\u00a0% of the entries are positive: there is no pattern to look for.",
  );
  const { html } = reading([1, 1], [1, 1])!;
  expect(html).toContain("100.0\u00a0% of the entries are positive.");
  expect(html).not.toContain("no pattern");
});

test("has no multiple of a median of zero, and nothing to say of zeros", () => {
  expect(reading([0, 0], [0, 0], [0, 7])!.html).toContain("row 2, for at least half of them are zero");
  expect(reading([0, 0], [0, 0])).toBeNull();
});
