import type { CellRecord } from "../input/weights/conventions/list.ts";
import type { WeightList } from "../input/weights/read-file.ts";
import { nameLine } from "./cell-words.ts";
import { type Column, type Section, tableSection } from "./section.ts";

/** A file's tensors, and the cells that can be read from them with what chooses each. */
export function weightsSections({ tensors, cells }: WeightList): Section[] {
  const tensorColumns = [
    textColumn("type", (row) => tensors[row].type),
    textColumn("shape", (row) => tensors[row].shape.join(" × ") || "one number"),
  ];
  const cellColumns: Column[] = [
    textColumn("convention", (row) => cells[row].conventions.join(", ")),
    { label: "hidden size", at: (row) => cells[row].hidden_size },
    { label: "input size", at: (row) => cells[row].input_size },
  ];
  if (cells.some(({ refused }) => refused !== null)) {
    cellColumns.push(textColumn("refused", (row) => (cells[row].refused === null ? "" : "yes")));
  }
  return [
    section("tensor", tensors.length, tensorColumns, (row) => tensors[row].name),
    ...(cells.length === 0 ? [] : [section("cell", cells.length, cellColumns, (row) => chooserOf(cells[row]))]),
  ];
}

export function weightsCaptions({ cells, notes }: WeightList): string[] {
  if (cells.length === 0) return ["no LSTM cell that is known can be read from these", ...notes];
  const refused = cells.flatMap((cell) => {
    return cell.refused === null ? [] : [`${nameLine(chooserOf(cell))}: refused, ${cell.refused}`];
  });
  return [...refused, ...notes];
}

/** What chooses a cell. */
function chooserOf({ flags, needs_from, refused }: CellRecord): string {
  if (needs_from) return flags === "" ? "needs --from" : `needs --from, ${flags}`;
  return flags || (refused === null ? "no flag needed" : "the cell");
}

function textColumn(label: string, text: (row: number) => string): Column {
  return { label, at: () => null, text: (row) => nameLine(text(row)) };
}

function section(title: string, rows: number, columns: Column[], name: (row: number) => string): Section {
  const rowLabel = (row: number) => nameLine(name(row));
  return { ...tableSection(title, rows, columns), allRows: true, rowLabel };
}
