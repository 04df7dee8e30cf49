/** Numbers that stand in a file as a strided view of others: transposed, sliced, expanded. */

import { failure } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import { copyStrided, rowByRow, type View } from "../strided.ts";
import type { ByteSource, Tensor } from "../tensor.ts";
import { decodeFloats, lazyTensor, readFloats } from "./floats.ts";
import { FLOAT_BYTES, type FloatType } from "./number-type.ts";
import { entryCount } from "./shape.ts";

/** What a view looks at: numbers from a byte of a source on. */
export interface Numbers {
  readonly source: Pick<ByteSource, "file" | "size" | "read">;
  readonly start: number;
  readonly littleEndian: boolean;
}

/** How many entries are read at a time; a view that spans more is read in parts. */
const BLOCK = 2 ** 17;

/** A view that repeats entries may have more of them than the file: as many as any bias or weight has. */
const MOST_REPEATED = 2 ** 24;

/** The last entry that a view looks at; −1 where it has none. */
export function lastEntry({ offset, shape, strides }: View): number {
  if (shape.includes(0)) return -1;
  return shape.reduce((last, length, axis) => last + (length - 1) * strides[axis], offset);
}

/** A tensor that is such a view of so many entries, read where it is asked for. */
export function stridedTensor(
  named: Pick<Tensor, "name" | "shape" | "type">,
  view: View,
  available: number,
  numbers: () => Numbers,
): Tensor {
  return lazyTensor(named, (type) => {
    const count = entryCount(view.shape);
    if (count === null || count > Math.max(available, MOST_REPEATED)) {
      const message = `${count ?? "more than 2^53"} entries from a storage of ${available}, expected at most ${MOST_REPEATED}`;
      throw failure("too-large", message, { place: excerpt(named.name) });
    }
    return readView(view, count, numbers(), type);
  });
}

function readView(view: View, count: number, numbers: Numbers, type: FloatType): Float64Array {
  const width = FLOAT_BYTES[type];
  const { source, start, littleEndian } = numbers;
  if (count === 0) return new Float64Array(0);
  if (isContiguous(view)) {
    return readFloats(source, start + view.offset * width, count * width, type, littleEndian);
  }
  const out = new Float64Array(count);
  const outStrides = rowByRow(view.shape);
  gather(view, outStrides, 0);
  return out;

  /** Halves the axis that spans most until a part is near enough together to be read at once. */
  function gather({ offset, shape, strides }: View, into: readonly number[], at: number): void {
    const span = lastEntry({ offset, shape, strides }) - offset + 1;
    if (span <= BLOCK) {
      const bytes = source.read(start + offset * width, span * width);
      const entries = decodeFloats(bytes, type, littleEndian);
      copyStrided(entries, { offset: 0, shape, strides }, out, { offset: at, strides: into });
      return;
    }
    const extents = shape.map((length, axis) => (length - 1) * strides[axis]);
    const axis = extents.indexOf(Math.max(...extents));
    const half = shape[axis] >> 1;
    gather({ offset, strides, shape: shape.with(axis, half) }, into, at);
    const rest = { offset: offset + half * strides[axis], strides, shape: shape.with(axis, shape[axis] - half) };
    gather(rest, into, at + half * into[axis]);
  }
}

function isContiguous({ shape, strides }: View): boolean {
  const expected = rowByRow(shape);
  return shape.every((length, axis) => length <= 1 || strides[axis] === expected[axis]);
}
