import { visibleLine } from "../visible.ts";
import { escapeCsv } from "./escape.ts";
import { exactNumber, gathered } from "./json.ts";
import { leavesOf } from "./leaves.ts";
import type { Result } from "./result.ts";

/**
 * A result in long form, a number a line, as RFC 4180 quotes it but with line feeds: what R and pandas read as it is.
 * Every double reads back the same, −0 included; what JSON has as null is empty.
 */
export function* renderCsv(result: Result): Generator<string> {
  yield CSV_HEAD;
  yield* gathered(csvRows(result));
}

const CSV_HEAD = "quantity,wrt,row,column,value\n";

/** Fields before and behind those of each row, of one of many results in one table. */
type Around = readonly [before: string, behind: string];

/** The rows of a result. */
function* csvRows(result: Result, [before, behind]: Around = ["", ""]): Generator<string> {
  for (const { quantity, wrt, row, column, value } of leavesOf(result)) {
    const number = value === null ? "" : exactNumber(value);
    yield `${before}${escapeCsv(quantity)},${escapeCsv(wrt)},${row ?? ""},${column ?? ""},${number}${behind}\n`;
  }
}

/** One table of several files, whose first column they are. */
export const FILES_CSV = {
  head: `file,${CSV_HEAD}`,
  rows: (file: string, result: Result) => csvRows(result, [`${escapeCsv(visibleLine(file))},`, ""]),
};

/** A line of a stream as a table tells it: by its id; by its number, where it has none. */
interface LineName {
  readonly id: string | number | undefined;
  readonly line: number | null;
}

/** One table of a stream. What is wrong with a line is a row in its place, told as notes are: error, with the code as its wrt. */
export const LINES_CSV = {
  head: `id,${CSV_HEAD.trimEnd()},line\n`,
  rows: (name: LineName, result: Result) => csvRows(result, aroundLine(name)),
  error: (name: LineName, code: string) => aroundLine(name).join(`error,${code},,,1`).concat("\n"),
};

function aroundLine({ id, line }: LineName): Around {
  if (id === undefined) return [",", `,${line}`];
  return [`${typeof id === "string" ? escapeCsv(visibleLine(id)) : exactNumber(id)},`, ","];
}
