/** A cell as a person edits it: a row a line, two decimals. */
import { type Matrix, rowOf } from "../linalg/matrix.ts";

type Entry = string | Matrix | Float64Array;

/** The text of a native cell, in pieces; the numbers are written with two decimals, 0.50 too. */
export function* editableChunks(cell: Readonly<Record<string, Entry>>): Generator<string> {
  let start = "{\n";
  for (const [key, entry] of Object.entries(cell)) {
    yield `${start}  ${JSON.stringify(key)}: `;
    yield* written(entry);
    start = ",\n";
  }
  yield "\n}\n";
}

function* written(entry: Entry): Generator<string> {
  if (typeof entry === "string") yield JSON.stringify(entry);
  else if (entry instanceof Float64Array) yield rowText(entry);
  else {
    for (let r = 0; r < entry.rows; r++) yield `${r === 0 ? "[" : ","}\n    ${rowText(rowOf(entry, r))}`;
    yield "\n  ]";
  }
}

function rowText(row: Float64Array): string {
  // no −0.00
  return `[${Array.from(row, (entry) => (Math.abs(entry) < 0.005 ? 0 : entry).toFixed(2)).join(", ")}]`;
}
