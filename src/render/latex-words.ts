/** What stands in the cells and below the displays of a result in LaTeX. */
import type { Formula } from "../notation/formula-tree.ts";
import type { LaidOutColumn } from "./column-layout.ts";
import { escapeLatex } from "./escape.ts";
import { formulaLatex, numberLatex, type Style } from "./formula-latex.ts";

/** A column's entries. */
export function cellsOf({ column, texts }: LaidOutColumn): string[] {
  return texts.map((text, row) => (column.text || column.at(row) === null ? text.trim() : numberLatex(text)));
}

/** A label: its symbol, or its words. */
export const set = (label: string, symbol: Formula | undefined, style?: Style) =>
  symbol === undefined ? words(label) : formulaLatex(symbol, String, style);

/** Words within mathematics; a number is mathematics itself. */
export function words(text: string): string {
  if (text === "") return "";
  return /^-?\d+(\.\d+)?(e[-+]\d+)?$/.test(text) ? numberLatex(text) : `\\text{${escapeLatex(text)}}`;
}

/** A paragraph; of a chart, which no font of LaTeX has, nothing. */
export function captionLatex(caption: string): string[] {
  return /[▁-█]/.test(caption) ? [] : ["", escapeLatex(caption)];
}
