/** A table of words for a terminal: in columns where they fit, else as a list. */
import { wrapped } from "../wrap.ts";

const GAP = 2;
/** The share of the line below which a last column is too narrow to be read. */
const NARROW = 0.4;

/**
 * The first row is the head. Where the columns are too wide the last of them is wrapped; where that would leave too little
 * room, each row becomes an item with its other cells below it.
 */
export function tableText(rows: readonly (readonly string[])[], width: number, rule: string): string {
  const columns = rows[0].map((_, c) => rows.map((row) => row[c] ?? ""));
  const widths = columns.map((column) => Math.max(...column.map((cell) => cell.length)));
  const beforeLast = widths.slice(0, -1).reduce((sum, own) => sum + own + GAP, 0);
  const room = width - beforeLast;
  if (widths[widths.length - 1] > room && room < NARROW * width) return listOf(rows, width);
  widths[widths.length - 1] = Math.min(room, widths[widths.length - 1]);
  const isNumeric = columns.map(([, ...cells]) => cells.every((cell) => /^([-+.\d]|$)/.test(cell)));
  const lines = rows.flatMap((row) => rowLines(row, widths, isNumeric));
  const headLines = rowLines(rows[0], widths, isNumeric).length;
  lines.splice(headLines, 0, rule.repeat(beforeLast + widths[widths.length - 1]));
  return lines.join("\n");
}

/** A row, of which the last cell may take several lines. */
function rowLines(row: readonly string[], widths: readonly number[], isNumeric: readonly boolean[]): string[] {
  const last = widths.length - 1;
  return wrapped(row[last], widths[last]).map((text, k) => {
    const cells = widths.map((_, c) => (c === last ? text : k === 0 ? row[c] : ""));
    const padded = cells.map((cell, c) => (isNumeric[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c])));
    return padded.join(" ".repeat(GAP)).trimEnd();
  });
}

function listOf([head, ...rows]: readonly (readonly string[])[], width: number): string {
  const indent = " ".repeat(4);
  const lines = rows.flatMap(([first, ...cells]) => [
    ...wrapped(first, width),
    ...cells.flatMap((cell, k) => {
      if (cell === "") return [];
      const label = cells.length > 1 ? `${head[k + 1]}: ` : "";
      return wrapped(label + cell, width - indent.length).map((line) => indent + line);
    }),
  ]);
  return lines.join("\n");
}
