/** A matrix as a table whose cells are coloured: the picture is the table, so that whoever cannot see it reads the numbers. */
import type { Matrix } from "../../linalg/matrix.ts";
import { maxNorm } from "../../linalg/norm.ts";
import { blockSize, downsample } from "../downsample.ts";
import { columnFormat } from "../number.ts";
import { colourClass, MIDDLE_CLASS } from "./colours.ts";
import { linearShare } from "./shares.ts";
import { label } from "./svg.ts";
import { numberHtml, symbolHtml, symbolPlain } from "./symbol-html.ts";

export interface HeatTable {
  /** HTML: what is shown. */
  readonly caption: string;
  /** HTML: what the rows and columns are. */
  readonly axes?: string;
  readonly matrix: Matrix;
  /** What the end of the colour scale stands for, or of each row's own. */
  readonly scale: number | readonly number[];
  /** HTML: what stands after each row, such as what its colours stand for. */
  readonly ends?: readonly string[];
  readonly digits: number;
  /** Numbers stand in the cells where there are at most so many columns; elsewhere they show under the pointer. */
  readonly annotated: number;
  /** More rows or columns than this are gathered to blocks; default {@link MOST_CELLS}. */
  readonly most?: number;
  /** HTML names of the rows; their numbers unless given, and then no rows are gathered. */
  readonly rowNames?: readonly string[];
  /** The row that is spoken of. */
  readonly framed?: number | undefined;
  /** What stands in rows without entries. */
  readonly isAbsent?: (row: number) => boolean;
}

/** As many as a picture of half the page's width shows apart. */
export const MOST_CELLS = 64;
/** Digits of what is next to nothing. */
const SHORT = 3;
/** So much smaller than the largest entry is next to nothing. */
const SPAN = 1e5;

export function heatTable(table: HeatTable): string {
  const { matrix: whole, rowNames, most = MOST_CELLS } = table;
  const [down, across] = [rowNames ? 1 : blockSize(whole.rows, most), blockSize(whole.cols, most)];
  const matrix = downsample(whole, down, across);
  const isAnnotated = whole.cols <= table.annotated;
  const format = isAnnotated ? (entry: number) => symbolHtml(label(entry)) : blockFormat(matrix.data, table.digits);
  const shares = Array.from({ length: typeof table.scale === "number" ? 1 : matrix.rows }, (_, r) =>
    linearShare(typeof table.scale === "number" ? table.scale : table.scale[r]),
  );
  const head = Array.from({ length: matrix.cols }, (_, c) => header("col", c * across, isShown(c, matrix.cols)));
  const rows = Array.from({ length: matrix.rows }, (_, r) => {
    const name = rowNames?.[r] ?? r * down;
    const cells = Array.from({ length: matrix.cols }, (_, c) => {
      if (table.isAbsent?.(r)) return "<td class=any><p>any";
      const entry = matrix.data[r * matrix.cols + c];
      const title = isAnnotated ? ` title="${symbolPlain(String(entry))}"` : "";
      const name = colourClass((shares[r] ?? shares[0])(entry));
      // next to zero is what a cell without a class is
      return `<td${name === MIDDLE_CLASS ? "" : ` class=${name}`}${title}><p>${format(entry)}`;
    });
    const end = table.ends ? `<td class=end>${table.ends[r]}` : "";
    const framed = table.framed !== undefined && Math.floor(table.framed / down) === r ? " class=framed" : "";
    return `<tr${framed}>${header("row", name, rowNames !== undefined || isShown(r, matrix.rows))}${cells.join("")}${end}`;
  });
  const kind = [
    "heat",
    ...(isAnnotated ? ["annotated"] : []),
    ...(rowNames ? ["strip"] : []),
    ...(table.ends ? ["ended"] : []),
  ].join(" ");
  const block =
    down * across === 1
      ? ""
      : `. Each cell shows the entry of the largest magnitude among ${down} × ${across}, and names the first of them.`;
  const axes = table.axes === undefined ? "" : ` <span class=axes>${table.axes}${block}</span>`;
  return `<div class="${kind}" style="--n:${matrix.cols};--down:${down};--across:${across}"><table>
<caption>${table.caption}${axes}</caption>
<thead><tr><td>${head.join("")}${table.ends ? "<td class=end>" : ""}</thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
}

/** One format for all entries, but for those that are next to nothing beside the largest: they alone are written with exponents. */
function blockFormat(entries: Float64Array, digits: number): (entry: number) => string {
  const tiny = maxNorm(entries) / SPAN;
  const format = columnFormat(
    Array.from(entries, (entry) => (Math.abs(entry) < tiny ? 0 : entry)),
    digits,
  );
  const isTiny = (entry: number) => entry !== 0 && Math.abs(entry) < tiny;
  return (entry) => numberHtml(isTiny(entry) ? entry.toExponential(SHORT - 1) : format(entry).trim());
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
  const [low, high] = [-scale, scale].map((end) => `<span>${symbolHtml(label(end))}</span>`);
  return `<p class=legend>${low}<i></i>${high} <span class=axes>${what}</span></p>`;
}
