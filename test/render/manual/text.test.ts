import { describe, expect, test } from "vitest";
import { renderManual } from "../../../src/render/manual/text.ts";

const PAGE = `# Σ of it

One \`σ\` that [goes on](x.md) beyond a line of forty.

## Part

- an item of the list that goes on too, and on
- ‖h‖

### Code

\`\`\`sh
echo "a line of code that is longer than forty characters"

echo
\`\`\`

| ‖U‖ | 2⁻⁵³ |
|---|---|
| 1 | 2 |
`;

const plain = { width: 40, colorLevel: 0, unicode: true } as const;

test("a page is laid out for the width, its code left as it is", () => {
  expect(renderManual(PAGE, plain)).toBe(`Σ of it
=======

One σ that goes on beyond a line of
forty.

Part
────

- an item of the list that goes on too,
  and on
- ‖h‖

Code

    echo "a line of code that is longer than forty characters"

    echo

‖U‖  2⁻⁵³
─────────
  1     2
`);
});

test("in ASCII too, where no width is taken for another", () => {
  expect(
    renderManual(PAGE, { ...plain, unicode: false })
      .split("\n")
      .slice(-4),
  ).toEqual(["|U|  2^-53", "----------", "  1      2", ""]);
});

test("headings are bold where there is colour, and nothing is narrower than forty", () => {
  expect(renderManual(PAGE, { ...plain, width: 1, colorLevel: 1 })).toBe(
    renderManual(PAGE, plain)
      .replace("Σ of it", "\u001b[1mΣ of it\u001b[22m")
      .replace(/^(Part|Code)$/gm, "\u001b[1m$1\u001b[22m"),
  );
});

describe("Markdown", () => {
  const shown = (markdown: string) => renderManual(markdown, { ...plain, width: 80 });

  test("headings, paragraphs, lists, code and tables are told apart", () => {
    const markdown = [
      "# Title",
      "One line,",
      "and its second.",
      "",
      "    { as:  it is }",
      "",
      "## Below",
      "- first",
      "  goes on",
      "- second",
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
    expect(shown(markdown).split("\n\n")).toEqual([
      "Title\n=====",
      "One line, and its second.",
      "    { as:  it is }",
      "Below\n─────",
      "- first goes on\n- second",
      "a  b\n────\n1  2",
      "    # no heading",
      "    | no table |\n",
    ]);
  });

  test.each([
    ["`code` and **bold**", "code and bold"],
    ["[a page](../x.md#y) of [`code`](z)", "a page of code"],
    ['`[a](b)`, `["W"]` and `**`', '[a](b), ["W"] and **'],
    ["h* of [H × I], [4H × I] (a row)", "h* of [H × I], [4H × I] (a row)"],
    ["two\n`code` spans, `split\nhere`", "two code spans, split here"],
    ["a < b & **c** > d", "a < b & c > d"],
  ])("the markup is taken off %j", (markdown, text) => {
    expect(shown(markdown)).toBe(`${text}\n`);
  });

  test("a border within a cell is none", () => {
    expect(shown("| a |\n|---|\n| Σ\\|x\\| of `p\\|q` |")).toBe(`a\n${"─".repeat(11)}\nΣ|x| of p|q\n`);
  });
});
