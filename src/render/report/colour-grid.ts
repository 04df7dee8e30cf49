/** A matrix as a square of colours within a picture: one path a colour, so that a large one is small to write. */
import type { Matrix } from "../../linalg/matrix.ts";
import { blockSize, downsample } from "../downsample.ts";
import { colourClass, MIDDLE_CLASS } from "./colours.ts";
import type { Share } from "./shares.ts";
import { element, label, place, text, tooltip } from "./svg.ts";

/** More rows or columns than this are gathered. */
const MOST_CELLS = 24;
/** Up to so many columns the numbers stand in the cells, up to so many show under the pointer. */
const [ANNOTATED, POINTED] = [2, 8];

interface Square {
  readonly x: number;
  readonly y: number;
  /** Of the longer side. */
  readonly size: number;
}

/** So many rows and columns become one place, which shows the entry of the largest magnitude among them. */
export function blockOf({ rows, cols }: Matrix): number {
  return blockSize(Math.max(rows, cols), MOST_CELLS);
}

export function colourGrid(whole: Matrix, share: Share, { x, y, size }: Square): string {
  const block = blockOf(whole);
  const matrix = downsample(whole, block, block);
  const { rows, cols } = matrix;
  const side = size / Math.max(rows, cols);
  const frame = element("rect", { class: `frame ${MIDDLE_CLASS}`, x: 0, y: 0, width: cols, height: rows });
  const scaled = { transform: `translate(${place(x)} ${place(y)}) scale(${Number(side.toFixed(3))})` };
  return element("g", scaled, frame, gridRuns(matrix, share)) + numbersOf(matrix, share, { x, y, side });
}

/** In units of a row and a column, without what is in the colour of the middle. */
export function gridRuns(matrix: Matrix, share: Share): string {
  return [...runsByColour(matrix, share)].map(([name, d]) => element("path", { class: `run ${name}`, d })).join("");
}

/** Neighbours of one colour in a row are one line, as thick as the row. */
function runsByColour({ rows, cols, data }: Matrix, share: Share): Map<string, string> {
  const paths = new Map<string, string>();
  for (let r = 0; r < rows; r++) {
    const name = (c: number) => colourClass(share(data[r * cols + c]));
    for (let c = 0; c < cols; ) {
      const [first, own] = [c, name(c)];
      while (c < cols && name(c) === own) c++;
      if (own !== MIDDLE_CLASS) paths.set(own, `${paths.get(own) ?? ""}M${first} ${r}h${c - first}`);
    }
  }
  return paths;
}

function numbersOf({ rows, cols, data }: Matrix, share: Share, at: { x: number; y: number; side: number }): string {
  if (Math.max(rows, cols) > POINTED) return "";
  return Array.from(data, (entry, k) => {
    const [x, y] = [at.x + ((k % cols) + 0.5) * at.side, at.y + (Math.floor(k / cols) + 0.5) * at.side];
    if (cols <= ANNOTATED) {
      return text(x, y + 4, label(entry), { class: `on ${colourClass(share(entry))}`, "text-anchor": "middle" });
    }
    const [left, top] = [x - at.side / 2, y - at.side / 2];
    const title = tooltip(`[${Math.floor(k / cols)}][${k % cols}] = ${entry}`);
    return element("rect", { class: "under", x: left, y: top, width: at.side, height: at.side }, title);
  }).join("");
}
