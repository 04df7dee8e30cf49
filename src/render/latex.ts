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

/** A result as a fragment for a document with amsmath: a matrix or vector as `bmatrix`, what is neither as `array`. */
export function renderLatex(result: Result, options: ReadableOptions): string {
  const { heading, remarks = [], digits } = options;
  const sections = sectionsOf(result, options);
  const widest = Math.max(0, ...sections.filter(isMatrix).map(({ columns }) => columns.length));
  const blocks = ["% needs \\usepackage{amsmath}"];
  if (widest > MATRIX_COLUMNS) {
    blocks.push(`% amsmath's own limit is ${MATRIX_COLUMNS} columns\n\\setcounter{MaxMatrixCols}{${widest}}`);
  }
  if (heading !== null) blocks.push(`\\noindent\\textbf{${escapeLatex(nameLine(heading))}}${sizesBehind(result)}`);
  for (const section of sections) {
    blocks.push(
      ...displays(section, digits).map((tex) => `\\[\n${tex}\n\\]`),
      ...section.captions.flatMap(captionLatex),
    );
  }
  blocks.push(...[...remarks, ...captionsOf(result)].flatMap(captionLatex));
  return `${blocks.join("\n")}\n`;
}

function displays(section: Section, digits: number): string[] {
  const { columns, rowLabels } = layOutWhole(section, digits, words);
  const cells = columns.map(cellsOf);
  if (isMatrix(section)) return [`${set(section.title, section.symbol)} = ${bmatrix(cells)}`];
  if (section.shape === undefined || section.shape === "steps") return tables(section, rowLabels, cells);
  const equations = section.columns.map(({ label, symbol }, k) => {
    return `${set(label, symbol)} = ${section.shape === "number" ? cells[k] : bmatrix([cells[k]])}`;
  });
  return groupsOf(equations, BESIDE).map((group) => group.join("\n\\qquad\n"));
}

const isMatrix = ({ comparable, shape }: Section) => comparable && shape === undefined;

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
