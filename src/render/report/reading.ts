/** What a picture of many entries says, in a sentence or two: which rows and columns are long, and whether any stands out. */
import { type Matrix, transpose } from "../../linalg/matrix.ts";
import { type RowLengths, rowLengths } from "../../linalg/row-lengths.ts";
import { label, percent } from "./svg.ts";
import { symbolHtml } from "./symbol-html.ts";

/** So many times the median is out of the ordinary. */
const OUTSTANDING = 2;
/** Signs are mixed while so many of each stand there. */
const MIXED = 0.4;

export interface Reading {
  /** What a row and a column belong to: `h_t of unit`, `component`. */
  readonly row: string;
  readonly column: string;
  /** What both are of: `h_{t-1}`. */
  readonly of: string;
}

/** A paragraph of HTML, and the row that it speaks of; null of a matrix of zeros, and where a length is beyond the doubles. */
export function readingOf(matrix: Matrix, { row, column, of }: Reading) {
  const [rows, columns] = [rowLengths(matrix), rowLengths(transpose(matrix))];
  const most = rows.lengths[rows.longest];
  if (most === 0 || !Number.isFinite(most)) return null;
  const { longest, shortest, lengths, half } = rows;
  const words = [
    `${row} ${longest} moves most with ${of} (its row, framed, is ${label(lengths[longest])} long), ${row} ${shortest} least (${label(lengths[shortest])}).`,
    `Of ${of}, ${column} ${columns.longest} counts most (its column is ${label(columns.lengths[columns.longest])} long).`,
    `Half of the sum of squares lies in ${half} of ${matrix.rows} rows.`,
    verdict(matrix, rows, columns),
  ];
  return { row: longest, html: `<p class=axes>${words.map(symbolHtml).join(" ")}</p>` };
}

function verdict({ data }: Matrix, rows: RowLengths, columns: RowLengths): string {
  const found = [...outstanding("row", rows), ...outstanding("column", columns)];
  if (found.length > 0) return `What stands out: ${found.join(", ")}.`;
  const positive = data.reduce((count, entry) => count + Number(entry > 0), 0) / data.length;
  const signs = `${percent(positive)} of the entries are positive`;
  const isMixed = Math.abs(positive - 0.5) <= 0.5 - MIXED;
  return `No row or column stands out, and ${signs}${isMixed ? ": there is no pattern to look for" : ""}.`;
}

function outstanding(name: string, { longest, lengths, median }: RowLengths): string[] {
  if (median === 0) return [`${name} ${longest}, for at least half of them are zero`];
  const times = lengths[longest] / median;
  return times < OUTSTANDING ? [] : [`${name} ${longest}, ${label(times)} times as long as the median`];
}
