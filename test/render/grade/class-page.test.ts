import { describe, expect, test } from "vitest";
import { summaryOf } from "../../../src/grade/summary.ts";
import { renderClassPage } from "../../../src/render/grade/class-page.ts";
import { graded, HOSTILE, right, unreadable, wrong } from "./reports.ts";

const answers = [
  graded(right, {}, HOSTILE),
  graded({ ...wrong, [HOSTILE]: 1 }, {}, HOSTILE),
  graded(HOSTILE, {}, HOSTILE),
  unreadable(HOSTILE, {}, HOSTILE),
];

/** The page of a class; verdicts have no text of their own in it. */
function pageOf(own = answers, heading = "cell.json") {
  const options = { width: 80, colorLevel: 0, count: own.length, isBatch: false, isSummary: true, heading } as const;
  const report = renderClassPage(options);
  expect([report.start, ...own.map(report.answer)].join("")).toBe("");
  return report.end(summaryOf(own.map(({ result }) => result)));
}

const cells = (page: string, title: string) =>
  page
    .split(`<h2>${title}</h2>`)[1]!
    .split("</section>")[0]!
    .split("\n<tr>")
    .map((row) => row.replace(/<[^>]+>/g, "|"));

describe("the page of a class", () => {
  const page = pageOf();

  test("tells the points, the questions, the mistakes and the hardest entries", () => {
    expect(page).toContain("4 answers: 1 all right, 1 could not be read.");
    expect(page.match(/<rect /g)).toHaveLength(3);
    expect(page).toContain("Answers by points: 2 from 0 % to 10 %, 1 from ");
    expect(cells(page, "Questions").find((row) => row.includes("gates.i"))).toMatch(/75\.0 %.*1 of 2/);
    expect(cells(page, "Mistakes").join()).toMatch(/missing-sigma-prime.*A gate is a function of its pre-activation/);
    expect(cells(page, "Hardest entries").join()).toContain("gates.i[1]");
  });

  test("names nobody, and holds nothing of what students wrote", () => {
    for (const text of ["calc", "script", "SKIP", "Bail", "\u202e", "\u001b", "x1b"]) expect(page).not.toContain(text);
  });

  test("asks for nothing, and may not", () => {
    expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'");
    expect(page).not.toMatch(/https?:|url\(|@import|<(script|img|link|iframe|form|object)/);
    expect(page.startsWith("<!doctype html>")).toBe(true);
  });

  test("escapes what the cell is called", () => {
    const hostile = pageOf(answers, HOSTILE);
    expect(hostile).not.toMatch(/<script|(?![\n])[\p{Cc}\p{Bidi_Control}]/u);
    expect(hostile).toContain("&lt;/failure&gt;");
  });

  test("counts points where all could earn the same", () => {
    const required = answers.map(() => graded(wrong, { require: ["gates.f", "gates.i", "h_t"] }));
    const page = pageOf(required);
    expect(page).toContain("Mean 2.5 of 3 points (83.3 %), median 2.5.");
    expect(page).toContain("Answers by points: 4 from 2.4 to 2.7");
  });

  test("says so where there is no mistake and no wrong entry", () => {
    const page = pageOf([graded(right)]);
    expect(page).toContain("None was recognised.");
    expect(page).toContain("No single entry was wrong.");
  });
});
