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
 * The rows of a text (RFC 4180); blank lines are none. The first that is not blank tells what stands between the fields.
 * Takes time in proportion to the text, whatever it is: students' files are read too.
 * @throws {DlstmError} syntax, for a quote that is not closed or stands within a field.
 */
export function csvRows(text: string): CsvRow[] {
  const [first] = text.trimStart().split(/\r?\n|\r/, 1);
  const delimiter = DELIMITERS.find((one) => first.includes(one)) ?? ",";
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let [at, line, begun] = [0, 1, 1];
  const matched = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [null];
    at += found?.length ?? 0;
    return found;
  };
  const plain = new RegExp(`[^"${delimiter}\\r\\n]*`, "y");
  const ending = new RegExp(`${delimiter}|\\r?\\n|\\r|$`, "y");
  while (at < text.length || fields.length > 0) {
    matched(SPACES);
    const quoted = text[at] === '"' ? text.slice(at + 1, closingQuote(text, at)) : null;
    if (quoted !== null) at += quoted.length + 2;
    const field = quoted?.replaceAll('""', '"') ?? matched(plain)?.trim() ?? "";
    matched(SPACES);
    const end = matched(ending);
    if (end === null || at > text.length) throw failure("syntax", WRONG_QUOTE, { place: `line ${line}` });
    fields.push(field);
    line += linesIn(quoted ?? "");
    if (end === delimiter) continue;
    if (fields.length > 1 || fields[0] !== "") rows.push({ line: begun, fields });
    fields = [];
    line += 1;
    begun = line;
    if (end === "") break;
  }
  return rows;
}

const SPACES = / */y;
const WRONG_QUOTE =
  "a quote that is not closed or stands within a field; expected quotes around all of it, doubled inside";

/** Where the field ends whose quote is at `open`: its quotes are doubled. The end of the text where it is not closed. */
function closingQuote(text: string, open: number): number {
  let at = open + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    if (text[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}

function linesIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
