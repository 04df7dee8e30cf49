import { expect, test } from "vitest";
import { symbolsOf } from "../../src/input/weights/conventions/axes.ts";
import { CONVENTIONS, type Layout, type TensorRow } from "../../src/input/weights/conventions/convention.ts";
import { LAYOUTS } from "../../src/input/weights/conventions/convention-table.ts";
import { nameOfRow } from "../../src/input/weights/conventions/row-names.ts";
import { page } from "../helpers/pages.ts";

const weights = page("src/input/weights/README.md");

const nameOf = ({ name, alias }: TensorRow) => {
  const short = nameOfRow(name, {});
  return `\`${short}\`${alias === undefined ? "" : ` (\`${alias}\`)`}`;
};

/** What the page says of one form of a convention. */
function rowOf(layout: Layout): string {
  const [biases, weights] = [true, false].map((isBias) =>
    layout.tensors.filter(({ part }) => (part === "b") === isBias),
  );
  const joined = weights.some(({ gates }) => gates.length > 1);
  const shapes = [...new Set(weights.map((row) => symbolsOf(layout, row)))];
  const cells = [
    `\`${layout.convention}\``,
    layout.title,
    weights.map(nameOf).join(" "),
    biases.map(nameOf).join(" ") + (biases.every(({ optional }) => optional) ? ", or none" : ""),
    joined ? weights[0].gates.join(" ") : "by name",
    shapes.join(", "),
    layout.forgetBias ? `+${layout.forgetBias.value}` : "",
  ];
  return `| ${cells.join(" | ")} |`.replaceAll("  ", " ");
}

test("the page's table of conventions says what the readers do", () => {
  const lines = weights.split("\n");
  const found = lines.filter((line) => CONVENTIONS.some((name) => line.startsWith(`| \`${name}\` | `)));
  expect(found).toEqual(LAYOUTS.map(rowOf));
});
