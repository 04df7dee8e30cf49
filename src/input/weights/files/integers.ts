/** Bytes to doubles: integers, each the nearest double, and its own up to 2^53. */

type Read = (view: DataView, at: number, littleEndian: boolean) => number;

/** The types, with the bytes of an entry. */
const INTEGERS = {
  I8: [1, (view, at) => view.getInt8(at)],
  I16: [2, (view, at, littleEndian) => view.getInt16(at, littleEndian)],
  I32: [4, (view, at, littleEndian) => view.getInt32(at, littleEndian)],
  // from a bigint to a number is rounding to nearest, ties to even, as a decimal is read
  I64: [8, (view, at, littleEndian) => Number(view.getBigInt64(at, littleEndian))],
  U8: [1, (view, at) => view.getUint8(at)],
  U16: [2, (view, at, littleEndian) => view.getUint16(at, littleEndian)],
  U32: [4, (view, at, littleEndian) => view.getUint32(at, littleEndian)],
  U64: [8, (view, at, littleEndian) => Number(view.getBigUint64(at, littleEndian))],
} as const satisfies Record<string, readonly [bytes: number, read: Read]>;
export type IntegerType = keyof typeof INTEGERS;

export function isIntegerType(type: string): type is IntegerType {
  return Object.hasOwn(INTEGERS, type);
}

/** The numbers that the bytes hold, a whole number of them one after the other. */
export function decodeIntegers(bytes: Uint8Array, type: IntegerType, littleEndian: boolean): Float64Array {
  const [width, read]: readonly [number, Read] = INTEGERS[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.length / width }, (_, k) => read(view, k * width, littleEndian));
}
