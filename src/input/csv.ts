/** Comma-separated text, as spreadsheets save it. */
import { failure } from "../errors.ts";

export interface CsvRow {
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** Without the spaces around them, unless they are quoted. */
  readonly fields: readonly string[];
}

/** What may stand between fields: spreadsheets of countries with a decimal comma write semicolons. */
const DELIMITERS = [",", ";", "\t"];

/**
 * The rows of a text (RFC 4180); blank lines are none. The first line tells what stands between the fields.
 * @throws {DlstmError} syntax, for a quote that is not closed or stands within a field.
 */
export function csvRows(text: string): CsvRow[] {
  const [first] = text.split(/\r?\n|\r/, 1);
  const delimiter = DELIMITERS.find((one) => first.includes(one)) ?? ",";
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let [line, begun] = [1, 1];
  const end = () => {
    if (fields.length > 1 || fields[0] !== "") rows.push({ line: begun, fields });
    fields = [];
  };
  // a field and what ends it; one in quotes may hold anything, its quotes doubled
  const field = new RegExp(`[ ]*(?:"((?:[^"]|"")*)"[ ]*|([^"${delimiter}\\r\\n]*))(${delimiter}|\\r?\\n|\\r|$)`, "y");
  while (field.lastIndex < text.length || fields.length > 0) {
    const found = field.exec(text);
    if (found === null) {
      const message =
        "a quote that is not closed or stands within a field; expected quotes around all of it, doubled inside";
      throw failure("syntax", message, { place: `line ${line}` });
    }
    const [whole, quoted, plain, ending] = found;
    fields.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    line += whole.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (ending === delimiter) continue;
    end();
    begun = line;
    if (ending === "") break;
  }
  return rows;
}
