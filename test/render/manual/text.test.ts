import { expect, test } from "vitest";
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
