/** Bytes to doubles: the floating-point types that files of weights store. All of their values are doubles, exactly. */

import { failure } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import type { ByteSource, Taker, Tensor } from "../tensor.ts";
import { FLOAT_BYTES, type FloatType, isFloatType, typeFault } from "./number-type.ts";
import { bfloatToDouble, FLOAT8, halfToDouble } from "./small-floats.ts";
import type { Span } from "./window.ts";

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The numbers that the bytes hold, a whole number of them one after the other, in an array of its own. */
export function decodeFloats(bytes: Uint8Array, type: FloatType, littleEndian: boolean): Float64Array {
  const out = new Float64Array(bytes.length / FLOAT_BYTES[type]);
  decodeInto(out, 0, bytes, type, littleEndian);
  return out;
}

/** As many bytes at a time as stay in a processor's cache between reading and decoding; a multiple of every width. */
const CHUNK = 1 << 18;

/**
 * The numbers that stand at a place in a file, decoded as they are read: the bytes never stand beside them as a whole.
 * @param taker is given all of them, where there is one
 */
export function readFloats(
  source: ByteSource,
  start: number,
  length: number,
  type: FloatType,
  littleEndian: boolean,
  taker?: Taker,
): Float64Array {
  if (taker !== undefined) {
    giveFloats(taker, source, { start, length }, type, littleEndian);
    return new Float64Array();
  }
  const out = new Float64Array(length / FLOAT_BYTES[type]);
  readFloatsInto(out, 0, source, { start, length }, type, littleEndian);
  return out;
}

/** The same into `out`, from `at` on. */
export function readFloatsInto(
  out: Float64Array,
  at: number,
  source: Pick<ByteSource, "read">,
  { start, length }: Span,
  type: FloatType,
  littleEndian = true,
): void {
  const width = FLOAT_BYTES[type];
  const room = new Uint8Array(Math.min(CHUNK, length));
  for (let done = 0; done < length; done += CHUNK) {
    const bytes = source.read(start + done, Math.min(CHUNK, length - done), room);
    decodeInto(out, at + done / width, bytes, type, littleEndian);
  }
}

function giveFloats(
  { take, multiple }: Taker,
  source: ByteSource,
  { start, length }: Span,
  type: FloatType,
  littleEndian: boolean,
): void {
  const width = FLOAT_BYTES[type];
  const least = width * multiple;
  const size = Math.min(length, least * Math.max(1, Math.floor(CHUNK / least)));
  const [room, piece] = [new Uint8Array(size), new Float64Array(size / width)];
  for (let done = 0; done < length; done += size) {
    const bytes = source.read(start + done, Math.min(size, length - done), room);
    decodeInto(piece, 0, bytes, type, littleEndian);
    take(piece.subarray(0, bytes.length / width));
  }
}

/** Writes the numbers that the bytes hold into `out`, from `at` on. */
function decodeInto(out: Float64Array, at: number, bytes: Uint8Array, type: FloatType, littleEndian: boolean): void {
  const width = FLOAT_BYTES[type];
  if (width === 1) {
    const values = FLOAT8[type as keyof typeof FLOAT8];
    for (let k = 0; k < bytes.length; k++) out[at + k] = values[bytes[k]];
    return;
  }
  const { buffer, byteOffset } = inHostOrder(bytes, width, littleEndian);
  const count = bytes.length / width;
  // arrays of the type itself: the engine converts them as a whole, several times as fast as entry by entry
  if (type === "F64") out.set(new Float64Array(buffer, byteOffset, count), at);
  else if (type === "F32") out.set(new Float32Array(buffer, byteOffset, count), at);
  else {
    const bits = new Uint16Array(buffer, byteOffset, count);
    const toDouble = type === "F16" ? halfToDouble : bfloatToDouble;
    for (let k = 0; k < count; k++) out[at + k] = toDouble(bits[k]);
  }
}

/** The same numbers in the byte order of this machine, beginning where their width allows; a copy if need be. */
function inHostOrder(bytes: Uint8Array, width: 2 | 4 | 8, littleEndian: boolean): Uint8Array {
  const isHostOrder = littleEndian === HOST_IS_LITTLE_ENDIAN;
  if (isHostOrder && bytes.byteOffset % width === 0) return bytes;
  // not slice: a Buffer's does not copy
  const copy = new Uint8Array(bytes);
  if (!isHostOrder) Buffer.from(copy.buffer)[`swap${SWAPPED_BITS[width]}`]();
  return copy;
}

const SWAPPED_BITS = { 2: 16, 4: 32, 8: 64 } as const;

/**
 * A tensor whose entries are not read yet.
 *
 * @param entries its numbers row by row, but for those that the taker was given; called only where `type` is one that
 * {@link isFloatType}.
 */
export function lazyTensor(
  { name, shape, type }: Pick<Tensor, "name" | "shape" | "type">,
  entries: (type: FloatType, taker?: Taker) => Float64Array,
): Tensor {
  return {
    name,
    shape,
    type,
    values(taker) {
      if (!isFloatType(type)) throw failure("unsupported", typeFault(type)!, { place: excerpt(name) });
      let count = 0;
      const checked = (values: Float64Array) => {
        rejectNonFinite(values, name, shape, count);
        count += values.length;
        return values;
      };
      return checked(entries(type, taker && { ...taker, take: (piece) => taker.take(checked(piece)) }));
    },
  };
}

/** @param first the number of the first of the values among all of the shape */
function rejectNonFinite(values: Float64Array, name: string, shape: readonly number[], first: number): void {
  // x − x is zero, or NaN where x is not finite: without a branch for each entry
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] - values[k];
  if (sum === 0) return;
  for (let k = 0; k < values.length; k++) {
    if (Number.isFinite(values[k])) continue;
    const place = excerpt(name) + indexIn(shape, first + k);
    throw failure("not-a-number", `${values[k]}, expected a finite number`, { place });
  }
}

/** `[1][2]`: where the entry stands that is the k-th row by row. */
function indexIn(shape: readonly number[], k: number): string {
  let path = "";
  let rest = k;
  for (let axis = shape.length - 1; axis >= 0 && path.length < 80; axis--) {
    path = `[${rest % shape[axis]}]${path}`;
    rest = Math.floor(rest / shape[axis]);
  }
  return path;
}
