import { describe, expect, test } from "vitest";
import { blocksOf } from "../../../src/render/manual/blocks.ts";

describe("blocksOf", () => {
  test("tells headings, paragraphs, lists, code and tables apart", () => {
    const markdown = [
      "# Title",
      "One line,",
      "and its second.",
      "",
      "## Below",
      "- first",
      "  goes on",
      "- second",
      "",
      "    { as:  it is }",
      "",
      "| a | b |",
      "|---|---|",
      "| 1 | 2 |",
      "```sh",
      "# no heading",
      "",
      "| no table |",
      "```",
    ].join("\n");
    expect(blocksOf(markdown)).toEqual([
      { kind: "heading", level: 1, text: "Title" },
      { kind: "paragraph", text: "One line, and its second." },
      { kind: "heading", level: 2, text: "Below" },
      { kind: "list", items: ["first goes on", "second"] },
      { kind: "code", lines: ["{ as:  it is }"] },
      {
        kind: "table",
        rows: [
          ["a", "b"],
          ["1", "2"],
        ],
      },
      { kind: "code", lines: ["# no heading", "", "| no table |"] },
    ]);
  });

  test.each([
    ["`code` and **bold**", "code and bold"],
    ["[a page](../x.md#y) of [`code`](z)", "a page of code"],
    ['`[a](b)`, `["W"]` and `**`', '[a](b), ["W"] and **'],
    ["h* of [H × I], [4H × I] (a row)", "h* of [H × I], [4H × I] (a row)"],
    ["two\n`code` spans, `split\nhere`", "two code spans, split here"],
  ])("takes the markup off %j", (markdown, text) => {
    expect(blocksOf(markdown)).toEqual([{ kind: "paragraph", text }]);
  });

  test("a border within a cell is none", () => {
    const [table] = blocksOf("| a |\n|---|\n| Σ\\|x\\| of `p\\|q` |");
    expect(table).toEqual({ kind: "table", rows: [["a"], ["Σ|x| of p|q"]] });
  });
});
