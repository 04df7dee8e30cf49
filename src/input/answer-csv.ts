import { failure } from "../errors.ts";
import { nestedAnswer } from "./answer-tree.ts";
import { csvRows } from "./csv.ts";
import { excerpt } from "./excerpt.ts";

/** The columns in which results are written: their first words tell the file from JSON. */
const HEAD = ["quantity", "wrt", "row", "column", "value"];

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
 * says, as {@link csvRows} reads them. Entries that are left out are null.
 * @throws {DlstmError} syntax, at the line; duplicate-key.
 */
export function csvAnswer(text: string): unknown {
  const [head, ...rows] = csvRows(text);
  const columns = head.fields.map((name) => name.toLowerCase());
  const [quantity, wrt, row, column, value] = HEAD.map((name) => columns.indexOf(name));
  if (quantity < 0 || value < 0)
    throw failure("syntax", `expected the columns ${HEAD.join(", ")}`, { place: `line ${head.line}` });
  const places = new Map<string, Place>();
  for (const { line, fields } of rows) {
    const field = (at: number) => fields[at]?.trim() ?? "";
    const path = [field(quantity), field(wrt)].filter((key) => key !== "").join(".");
    const place = places.get(path) ?? { line, numbers: new Map(), lines: 0 };
    places.set(path, place);
    place.lines += 1;
    add(place, [indexIn(field(row), line), indexIn(field(column), line)], numberIn(field(value)), line);
  }
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
