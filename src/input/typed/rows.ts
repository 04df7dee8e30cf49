/** Rows of numbers as people type and paste them: plain, in brackets of JSON, numpy or MATLAB, from a spreadsheet. */

import { failure, type ProblemList } from "../../errors.ts";
import { type Crowd, rejectCrowded } from "../json.ts";
import type { Sourced } from "../keys.ts";
import { numberFault, typedNumber } from "./number.ts";

/** What a text is read for; in brackets of one level it decides what a line break is. */
export type Reading = "vector" | "matrix" | "input";

/** Rows in the order in which they were written, at least one, each of at least one number; how long they are is up to the reader. */
export interface TypedRows {
  readonly rows: readonly (readonly number[])[];
  /** Levels of brackets around them, or axes of an array: [1,2] has one. */
  readonly depth: number;
}

/** Where messages say that the text stands. */
export type Where = Pick<Sourced, "file" | "place">;

/** How often a character may stand in one text: beyond it the memory that reading takes is out of proportion. */
const MOST: Crowd = [
  ["[", 2 ** 24],
  [";", 2 ** 24],
  ["\n", 2 ** 24],
  [",", 2 ** 26],
  [" ", 2 ** 26],
  ["\t", 2 ** 26],
];

/** `array([[1., 2.]], dtype=float32)`, as Python prints it. */
const PRINTED = /^(?:\w+\.)?(?:array|matrix|tensor)\(([^()=]*?)(?:,\s*\w+=[^()]*)?\)$/i;

/**
 * The rows in a text. Without brackets a row ends at a line break or a semicolon; [[1,2],[3,4]] has brackets around each;
 * in [1 2; 3 4] it ends as without any, but that a vector of numpy's goes on in the next line. Commas, tabs and spaces stand
 * between numbers, and semicolons where line breaks end the rows or the file is named .csv; in CSV there may be quotes around them.
 * @throws {DlstmError} syntax, shape, ambiguous or too-large, where there is no telling the numbers apart; a wrong number is added to the problems
 * at `[row][entry]` behind the place, `[entry]` in a single row.
 */
export function typedRows(text: string, reading: Reading, where: Where, problems: ProblemList): TypedRows {
  rejectCrowded(text, MOST);
  const written = text.trim();
  if (written.startsWith("{")) throw failure("shape", "an object, expected rows such as [[0.5,-1.2],[1.5,0.8]]");
  // Python may end a list with a comma
  const { inner, depth } = withoutBrackets((PRINTED.exec(written)?.[1].trim() ?? written).replace(/,\s*\]$/, "]"));
  const texts = depth === 2 ? bracketedRows(inner) : depth === 1 ? plainRows(inner, reading) : openRows(inner, where);
  if (texts.length === 0) throw failure("shape", "empty, expected numbers such as 0.5 -1.2");
  const isSingle = texts.length === 1 && depth < 2 && reading !== "matrix";
  const { file, place } = where;
  const placeOf = (r: number) => ({ file, place: isSingle ? place : `${place}[${r}]` });
  return { rows: texts.map((row, r) => numbersIn(row, depth > 0, placeOf(r), problems)), depth };
}

/** The text within the brackets around all of it, and how many levels of them there are. */
function withoutBrackets(text: string): { readonly inner: string; readonly depth: number } {
  // MATLAB ends a statement so
  let [start, end] = [0, text.endsWith("];") ? text.length - 1 : text.length];
  let [opening, closing] = [0, 0];
  for (; /[[\s]/.test(text.charAt(start)); start += 1) if (text[start] === "[") opening += 1;
  for (; /[\]\s]/.test(text.charAt(end - 1)) && end > start; end -= 1) if (text[end - 1] === "]") closing += 1;
  if (opening !== closing) throw mismatched();
  if (opening > 2) throw failure("shape", `${opening} levels of brackets, expected at most two`);
  if (opening < 2) return { inner: text.slice(start, end), depth: opening };
  // those of the first and of the last row stay
  return { inner: text.slice(text.indexOf("[") + 1, text.lastIndexOf("]")).trim(), depth: 2 };
}

function mismatched() {
  return failure("syntax", "brackets that do not match, expected rows such as [[0.5,-1.2],[1.5,0.8]]");
}

/** The rows of [1,2],[3,4]; their line breaks are spaces. */
function bracketedRows(text: string): string[] {
  const row = /\s*\[([^\][]*)\]\s*[,;]?/y;
  const rows: string[] = [];
  while (row.lastIndex < text.length) {
    const found = row.exec(text);
    if (found === null) throw mismatched();
    rows.push(found[1].trim());
  }
  return rows;
}

/** Rows without any brackets: lines, also as spreadsheets save them, or what semicolons divide. */
function openRows(text: string, { file }: Where): string[] {
  if (/[[\]]/.test(text)) throw mismatched();
  const lines = linesOf(text.replace(/"([^"\r\n]*)"/g, (_, field: string) => field.trim()));
  if (!text.includes(";")) return lines;
  const fields = lines.map((line) => line.split(";").map((field) => field.trim()));
  const endsRows = lines.slice(0, -1).some((line) => !line.endsWith(";")) || /\.csv$/i.test(file ?? "");
  if (endsRows && fields.flat().every((field) => !/\s/.test(field))) return fields.map((row) => row.join("\t"));
  return semicolonRows(lines.join("\n"));
}

/** Rows within one pair of brackets. */
function plainRows(text: string, reading: Reading): string[] {
  if (/[[\]]/.test(text)) throw mismatched();
  if (text.includes(";")) return semicolonRows(text);
  const rows: string[] = [];
  for (const line of linesOf(text)) {
    const last = rows.at(-1);
    if (last === undefined) rows.push(line);
    else if (last.endsWith(",") || line.startsWith(",")) rows[rows.length - 1] = last + line;
    else if (reading === "matrix") rows.push(line);
    else if (reading === "vector") rows[rows.length - 1] = `${last} ${line}`;
    else {
      const message = "a line break within brackets, where numpy's row goes on and MATLAB's ends; expected [1 2; 3 4]";
      throw failure("ambiguous", `${message} or [[1,2],[3,4]] for a sequence, [1,2] for x_t`);
    }
  }
  return rows;
}

function semicolonRows(text: string): string[] {
  const rows = text.split(";");
  // one may stand at the end of the last row too
  if (rows.at(-1)?.trim() === "") rows.pop();
  return rows.map((row) => {
    const [line = "", ...more] = linesOf(row);
    if (more.length === 0) return line;
    throw failure("ambiguous", "rows that end at semicolons and at line breaks, expected one of the two");
  });
}

/** The lines that are not blank. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

function numbersIn(row: string, isBracketed: boolean, { file, place }: Where, problems: ProblemList): number[] {
  // between two tabs of a spreadsheet there is an empty cell
  const text = isBracketed ? row.replace(/,$/, "") : /\t *\t/.test(row) ? row.replaceAll("\t", ",") : row;
  return text.split(hasDecimalCommas(text) ? /\s+/ : /\s*,\s*|\s+/).map((entry, k) => {
    const value = typedNumber(entry);
    if (Number.isNaN(value)) {
      problems.add(() => {
        return { code: "not-a-number", file, place: `${place}[${k}]`, message: numberFault(entry) };
      });
    }
    return value;
  });
}

/** Whether spaces or tabs stand between the numbers, and commas within: `0,5 -1,2`. */
function hasDecimalCommas(row: string): boolean {
  const isNumber = (entry: string) => !entry.includes(",") || /^[-+\u2212]?\d+,\d+$/.test(entry);
  return row.includes(",") && /\s/.test(row) && row.split(/\s+/).every(isNumber);
}
