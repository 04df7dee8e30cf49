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

export const CSV_HEAD = "quantity,wrt,row,column,value\n";

/** The rows of a result. @param first a field in front of each, of one of many results in one table */
export function* csvRows(result: Result, first = ""): Generator<string> {
  for (const { quantity, wrt, row, column, value } of leavesOf(result)) {
    const number = value === null ? "" : exactNumber(value);
    yield `${first}${escapeCsv(quantity)},${escapeCsv(wrt)},${row ?? ""},${column ?? ""},${number}\n`;
  }
}

/** What a result is told by as such a field: a number as it is, text made harmless. */
export function labelField(label: string | number | undefined): string {
  return `${typeof label === "string" ? escapeCsv(visibleLine(label)) : (label ?? "")},`;
}
