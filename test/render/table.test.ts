import { Chalk } from "chalk";
import CliTable from "cli-table3";
import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forwardResult, jacobianResult, optimumResult, showResult } from "../../src/lstm/results/one-step.ts";
import { sigmoidResult } from "../../src/lstm/results/sigmoid.ts";
import { GAP, layOut } from "../../src/render/column-layout.ts";
import type { Section } from "../../src/render/section.ts";
import { sectionsOf } from "../../src/render/sections.ts";
import { renderSection, renderTable, type TableOptions } from "../../src/render/table.ts";
import { fixture } from "../helpers/fixtures.ts";

const OPTIONS: TableOptions = {
  width: 80,
  digits: 6,
  full: false,
  heatmap: false,
  colorLevel: 0,
  unicode: true,
  heading: null,
};
const homework = () => parseCell(fixture("homework6.json"));
const NORMS = ["1", "2", "inf"] as const;

/** No entry is zero; ∂f_t/∂h_{t-1} is a quarter of it. */
function wide(n: number) {
  const U_f = Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, c) => (r === c ? -2 : 1.2)));
  return parseCell({ U_f, h_prev: Array(n).fill(0) });
}
const jacobianOf = (n: number, options: Partial<TableOptions> = {}) =>
  renderTable(jacobianResult(wide(n), { of: ["f"], wrt: ["h_prev"], terms: false }), { ...OPTIONS, ...options });
const tableLines = (text: string) => text.split("\n").filter((line) => /^(\[|…|\.\.\.|∂|d|max)/.test(line));

/** The same table by a library for tables: the rule under the header alone, columns told apart by space. */
function byLibrary(section: Section): string {
  const { title, rows, rowLabels, columns } = layOut(section, { ...OPTIONS, write: (text) => text });
  const chars = Object.fromEntries(
    ["top", "bottom", "left", "right"].flatMap((side) =>
      [side, `${side}-mid`, `${side}-left`, `${side}-right`].map((key) => [key, ""]),
    ),
  );
  const table = new CliTable({
    head: [title, ...columns.map((column) => column?.label.padStart(column.width) ?? "…")],
    chars: { ...chars, mid: "─", "mid-mid": "─".repeat(GAP), middle: " ".repeat(GAP) },
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
  });
  table.push(...rows.map((_, k) => [rowLabels[k], ...columns.map((column) => column?.texts[k] ?? "…")]));
  return table.toString().replace(/ +$/gm, "");
}

test("tables look as a library for tables draws them", () => {
  const norms = NORMS.map((norm) => optimumResult(homework(), { gates: ["f"], units: null, norm, goal: "max" }));
  const all = jacobianResult(homework(), { of: ["f", "h_t"], wrt: ["h_prev", "x_t"], terms: true });
  const long = jacobianResult(wide(20), { of: ["f"], wrt: ["h_prev"], terms: false });
  const sections = [showResult(homework()), ...norms, all, long].flatMap((result) => sectionsOf(result, OPTIONS));
  expect(sections.length).toBeGreaterThan(10);
  for (const section of sections) {
    const [drawn] = renderSection(
      { ...section, captions: [] },
      { ...OPTIONS, write: (text) => text },
      new Chalk({ level: 0 }),
    ).split("\ncorner");
    expect(drawn).toBe(byLibrary(section));
  }
});

describe("renderTable", () => {
  test("prints a matrix with a rule under its header, entries aligned", () => {
    expect(jacobianOf(2)).toBe(
      [
        "∂f_t/∂h_{t-1}        [0]        [1]",
        "───────────────────────────────────",
        "[0]            -0.500000   0.300000",
        "[1]             0.300000  -0.500000",
        "",
      ].join("\n"),
    );
  });

  test("puts the heading first, with the sizes that are known", () => {
    expect(renderTable(showResult(homework()), { ...OPTIONS, heading: "a cell" })).toMatch(
      /^a cell \(hidden size 2, input size 3\)\n\n/,
    );
    expect(jacobianOf(2, { heading: "a cell" })).toMatch(/^a cell \(hidden size 2\)\n\n/);
  });

  test("separates tables by an empty line, and ends with one line feed", () => {
    const text = renderTable(showResult(homework()), OPTIONS);
    expect(text.split("\n\n")).toHaveLength(4);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toMatch(/ $/m);
  });

  test("keeps a hostile name on one line, spelt out", () => {
    const text = jacobianOf(1, { heading: "a\n\u001b[2J\u202eb" });
    expect(text.split("\n")[0]).toBe("a\\x0a\\x1b[2J\\u202eb (hidden size 1)");
  });

  test("shows the corner of a large matrix with a caption of its size", () => {
    const text = jacobianOf(30);
    expect(text).toContain("corner of 30 × 30, --full shows all");
    expect(text).toMatch(/^…( +…)+$/m);
    expect(jacobianOf(30, { full: true })).not.toMatch(/…|corner/);
  });

  test.each([0, 3] as const)("lays many rows out as it does few, at colour level %i", (colorLevel) => {
    const lines = (count: number) =>
      renderTable(sigmoidResult(Array(count).fill(-0.5)), { ...OPTIONS, full: true, colorLevel }).split("\n");
    expect(lines(2000).slice(0, 400)).toEqual(lines(402).slice(0, 400));
    const matrix = (n: number) => jacobianOf(n, { full: true, colorLevel }).split("\n")[2]!.slice(0, 100);
    expect(matrix(40)).toBe(matrix(15));
  });

  test("prints more rows than a call has arguments", () => {
    const text = renderTable(sigmoidResult(Array(150_000).fill(0.5)), { ...OPTIONS, full: true });
    expect(text.split("\n")).toHaveLength(150_003);
  });

  test("folds quantities that are too wide for a line into tables below each other", () => {
    const folded = renderTable(forwardResult(homework()), { ...OPTIONS, width: 40 });
    for (const line of folded.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
    const numbers = (text: string) => text.match(/-?\d\.\d+/g)!.toSorted();
    expect(numbers(folded)).toEqual(numbers(renderTable(forwardResult(homework()), OPTIONS)));
    expect(folded.match(/^pre-activations /gm)).toHaveLength(2);
  });

  test("breaks a matrix of up to twelve columns into bands, and says once that rows were left out", () => {
    const bands = (n: number, options: Partial<TableOptions> = {}) => {
      const text = jacobianOf(n, { digits: 17, ...options });
      for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
      return { heads: text.match(/^∂f_t.*$/gm)!.map((line) => line.match(/\[\d+\]|…/g)!.join(" ")), text };
    };
    expect(bands(12).heads).toEqual(["[0] [1] [2]", "[3] [4] [5]", "[6] [7] [8]", "[9] [10] [11]"]);
    expect(bands(12).text).not.toMatch(/…|corner/);
    expect(bands(13).heads).toEqual(["[0] … [12]"]);
    const tall = optimumResult(wide(20), { gates: ["f"], units: null, norm: "2", goal: "max" });
    const text = renderTable(tall, { ...OPTIONS, digits: 17 });
    expect(text.match(/corner of/g)).toHaveLength(1);
    expect(text).toContain("corner of 20 units × 20 components, --full shows all");
  });

  test("tints every band by the largest entry of the whole matrix", () => {
    const text = jacobianOf(8, { digits: 17, colorLevel: 3 });
    const colours = text.match(/48;2;\d+;\d+;\d+m/g)!;
    expect(new Set(colours).size).toBe(2);
  });

  test("has the captions last", () => {
    const text = renderTable(forwardResult(parseCell({ U_f: [[1]] })), OPTIONS);
    expect(text.split("\n\n").at(-1)).toMatch(/^h_\{t-1\} .*zero\n.*U_i.*\n$/s);
  });

  test("prints numbers of sigmoid as they are, in one table", () => {
    const text = renderTable(sigmoidResult([-2, 0.5]), OPTIONS);
    expect(text).toMatch(/^z +σ\(z\) +σ'\(z\)\n─+\n-2 +0\.119203 +0\.104994\n0\.5 +0\.622459 +0\.235004\n$/);
  });

  test.each([
    [80, true],
    [160, true],
    [80, false],
    [160, false],
  ])("keeps every line of a cut table to one length: %s columns, Unicode %s", (width, unicode) => {
    const lines = tableLines(jacobianOf(40, { width, unicode }));
    expect(lines).toHaveLength(12);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });

  test.each(NORMS.flatMap((norm) => [true, false].map((unicode) => [norm, unicode] as const)))(
    "aligns the columns of an optimum: p = %s, Unicode %s",
    (norm, unicode) => {
      const result = optimumResult(homework(), { gates: ["f"], units: null, norm, goal: "max" });
      const lines = renderTable(result, { ...OPTIONS, unicode })
        .trimEnd()
        .split("\n");
      expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    },
  );

  test("is ASCII only where the terminal is not UTF-8", () => {
    for (const result of [showResult(homework()), forwardResult(parseCell({ U_f: [[1]] })), sigmoidResult([1])]) {
      expect(renderTable(result, { ...OPTIONS, unicode: false, heading: "größe" })).toMatch(/^[\n -~]*$/);
    }
  });

  test("colours without moving anything", () => {
    const colours = renderTable(showResult(homework()), { ...OPTIONS, colorLevel: 3 });
    expect(colours).toContain("\u001b[48;2;");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how a terminal is told a colour
    expect(colours.replace(/\u001b\[[\d;]*m/g, "")).toBe(renderTable(showResult(homework()), OPTIONS));
  });
});
