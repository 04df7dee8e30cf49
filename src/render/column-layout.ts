/** Which rows and columns of a section are shown, and each entry as text. */
import { columnFormat } from "./number.ts";
import type { Column, Section } from "./section.ts";

export interface LayoutOptions {
  /** Characters a line. */
  readonly width: number;
  readonly digits: number;
  /** Every row and column, however long the lines get. */
  readonly full: boolean;
  /** How a text is written: as it is, or with fewer characters to choose from, then possibly longer. */
  readonly write: (text: string) => string;
}

/** A column with the texts of the visible rows, padded to the same width. */
export interface LaidOutColumn {
  readonly label: string;
  readonly texts: readonly string[];
  readonly width: number;
  readonly column: Column;
}

export interface Layout {
  readonly title: string;
  /** Row numbers; null stands for the rows left out between its neighbours. */
  readonly rows: readonly (number | null)[];
  readonly rowLabels: readonly string[];
  /** Of the title and the row labels. */
  readonly labelWidth: number;
  /** null stands for the columns left out. */
  readonly columns: readonly (LaidOutColumn | null)[];
  readonly cut: boolean;
}

/** Between columns. */
export const GAP = 2;
export const ELLIPSIS = "…";
/** Up to so many rows are shown whole; of more, so many at either end. */
const ROWS = { most: 16, edge: 5 };
/** Up to so many components are never cut out of the middle: where they do not fit they break into bands. */
export const BANDED = 12;

export function layOut(section: Section, options: LayoutOptions): Layout {
  const rows = corners(section.rows, ROWS, options.full || section.allRows === true);
  const title = options.write(section.title);
  const rowLabels = rows.map((row) => options.write(row === null ? ELLIPSIS : section.rowLabel(row)));
  const labelWidth = longest(title, rowLabels);
  const columns = visibleColumns(section, rows, options.width - labelWidth, options);
  return { title, rows, rowLabels, labelWidth, columns, cut: rows.includes(null) || columns.includes(null) };
}

/** Of more than `most` the first and the last `edge`, and null for what is left out between them. */
export function corners(count: number, { most, edge }: typeof ROWS, full: boolean): (number | null)[] {
  const all = [...Array(count).keys()];
  return full || count <= most ? all : [...all.slice(0, edge), null, ...all.slice(-edge)];
}

/** From both ends inwards, the front first, as long as they fit; few components, and the columns before them, always stand. */
function visibleColumns(
  section: Section,
  rows: readonly (number | null)[],
  width: number,
  options: LayoutOptions,
): (LaidOutColumn | null)[] {
  const { columns, firstComponent } = section;
  const ellipsisWidth = options.write(ELLIPSIS).length;
  const isWhole = options.full || columns.length - firstComponent <= BANDED;
  const front: LaidOutColumn[] = [];
  const back: LaidOutColumn[] = [];
  let left = width;
  let next = 0;
  let last = columns.length - 1;
  while (next <= last) {
    const fromFront = next < firstComponent || front.length - firstComponent <= back.length;
    const laidOut = layOutColumn(columns[fromFront ? next : last], section.rows, rows, options);
    const isLast = next === last;
    const needed = laidOut.width + GAP + (isLast ? 0 : ellipsisWidth + GAP);
    const mustStand = isWhole || next <= firstComponent;
    if (needed > left && !mustStand) break;
    left -= laidOut.width + GAP;
    if (fromFront) {
      front.push(laidOut);
      next += 1;
    } else {
      back.unshift(laidOut);
      last -= 1;
    }
  }
  return next <= last ? [...front, null, ...back] : [...front, ...back];
}

function layOutColumn(
  column: Column,
  count: number,
  rows: readonly (number | null)[],
  { digits, write }: LayoutOptions,
): LaidOutColumn {
  const label = write(column.label);
  const entries = Array.from({ length: count }, (_, row) => column.at(row));
  const format = columnFormat(entries, digits);
  const texts = rows.map((row) => {
    if (row === null) return write(ELLIPSIS);
    if (column.text) return write(column.text(row));
    const value = column.at(row);
    return value === null ? write(column.absent ?? "") : format(value);
  });
  const width = longest(label, texts);
  return { label, texts: texts.map((text) => text.padStart(width)), width, column };
}

/** Characters of its lines. */
export function widthOf({ labelWidth, columns }: Layout, { write }: Pick<LayoutOptions, "write">): number {
  return columns.reduce((sum, column) => sum + GAP + (column?.width ?? write(ELLIPSIS).length), labelWidth);
}

/** The length of the longest; a table may have more rows than a call can have arguments. */
function longest(head: string, texts: readonly string[]): number {
  return texts.reduce((length, text) => Math.max(length, text.length), head.length);
}
