/** Entries of arrays that stand at regular distances: transposed, sliced, cut into blocks. */

/** Where the entry (i, j, …) stands: at offset + i·strides[0] + j·strides[1] + …, counted in entries. */
export interface Strided {
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Such entries, and how many there are along each axis. */
export interface View extends Strided {
  readonly shape: readonly number[];
}

/** The strides of an array row by row: those of [2 × 3 × 4] are 12, 4, 1. */
export function rowByRow(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const length of shape.toReversed()) {
    strides.unshift(stride);
    stride *= length;
  }
  return strides;
}

/** The entries of a view row by row, in an array of their own. */
export function inOrder(source: Float64Array, view: View): Float64Array {
  const { shape } = view;
  const out = new Float64Array(shape.reduce((product, length) => product * length, 1));
  copyStrided(source, view, out, { offset: 0, strides: rowByRow(shape) });
  return out;
}

/** Entries of 16 lines of a processor's cache, each way: what is fetched of them serves a whole tile. 32 that stand a power of two apart drive each other out. */
const TILE = 16;

interface Axis {
  readonly length: number;
  /** From one entry to the next in what is read, and in what is written. */
  readonly from: number;
  readonly to: number;
}

const SINGLE: Axis = { length: 1, from: 0, to: 0 };

/** out(i, j, …) = source(i, j, …) for every entry of the view, whose places in `out` are `places`. */
export function copyStrided(source: Float64Array, view: View, out: Float64Array, places: Strided): void {
  const all = view.shape.map((length, k): Axis => ({ length, from: view.strides[k], to: places.strides[k] }));
  const axes = all.filter(({ length }) => length !== 1).sort((a, b) => b.to - a.to);
  // innermost the axis along which it is written entry by entry, then that along which it is read so
  const inner = axes.pop() ?? SINGLE;
  const [nearest] = axes.toSorted((a, b) => a.from - b.from);
  const outer = axes.filter((axis) => axis !== nearest);
  walk(outer, view.offset, places.offset);

  function walk([axis, ...rest]: readonly Axis[], from: number, to: number): void {
    if (axis === undefined) copyTiles(source, from, out, to, nearest ?? SINGLE, inner);
    else for (let k = 0; k < axis.length; k++) walk(rest, from + k * axis.from, to + k * axis.to);
  }
}

function copyTiles(source: Float64Array, from: number, out: Float64Array, to: number, rows: Axis, columns: Axis): void {
  // a row in one piece is copied as such
  const isRun = columns.from === 1 && columns.to === 1 && columns.length >= TILE;
  const width = isRun ? columns.length : TILE;
  for (let firstRow = 0; firstRow < rows.length; firstRow += TILE) {
    const behindRow = Math.min(firstRow + TILE, rows.length);
    for (let first = 0; first < columns.length; first += width) {
      const count = Math.min(width, columns.length - first);
      for (let row = firstRow; row < behindRow; row++) {
        let read = from + row * rows.from + first * columns.from;
        let written = to + row * rows.to + first * columns.to;
        if (isRun) {
          out.set(source.subarray(read, read + count), written);
          continue;
        }
        for (let k = 0; k < count; k++) {
          out[written] = source[read];
          read += columns.from;
          written += columns.to;
        }
      }
    }
  }
}
