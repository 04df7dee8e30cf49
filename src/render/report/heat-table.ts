/** A matrix as a table whose cells are coloured: the picture is the table, so that whoever cannot see it reads the numbers. */
import type { Matrix } from "../../linalg/matrix.ts";
import { blockSize, downsample } from "../downsample.ts";
import { columnFormat } from "../number.ts";
import { colourClass } from "./colours.ts";

export interface HeatTable {
  /** HTML: what is shown. */
  readonly caption: string;
  /** HTML: what the rows and columns are. */
  readonly axes?: string;
  readonly matrix: Matrix;
  /** What the end of the colour scale stands for. */
  readonly scale: number;
  readonly digits: number;
  /** Numbers stand in the cells where there are at most so many columns; elsewhere they show under the pointer. */
  readonly annotated: number;
  /** More rows or columns than this are gathered to blocks; default {@link MOST_CELLS}. */
  readonly most?: number;
  /** HTML names of the rows; their numbers unless given, and then no rows are gathered. */
  readonly rowNames?: readonly string[];
  /** What stands in rows without entries. */
  readonly isAbsent?: (row: number) => boolean;
}

/** As many as a picture of half the page's width shows apart. */
export const MOST_CELLS = 64;
/** Digits where numbers stand in the cells. */
const SHORT = 3;

export function heatTable(table: HeatTable): string {
  const { matrix: whole, rowNames, most = MOST_CELLS } = table;
  const [down, across] = [rowNames ? 1 : blockSize(whole.rows, most), blockSize(whole.cols, most)];
  const matrix = downsample(whole, down, across);
  const isAnnotated = whole.cols <= table.annotated;
  const format = columnFormat(matrix.data, isAnnotated ? SHORT : table.digits);
  const head = Array.from({ length: matrix.cols }, (_, c) => header("col", c * across, isShown(c, matrix.cols)));
  const rows = Array.from({ length: matrix.rows }, (_, r) => {
    const name = rowNames?.[r] ?? r * down;
    const cells = Array.from({ length: matrix.cols }, (_, c) => {
      if (table.isAbsent?.(r)) return "<td><p>any";
      const entry = matrix.data[r * matrix.cols + c];
      const title = isAnnotated ? ` title="${entry}"` : "";
      const share = table.scale === 0 ? 0 : entry / table.scale;
      return `<td class=${colourClass(share)}${title}><p>${format(entry).trim()}`;
    });
    return `<tr>${header("row", name, rowNames !== undefined || isShown(r, matrix.rows))}${cells.join("")}`;
  });
  const kind = ["heat", ...(isAnnotated ? ["annotated"] : []), ...(rowNames ? ["strip"] : [])].join(" ");
  const block =
    down * across === 1
      ? ""
      : `. Each cell shows the entry of the largest magnitude among ${down} × ${across}, and names the first of them.`;
  const axes = table.axes === undefined ? "" : ` <span class=axes>${table.axes}${block}</span>`;
  return `<div class="${kind}" style="--n:${matrix.cols};--down:${down};--across:${across}"><table>
<caption>${table.caption}${axes}</caption>
<thead><tr><td>${head.join("")}</thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
}

function header(scope: "row" | "col", name: string | number, isShown: boolean): string {
  return `<th scope=${scope}${isShown ? " class=shown" : ""}>${name}`;
}

/** The first and the last, and between them every so many, so that the numbers do not run into each other. */
function isShown(k: number, count: number): boolean {
  if (count <= 12) return true;
  const every = count <= 36 ? 8 : 16;
  return k === count - 1 || (k % every === 0 && count - 1 - k >= every / 2);
}

/** The scale itself. */
export function legend(scale: number, what: string): string {
  const end = Number(scale.toPrecision(3));
  return `<p class=legend><span>${end === 0 ? "" : "−"}${end}</span><i></i><span>${end}</span> <span class=axes>${what}</span></p>`;
}
