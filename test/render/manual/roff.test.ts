import { describe, expect, test } from "vitest";
import { escaped, type ManualBlock, renderRoff } from "../../../src/render/manual/roff.ts";

const TITLE = { name: "dlstm", date: "2026-11-28", version: "0.1.0" };

/** The page without the lines that every page begins with. */
function body(...blocks: ManualBlock[]): string[] {
  const [title, hyphens, margin, ...lines] = renderRoff(TITLE, blocks).split("\n");
  expect([title, hyphens, margin]).toEqual(['.TH "DLSTM" 1 2026-11-28 "dlstm 0.1.0" "User Commands"', ".nh", ".ad l"]);
  return lines;
}

describe("text is what is read, and what is copied", () => {
  test.each([
    ["a\\b", "a\\(rsb"],
    ["--of h_t-1", "\\-\\-of h_t\\-1"],
    [`'[1]' "x" \`y\``, "\\(aq[1]\\(aq \\(dqx\\(dq \\(gay\\(ga"],
    ["a^2 ~b", "a\\(ha2 \\(tib"],
    ["∂f · σ", "\\[u2202]f \\[u00B7] \\[u03C3]"],
    ["𝛛", "\\[u1D6DB]"],
    ["\t", "\\[u0009]"],
  ])("%j is %j", (text, roff) => {
    expect(escaped(text)).toBe(roff);
  });

  test.each([
    [".TH x", "\\&.TH x"],
    ["...", "\\&..."],
    ["'br", "\\(aqbr"],
  ])("%j at the start of a line is no request", (text, line) => {
    expect(body({ kind: "paragraph", text })).toContain(line);
    expect(body({ kind: "lines", text })).toContain(line);
  });

  test("nor where the filling of a paragraph has put it there", () => {
    const lines = body({ kind: "paragraph", text: `${"x".repeat(70)} ${".".repeat(9)} y` });
    expect(lines.slice(2, -1)).toEqual([`\\&${".".repeat(9)} y`]);
  });
});

describe("renderRoff", () => {
  test("has flags and words in bold, and in italics what they stand for", () => {
    const terms = [
      { term: "-o, --output <file>", description: "write there" },
      { term: "<a|b>", description: "one of them" },
      { term: "NAME", description: "a name" },
    ];
    expect(body({ kind: "terms", terms })).toEqual([
      ...[".TP", "\\fB\\-o, \\-\\-output\\fR \\fI<file>\\fR", "write there"],
      ...[".TP", "\\fI<a|b>\\fR", "one of them"],
      ...[".TP", "\\fBNAME\\fR", "a name", ""],
    ]);
  });

  test("begins no paragraph where a heading has", () => {
    const text = "a - b";
    expect(
      body({ kind: "section", text: "Name" }, { kind: "paragraph", text }, { kind: "paragraph", text: "more" }),
    ).toEqual(['.SH "NAME"', "a \\- b", ".PP", "more", ""]);
  });

  test("keeps lines as they are", () => {
    expect(body({ kind: "subsection", text: "e.g." }, { kind: "lines", text: "a  b\n\n  c" })).toEqual([
      ...['.SS "e.g."', ".nf", "a  b", "", "  c", ".fi", ""],
    ]);
  });
});
