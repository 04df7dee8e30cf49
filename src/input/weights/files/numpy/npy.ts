/** .npy: one array of numpy's, as a file or as a member of an .npz. */

import { failure } from "../../../../errors.ts";
import { inOrder, rowByRow } from "../../strided.ts";
import type { ByteSource, Tensor } from "../../tensor.ts";
import { decodeFloats, lazyTensor } from "../floats.ts";
import { decodeIntegers, isIntegerType } from "../integers.ts";
import { entryCount } from "../shape.ts";
import { type NpyHeader, readNpyHeader } from "./npy-header.ts";

/** Bytes whose beginning can be had for less than the rest. */
export interface NpySource extends Pick<ByteSource, "size" | "read"> {
  /** The first bytes, so many or all that there are. */
  head(length: number): Uint8Array;
}

/** The array of a .npy file, named as the file is. */
export function readNpyFile(source: ByteSource): Tensor {
  const name = source.file.replace(/^.*[\\/]/s, "").replace(/\.npy$/, "");
  return readNpy(npySource(source), name);
}

/** The same where integers are what they say: among weights they are perhaps quantised, and refused. */
export function readNpyNumbers(source: ByteSource): Pick<Tensor, "shape" | "values"> {
  const npy = npySource(source);
  const header = readNpyHeader((length) => npy.head(length));
  const { shape, type, littleEndian } = header;
  if (!isIntegerType(type)) return readNpyFile(source);
  return { shape, values: () => entries(npy, header, (bytes) => decodeIntegers(bytes, type, littleEndian)) };
}

function npySource(source: ByteSource): NpySource {
  const head = (length: number) => source.read(0, Math.min(length, source.size));
  return { size: source.size, read: (start, length) => source.read(start, length), head };
}

/**
 * The array; its header is read, its entries where they are asked for.
 * Arrays of anything but real numbers are listed, and refused where their values are asked for: pickles too.
 *
 * @throws {DlstmError} syntax, shape, unsupported, too-large, encoding.
 */
export function readNpy(source: NpySource, name: string): Tensor {
  const header = readNpyHeader((length) => source.head(length));
  rejectWrongLength(header, source.size - header.start);
  return lazyTensor({ ...header, name }, (type) =>
    entries(source, header, (bytes) => decodeFloats(bytes, type, header.littleEndian)),
  );
}

/** What follows the header, row by row. */
function entries(source: NpySource, header: NpyHeader, decode: (bytes: Uint8Array) => Float64Array): Float64Array {
  const length = source.size - header.start;
  rejectWrongLength(header, length);
  const values = decode(source.read(header.start, length));
  return header.fortranOrder ? fromFortranOrder(values, header.shape) : values;
}

function rejectWrongLength({ shape, bytesPerEntry, type }: NpyHeader, length: number): void {
  const count = entryCount(shape);
  const expected = bytesPerEntry === null ? length : (count ?? Number.POSITIVE_INFINITY) * bytesPerEntry;
  if (count !== null && expected === length) return;
  const size = Number.isSafeInteger(expected) ? expected : "more than 2^53";
  const dimensions = shape.slice(0, 8).join(", ") + (shape.length > 8 ? ", …" : "");
  const reason = count !== null && expected < length ? "what follows?" : "truncated?";
  const message = `${length} bytes of entries, expected ${size} for [${dimensions}] of ${type}: ${reason}`;
  throw failure("syntax", message);
}

/** From first index fastest to last index fastest. */
function fromFortranOrder(values: Float64Array, shape: readonly number[]): Float64Array {
  return inOrder(values, { offset: 0, shape, strides: rowByRow(shape.toReversed()).toReversed() });
}
