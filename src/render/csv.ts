import { escapeCsv } from "./escape.ts";
import { exactNumber, gathered } from "./json.ts";
import { type Leaf, leavesOf } from "./leaves.ts";
import type { Result } from "./result.ts";

/**
 * A result in long form, a number a line, as RFC 4180 quotes it but with line feeds: what R and pandas read as it is.
 * Every double reads back the same, −0 included; what JSON has as null is empty.
 */
export function* renderCsv(result: Result): Generator<string> {
  yield* gathered(lines(result));
}

function* lines(result: Result): Generator<string> {
  yield "quantity,wrt,row,column,value\n";
  for (const leaf of leavesOf(result)) yield line(leaf);
}

function line({ quantity, wrt, row, column, value }: Leaf): string {
  return `${escapeCsv(quantity)},${escapeCsv(wrt)},${row ?? ""},${column ?? ""},${value === null ? "" : exactNumber(value)}\n`;
}
