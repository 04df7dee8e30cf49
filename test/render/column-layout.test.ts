import { describe, expect, test } from "vitest";
import { GAP, type Layout, layOut } from "../../src/render/column-layout.ts";
import type { Section } from "../../src/render/section.ts";

/** A section whose entry at row r, column c is r + c / 1000, `front` of its columns no components. */
function section(rows: number, cols: number, front = 0): Section {
  const columns = Array.from({ length: cols }, (_, c) => ({ label: `[${c}]`, at: (r: number) => r + c / 1000 }));
  const rowLabel = (row: number) => `[${row}]`;
  return { title: "M", rows, columns, rowLabel, firstComponent: front, comparable: true, captions: [] };
}

const asIs = (text: string) => text;
const lay = (of: Section, { width = 80, digits = 6, full = false, write = asIs } = {}) =>
  layOut(of, { width, digits, full, write });
const labelsOf = ({ columns }: Layout) => columns.map((column) => column?.label ?? "…");
const widthOf = ({ columns, rowLabels }: Layout) =>
  columns.reduce((sum, column) => sum + GAP + (column?.width ?? 1), Math.max(1, ...rowLabels.map((l) => l.length)));

describe("layOut", () => {
  test("shows a small matrix whole", () => {
    const layout = lay(section(3, 3));
    expect(layout.cut).toBe(false);
    expect(layout.rows).toEqual([0, 1, 2]);
    expect(layout.rowLabels).toEqual(["[0]", "[1]", "[2]"]);
    expect(labelsOf(layout)).toEqual(["[0]", "[1]", "[2]"]);
  });

  test("keeps both ends of many rows, with one … between", () => {
    const { rows, rowLabels, columns, cut } = lay(section(100, 1));
    expect(cut).toBe(true);
    expect(rows).toEqual([0, 1, 2, 3, 4, null, 95, 96, 97, 98, 99]);
    expect(rowLabels[5]).toBe("…");
    expect(columns[0]!.texts[5]!.trim()).toBe("…");
  });

  test("keeps both ends of many columns, with one … between, within the width", () => {
    for (const width of [40, 80, 160]) {
      const layout = lay(section(4, 100), { width });
      const labels = labelsOf(layout);
      expect(layout.cut).toBe(true);
      expect(labels[0]).toBe("[0]");
      expect(labels.at(-1)).toBe("[99]");
      expect(labels.filter((label) => label === "…")).toHaveLength(1);
      expect(widthOf(layout)).toBeLessThanOrEqual(width);
      expect(widthOf(layout)).toBeGreaterThan(width - 12);
    }
  });

  test("leaves room for what a longer spelling of … takes", () => {
    const write = (text: string) => text.replaceAll("…", "...");
    for (const width of [40, 41, 42, 43, 80]) {
      const { columns, rowLabels } = lay(section(40, 100), { width, write });
      const label = Math.max(...rowLabels.map((text) => text.length));
      expect(columns.reduce((sum, column) => sum + GAP + (column?.width ?? 3), label)).toBeLessThanOrEqual(width);
      expect(columns[0]!.texts[5]!.trim()).toBe("...");
    }
  });

  test("uses the room of the … for the last column where it is the only one left", () => {
    const whole = widthOf(lay(section(2, 13), { full: true }));
    expect(lay(section(2, 13), { width: whole }).cut).toBe(false);
    expect(lay(section(2, 13), { width: whole - 1 }).cut).toBe(true);
  });

  test("cuts none of twelve components, however narrow the terminal", () => {
    expect(labelsOf(lay(section(2, 12), { width: 10 }))).toHaveLength(12);
    expect(labelsOf(lay(section(2, 14, 2), { width: 10 }))).toHaveLength(14);
    expect(labelsOf(lay(section(2, 13), { width: 10 }))).toEqual(["[0]", "…"]);
  });

  test("shows all rows and columns with full", () => {
    const layout = lay(section(100, 100), { full: true });
    expect([layout.cut, layout.rows.length, layout.columns.length]).toEqual([false, 100, 100]);
    expect(layout.columns).not.toContain(null);
  });

  test("leaves the columns before the components standing, however narrow the terminal", () => {
    expect(labelsOf(lay(section(2, 50, 2), { width: 10 })).slice(0, 3)).toEqual(["[0]", "[1]", "[2]"]);
    expect(labelsOf(lay(section(2, 6, 6), { width: 10 }))).toHaveLength(6);
  });

  test("pads the texts of a column, and its label, to one width", () => {
    const { columns } = lay(section(12, 2));
    for (const column of columns) {
      expect(new Set(column!.texts.map((text) => text.length))).toEqual(new Set([column!.width]));
      expect(column!.label.length).toBeLessThanOrEqual(column!.width);
    }
  });

  test("formats a column by all of its entries, also those left out", () => {
    const at = (row: number) => (row === 50 ? 1e9 : 0.5);
    const { columns } = lay({ ...section(100, 0), columns: [{ label: "a", at }] });
    expect(columns[0]!.texts[0]).toBe("5.00000e-1");
  });

  test("writes what stands in where there is no number", () => {
    const column = { label: "h", absent: "any", at: (row: number) => (row === 0 ? null : 0.5) };
    expect(lay({ ...section(2, 0), columns: [column] }).columns[0]!.texts).toEqual(["     any", "0.500000"]);
  });
});
