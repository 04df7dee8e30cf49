import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";
import { type Matrix, zeros } from "../../src/linalg/matrix.ts";
import { heatmap } from "../../src/render/heatmap.ts";
import { colourOf } from "../../src/render/tint.ts";

const of = (cols: number, ...entries: number[]): Matrix => ({
  rows: entries.length / cols,
  cols,
  data: Float64Array.from(entries),
});
const plain = { width: 80, unicode: true, chalk: new Chalk({ level: 0 }) };
const ascii = { ...plain, unicode: false };
const colour = { ...plain, chalk: new Chalk({ level: 3 }) };
const codeOf = (share: number, layer: "ink" | "paper") => colourOf(colour.chalk, share, layer)("x").split("x")[0]!;
const ink = (share: number) => codeOf(share, "ink");
const paper = (share: number) => codeOf(share, "paper");
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour escapes are what it takes away
const bare = (line: string) => line.replace(/\u001b\[[\d;]*m/g, "");

/** A matrix of zeros with one entry. */
function planted(rows: number, cols: number, row: number, column: number, entry: number): Matrix {
  const matrix = zeros(rows, cols);
  matrix.data[row * cols + column] = entry;
  return matrix;
}

describe("heatmap", () => {
  test("draws two rows a character, each in its own colour", () => {
    const tall = of(1, ...Array.from({ length: 13 }, (_, k) => (k === 0 ? 1 : k === 1 ? -0.5 : 0)));
    const [, first, second] = heatmap(tall, colour);
    expect(first).toBe(` [0] ${ink(1)}${paper(-0.5)}▀\u001b[49m\u001b[39m`);
    expect(second!.trim()).toBe("");
    expect(heatmap(tall, colour)).toHaveLength(1 + 7 + 1);
  });

  test("leaves the lower half of an odd last row to the terminal", () => {
    const lines = heatmap(of(1, ...Array(13).fill(-1)), colour);
    expect(lines[7]).toContain(`${ink(-1)}▀`);
    expect(lines[7]).not.toContain("48;2");
  });

  test("leaves a zero to the terminal, beside whatever it stands", () => {
    const tall = of(1, 0, -1, 1, 0, ...Array(9).fill(0));
    const [, first, second, third] = heatmap(tall, colour);
    expect(first).toBe(` [0] ${ink(-1)}▄\u001b[39m`);
    expect(second!.trim()).toBe(`${ink(1)}▀\u001b[39m`);
    expect(third!.trim()).toBe("");
  });

  test("tells the sign by one of sixteen colours, and the size by characters", () => {
    const sixteen = new Chalk({ level: 1 });
    const lines = heatmap(of(13, -1, -0.3, 0, 0.3, 1, ...Array(8).fill(0)), { ...plain, chalk: sixteen });
    const [below, above] = [-1, 1].map((share) => (text: string) => colourOf(sixteen, share, "ink")(text));
    const row = [below!("##"), below!("=="), "  ", above!("▒▒"), above!("██")].join("");
    expect(lines[1]!.trimEnd()).toBe(`[0] ${row}`);
    expect(lines.at(-1)).toBe(`-1 ${below!("#≡=-")} 0 ${above!("░▒▓█")} 1`);
  });

  test("enlarges a small matrix, and numbers its rows and columns", () => {
    const lines = heatmap(of(2, 1, -1, 0, 0.5), plain);
    expect(lines[0]).toMatch(/^ {4}\[0\] +\[1\]$/);
    expect(lines[1]).toBe(`[0] ${"█".repeat(12)}${"#".repeat(12)}`);
    expect(lines[7]).toBe(`[1] ${" ".repeat(12)}${"▒".repeat(12)}`);
    expect(lines.at(-1)).toBe("-1 #≡=- 0 ░▒▓█ 1");
  });

  test("writes tenths in ASCII, letters for negative entries", () => {
    const lines = heatmap(of(13, -1, -0.91, -0.1, -0.001, 0, 0.001, 0.02, 0.1, 0.101, 0.5, 0.9, 0.91, 1), ascii);
    expect(lines[1]).toBe("[0] jjjjaa.   . 1111225599XXXX");
    expect(lines.at(-1)).toBe("-1 jihgfedcba 0 123456789X 1");
  });

  test("has coloured blocks in ASCII as well", () => {
    const lines = heatmap(of(1, 2, -2), { ...colour, unicode: false });
    expect(lines[1]).toContain(paper(1));
    expect(lines.at(-2)).toContain(paper(-1));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the complement of ASCII
    expect(lines.join("")).not.toMatch(/[^\u0000-\u007f]/);
  });

  test.each([
    ["in a corner", 299, 0],
    ["at the end", 299, 299],
    ["in the middle", 150, 77],
  ])("hides no entry of a large matrix: one %s", (_, row, column) => {
    for (const options of [plain, ascii, { ...plain, width: 30 }]) {
      const lines = heatmap(planted(300, 300, row, column, -1e-9), options);
      const picture = lines.slice(1, -2).map((line) => line.replace(/^ *(\[\d+\])? /, ""));
      expect(picture.join("").replaceAll(" ", "")).toBe(options.unicode ? "##" : "jj");
      expect(lines.at(-1)).toMatch(/largest magnitude among (\d+) . \1$/);
    }
  });

  test.each([1, 2, 5, 12, 13, 32, 128])("fits the width: H = %i", (n) => {
    for (const width of [20, 40, 80]) {
      for (const options of [plain, ascii, colour]) {
        const lines = heatmap(zeros(n, n), { ...options, width });
        const picture = lines.slice(
          0,
          lines.findIndex((line) => bare(line).includes(" 0")),
        );
        for (const line of picture.slice(1)) expect(bare(line).length).toBeLessThanOrEqual(width);
      }
    }
  });

  test("shares a scale that is handed in", () => {
    expect(heatmap(of(1, 1), { ...plain, scale: 4 })[1]).toBe(`[0] ${"░".repeat(24)}`);
    expect(heatmap(of(1, 1), { ...plain, scale: 4 }).at(-1)).toBe("-4 #≡=- 0 ░▒▓█ 4");
  });

  test("draws a matrix of zeros as zeros", () => {
    expect(
      heatmap(zeros(2, 2), plain)
        .slice(1, -1)
        .join("")
        .replace(/[[\]01 ]/g, ""),
    ).toBe("");
    expect(heatmap(zeros(2, 2), plain).at(-1)).toBe("0 #≡=- 0 ░▒▓█ 0");
  });
});
