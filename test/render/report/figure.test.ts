import { readFileSync } from "node:fs";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { compileFigure } from "../../../src/cli/compile-figure.ts";
import { parseCell } from "../../../src/input/parse-cell.ts";
import type { Cell } from "../../../src/lstm/cell.ts";
import { renderFigure } from "../../../src/render/report/figure.ts";
import { fixture } from "../../helpers/fixtures.ts";
import { example } from "../../helpers/report.ts";

type Name = "cell" | "circle" | "paths" | "flow";

const drawn = (cell: Cell, figure: Name, unit = 0, gate: "f" | "u" = "f") =>
  renderFigure(compileFigure(cell, { figure, step: undefined, unit, gate }, () => undefined));

/** The elements of a document, which throws unless it is well-formed XML. */
function elementsOf(svg: string): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => found.push({ name, attributes }));
  parser.write(svg).close();
  return found;
}

const homework = parseCell(fixture("homework6.json"));
const sequence = parseCell(fixture("sequence.json"));
const closed = parseCell({
  U_f: [
    [2, 1],
    [0, 0],
  ],
  b_f: [-722, 0],
});
const without = (cell: Cell, h_prev: Float64Array | null) => ({ ...cell, state: { ...cell.state, h_prev } });

describe("a picture alone", () => {
  test.each<[string, Cell, Name]>([
    ...(["cell", "circle", "paths"] as const).map((name): [string, Cell, Name] => [name, homework, name]),
    ["circle of one unit", example(1), "circle"],
    ["circle of many units", example(20), "circle"],
    ["circle of a zero row", parseCell(fixture("zero-row.json")), "circle"],
    ["circle without h", without(homework, null), "circle"],
    ["circle of a gate below the normal doubles", closed, "circle"],
    ["cell of a forget gate alone", parseCell(fixture("forget-gate-only.json")), "cell"],
    ["paths far apart", parseCell(fixture("saturated-gates.json")), "paths"],
    ["paths of many units", example(40), "paths"],
    ["flow", sequence, "flow"],
    [
      "flow that vanishes",
      { ...sequence, gates: parseCell({ ...(fixture("sequence.json") as object), b_f: [-800, -800] }).gates },
      "flow",
    ],
  ])("is XML with numbers everywhere and nothing from outside: %s", (_, cell, name) => {
    const svg = drawn(cell, name);
    const elements = elementsOf(svg);
    expect(elements[0]).toMatchObject({ name: "svg", attributes: { xmlns: "http://www.w3.org/2000/svg" } });
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null|var\(|<script|href|url\(/);
  });

  test("the picture of the README is the one that is drawn", () => {
    const kept = readFileSync(new URL("../../../fixtures/figures/cell.svg", import.meta.url), "utf8");
    // style sheets are empty within the tests
    const drawing = (svg: string) => svg.replace(/<style>.*?<\/style>/s, "");
    expect(drawing(drawn(homework, "cell"))).toBe(drawing(kept));
  });

  test("level lines too close for their labels have fewer labels", () => {
    const labels = (svg: string) => [...svg.matchAll(/<text class="halo"|class="halo"[^>]*>([^<]*)/g)].length;
    // u of the homework runs over the circle from −0.8 to 0.9, with nine level lines
    const svg = drawn(homework, "circle", 0, "u");
    expect(svg.match(/class="level"/g)!.length).toBe(9);
    expect(labels(svg)).toBeLessThan(9);
    const places = [...svg.matchAll(/x="([\d.]+)" y="([\d.]+)" class="halo"/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    for (const [k, [x, y]] of places.entries()) {
      for (const other of places.slice(k + 1)) {
        expect(Math.abs(other[0]! - x!) > 30 || Math.abs(other[1]! - y!) > 13, `${x} ${y}`).toBe(true);
      }
    }
    expect(places.length).toBeGreaterThan(3);
  });

  test("the thickest line of the cell is that of the largest path", () => {
    const svg = drawn(homework, "cell");
    const widths = elementsOf(svg)
      .filter(({ attributes }) => attributes.class?.startsWith("edge path-"))
      .map(({ attributes }) => [attributes.class, Number(attributes.style!.replace("stroke-width:", ""))] as const);
    const widest = widths.reduce((most, own) => (own[1] > most[1] ? own : most));
    // by hand: the row 0 of T_o is (−0.071, 0.124), longer than those of T_f, T_i and T_u
    expect(widest[0]).toBe("edge path-o");
    expect(svg).toContain("= 0.646");
  });

  test("names a unit that is none, and a flow without a sequence", () => {
    expect(() => drawn(homework, "cell", 2)).toThrow("2, expected 0 … 1, the units of this cell");
    expect(() => drawn(homework, "flow")).toThrow("flow, expected a cell with a sequence x along which it flows");
    expect(() => drawn(parseCell(fixture("forget-gate-only.json")), "paths")).toThrow("needed for the paths");
  });

  test("u is drawn between −1 and 1", () => {
    expect(drawn(homework, "circle", 0, "u")).toContain(">−0.5<");
  });
});
