import { failure } from "../errors.ts";
import { nestedAnswer } from "./answer-tree.ts";
import { excerpt } from "./excerpt.ts";

/** The columns in which results are written: their first words tell the file from JSON. */
const HEAD = ["quantity", "wrt", "row", "column", "value"];
const SEPARATORS = /[,;\t]/;

/** What stands under one path: its numbers by row and column; −1 where there is none. */
interface Place {
  readonly line: number;
  readonly numbers: Map<number, Map<number, unknown>>;
  lines: number;
}

export function isLongForm(text: string): boolean {
  return /^\s*"?quantity"?[^\S\r\n]*[,;\t]/i.test(text.slice(0, 80));
}

/**
 * An answer as `--format csv` writes a result, a number a line: quantity, wrt, row, column, value, in the order that the head
 * says; between them commas, semicolons or tabs, as spreadsheets have it. Entries that are left out are null.
 * @throws {DlstmError} syntax, at the line; duplicate-key.
 */
export function csvAnswer(text: string): unknown {
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== "");
  const head = lines[first];
  const separator = SEPARATORS.exec(head)![0];
  const columns = fieldsIn(head, separator).map((name) => name.trim().toLowerCase());
  const [quantity, wrt, row, column, value] = HEAD.map((name) => columns.indexOf(name));
  if (quantity < 0 || value < 0)
    throw failure("syntax", `expected the columns ${HEAD.join(", ")}`, { place: `line ${first + 1}` });
  const places = new Map<string, Place>();
  lines.forEach((line, k) => {
    if (k <= first || line.trim() === "") return;
    const fields = fieldsIn(line, separator);
    const field = (at: number) => (at < 0 ? "" : (fields[at] ?? "").trim());
    const path = [field(quantity), field(wrt)].filter((key) => key !== "").join(".");
    const place = places.get(path) ?? { line: k + 1, numbers: new Map(), lines: 0 };
    places.set(path, place);
    place.lines += 1;
    add(place, [indexIn(field(row), k + 1), indexIn(field(column), k + 1)], numberIn(field(value)), k + 1);
  });
  return nestedAnswer([...places].map(([path, place]) => [path, valueAt(place, path === "gradient.x")]));
}

function add({ numbers }: Place, [row, column]: readonly [number, number], value: unknown, line: number): void {
  const own = numbers.get(row) ?? new Map<number, unknown>();
  if (own.has(column)) throw failure("duplicate-key", "an entry that stands twice", { place: `line ${line}` });
  numbers.set(row, own.set(column, value));
}

/** A number, a list, or rows, as their indices say; those of the gradient of x may be steps, from 1. */
function valueAt({ numbers, lines, line }: Place, isOfSteps: boolean): unknown {
  const single = numbers.get(-1)?.get(-1);
  if (numbers.size === 1 && single !== undefined) return single;
  const first = isOfSteps && !numbers.has(0) ? 1 : 0;
  const rows = [...numbers.keys()];
  // each index has a line: longer lists than lines have holes
  const most = Math.max(...rows, ...[...numbers.values()].flatMap((own) => [...own.keys()]));
  if (most > lines)
    throw failure("syntax", `row or column ${most}, expected all before it too`, { place: `line ${line}` });
  return Array.from({ length: Math.max(...rows) + 1 - first }, (_, r) => {
    const own = numbers.get(r + first) ?? new Map<number, unknown>();
    // of a unit without an optimum there is no row
    if (own.has(-1)) return own.get(-1);
    return Array.from({ length: Math.max(-1, ...own.keys()) + 1 }, (_, c) => own.get(c) ?? null);
  });
}

function indexIn(text: string, line: number): number {
  if (text === "") return -1;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw failure("syntax", `${JSON.stringify(excerpt(text))} is no index, expected 0, 1, …`, { place: `line ${line}` });
}

/** null for an empty field; what is no number stays as it is, and is none. */
function numberIn(text: string): unknown {
  if (text === "") return null;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
}

/** Fields may be in quotes, in which a quote is doubled (RFC 4180). */
function fieldsIn(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator);
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}]*))(?:${separator}|$)`, "y");
  const fields: string[] = [];
  while (field.lastIndex < line.length) {
    const found = field.exec(line);
    if (found === null) return line.split(separator);
    fields.push(found[1]?.replaceAll('""', '"') ?? found[2]);
  }
  return fields;
}
