import { escapeCsv } from "./escape.ts";
import { exactNumber, gathered } from "./json.ts";
import { leavesOf } from "./leaves.ts";
import type { Result } from "./result.ts";

/**
 * A result in long form, a number a line, as RFC 4180 quotes it but with line feeds: what R and pandas read as it is.
 * Every double reads back the same, −0 included; what JSON has as null is empty.
 */
export const renderCsv = (result: Result): Iterable<string> => gathered(lines(result));

function* lines(result: Result): Generator<string> {
  yield "quantity,wrt,row,column,value\n";
  for (const { quantity, wrt, row, column, value } of leavesOf(result)) {
    const number = value === null ? "" : exactNumber(value);
    yield `${escapeCsv(quantity)},${escapeCsv(wrt)},${row ?? ""},${column ?? ""},${number}\n`;
  }
}
