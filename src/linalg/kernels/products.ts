import { type Block, type Matrix, strideOf } from "../matrix.ts";
import { copyRows } from "./copy-rows.ts";
import type { Loops } from "./loops.ts";

/** Doubles of `left` that are multiplied at a time, and columns of `right`: rows a power of two apart would drive each other out of a cache. */
const [ROWS, COLUMNS] = [65536, 68];

/** Rows and columns of a tile. */
const TILE = 4;

/** out += left · right as the readable loop does, block by block. Returns false where there is no room. */
export function addProduct(
  { numbers, multiplyBlock }: Loops,
  out: Matrix | Block,
  left: Matrix | Block,
  right: Matrix,
): boolean {
  const [ofOut, ofLeft] = [strideOf(out), strideOf(left)];
  const depth = left.cols;
  const width = Math.min(COLUMNS, whole(right.cols));
  const height = Math.min(whole(left.rows), Math.floor(ROWS / depth / TILE) * TILE);
  const ofRight = height * depth;
  const sums = ofRight + depth * width;
  if (height === 0 || sums + height * width > numbers.length) return false;
  for (let r = 0; r < left.rows; r += height) {
    const rows = Math.min(height, left.rows - r);
    copyRows(numbers, 0, depth, left.data, r * ofLeft, ofLeft, rows, depth);
    for (let c = 0; c < right.cols; c += width) {
      const cols = Math.min(width, right.cols - c);
      copyRows(numbers, ofRight, width, right.data, c, right.cols, depth, cols);
      multiplyBlock(8 * sums, 0, 8 * ofRight, whole(rows), depth, width);
      for (let j = 0; j < rows; j++) add(out.data, (r + j) * ofOut + c, numbers, sums + j * width, cols);
    }
  }
  return true;
}

/** What is beyond a matrix in its last tile is multiplied too, whatever it is. */
function whole(count: number): number {
  return Math.ceil(count / TILE) * TILE;
}

function add(out: Float64Array, at: number, sums: Float64Array, from: number, count: number): void {
  for (let k = 0; k < count; k++) out[at + k] += sums[from + k];
}
