import type { Formula } from "../notation/formula-tree.ts";
import { nameLine } from "./cell-words.ts";
import type { LaidOutColumn } from "./column-layout.ts";
import { escapeLatex } from "./escape.ts";
import { formulaLatex, numberLatex, type Style } from "./formula-latex.ts";
import { BESIDE, groupsOf } from "./groups.ts";
import { layOutWhole, type ReadableOptions, sizesBehind } from "./readable.ts";
import type { Result } from "./result.ts";
import type { Section } from "./section.ts";
import { captionsOf, sectionsOf } from "./sections.ts";
import { textOf } from "./symbols.ts";

/** More columns amsmath allows in a matrix only on request. */
const MATRIX_COLUMNS = 10;
/** Displayed mathematics does not break at the end of a page: a longer table becomes several. */
const TABLE_ROWS = 40;
/** In points, what an article of ten points has for a line (345), without the matrix's name and brackets. */
const ROOM = 290;

/** A result as a fragment for a document with amsmath: a matrix or vector as `bmatrix`, what is neither as `array`. */
export function renderLatex(result: Result, options: ReadableOptions): string {
  const { heading, remarks = [], digits } = options;
  const sections = sectionsOf(result, options);
  const shown = sections.map((section) => ({ section, own: displays(section, digits) }));
  const widest = Math.max(0, ...shown.flatMap(({ section, own }) => (isMatrix(section) ? own.map(columnsIn) : [])));
  const blocks = ["% needs \\usepackage{amsmath}"];
  if (widest > MATRIX_COLUMNS) {
    blocks.push(`% amsmath's own limit is ${MATRIX_COLUMNS} columns\n\\setcounter{MaxMatrixCols}{${widest}}`);
  }
  if (heading !== null) blocks.push(`\\noindent\\textbf{${escapeLatex(nameLine(heading))}}${sizesBehind(result)}`);
  for (const { section, own } of shown) {
    blocks.push(...own.map((tex) => `\\[\n${tex}\n\\]`), ...section.captions.flatMap(captionLatex));
  }
  blocks.push(...[...remarks, ...captionsOf(result)].flatMap(captionLatex));
  return `${blocks.join("\n")}\n`;
}

function displays(section: Section, digits: number): string[] {
  const { columns, rowLabels } = layOutWhole(section, digits, words);
  const cells = columns.map(cellsOf);
  if (isMatrix(section)) return matrices(set(section.title, section.symbol), cells, columns.map(widthOf));
  if (section.shape === undefined || section.shape === "steps") return tables(section, rowLabels, cells);
  const equations = section.columns.map(({ label, symbol }, k) => {
    return `${set(label, symbol)} = ${section.shape === "number" ? cells[k] : bmatrix([cells[k]])}`;
  });
  return groupsOf(equations, BESIDE).map((group) => group.join("\n\\qquad\n"));
}

const isMatrix = ({ comparable, shape }: Section) => comparable && shape === undefined;

/** A matrix; of one that no page would hold its blocks, and how they stand in it. */
function matrices(name: string, cells: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const columns = fitting(widths);
  const rows = groupsOf([...cells[0].keys()], TABLE_ROWS);
  if (rows.length * columns.length === 1) return [`${name} = ${bmatrix(cells)}`];
  const block = (r: number, c: number) => `A_{${r + 1},${c + 1}}`;
  const whole = columns.map((_, c) => rows.map((_, r) => block(r, c)));
  const parts = rows.flatMap((own, r) =>
    columns.map((group, c) => `${block(r, c)} = ${bmatrix(group.map((k) => own.map((row) => cells[k][row])))}`),
  );
  return [`${name} = ${bmatrix(whole)}`, ...parts];
}

/** The indices of columns, as many together as fit beside each other, about as many in each group. */
function fitting(widths: readonly number[]): number[][] {
  const most = Math.max(1, Math.floor(ROOM / Math.max(...widths)));
  const each = Math.ceil(widths.length / Math.ceil(widths.length / most));
  return groupsOf([...widths.keys()], each);
}

/** In points: five a character, of a power of ten two more, and the space between two columns. */
function widthOf({ texts }: LaidOutColumn): number {
  const longest = Math.max(...texts.map((text) => text.trim().length + (text.includes("e") ? 2 : 0)));
  return 5 * longest + 10;
}

const columnsIn = (tex: string) => Math.max(...tex.split("\n").map((line) => line.split(" & ").length));

/** Tables: what the rows are, then the columns. */
function tables(section: Section, rowLabels: readonly string[], cells: readonly (readonly string[])[]): string[] {
  const { title, symbol, columns } = section;
  const head = [{ label: title, symbol }, ...columns].map(({ label, symbol }) => set(label, symbol, "inline"));
  const names = rowLabels.map((label, row) => rowName(section, row) ?? label);
  const open = `\\begin{array}{l${"r".repeat(cells.length)}}\n${head.join(" & ")} \\\\ \\hline`;
  return groupsOf(rowsOf([names, ...cells]), TABLE_ROWS).map((rows) => `${open}\n${lines(rows)}\n\\end{array}`);
}

/** The row's symbol behind its mark. */
function rowName({ rowLabel, rowSymbol }: Section, row: number): string | null {
  if (rowSymbol === undefined) return null;
  const symbol = rowSymbol(row);
  return words(rowLabel(row).slice(0, -textOf(symbol).length)) + set("", symbol, "inline");
}

function bmatrix(columns: readonly (readonly string[])[]): string {
  return `\\begin{bmatrix}\n${lines(rowsOf(columns))}\n\\end{bmatrix}`;
}

const rowsOf = (columns: readonly (readonly string[])[]) =>
  columns[0].map((_, row) => columns.map((column) => column[row]).join(" & "));

const lines = (rows: readonly string[]) => rows.join(" \\\\\n");

/** A column's entries. */
function cellsOf({ column, texts }: LaidOutColumn): string[] {
  return texts.map((text, row) => (column.text || column.at(row) === null ? text.trim() : numberLatex(text)));
}

/** A label: its symbol, or its words. */
const set = (label: string, symbol: Formula | undefined, style?: Style) =>
  symbol === undefined ? words(label) : formulaLatex(symbol, String, style);

/** Words within mathematics; a number is mathematics itself. */
function words(text: string): string {
  if (text === "") return "";
  return /^-?\d+(\.\d+)?(e[-+]\d+)?$/.test(text) ? numberLatex(text) : `\\text{${escapeLatex(text)}}`;
}

/** A paragraph; of a chart, which no font of LaTeX has, nothing. */
function captionLatex(caption: string): string[] {
  return /[▁-█]/.test(caption) ? [] : ["", escapeLatex(caption)];
}
