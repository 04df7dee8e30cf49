/** The numbers of a TensorProto, in raw bytes or in one of its lists. */

import { failure } from "../../../../errors.ts";
import { decodeFloats, readFloatsInto } from "../floats.ts";
import { FLOAT_BYTES, type FloatType, isFloatType } from "../number-type.ts";
import type { Span, Window } from "../window.ts";
import type { OnnxFile } from "./file.ts";
import type { Field } from "./protobuf.ts";

/** Shapes, axes and bounds are of these types. */
export type IntegerType = "I32" | "I64";

export function isIntegerType(type: string): type is IntegerType {
  return type === "I32" || type === "I64";
}

/** The lists by number of field. */
export const LIST_NAMES: ReadonlyMap<number, string> = new Map([
  [4, "float_data"],
  [5, "int32_data"],
  [6, "string_data"],
  [7, "int64_data"],
  [10, "double_data"],
  [11, "uint64_data"],
]);

/** The list in which a type stands: float_data, int32_data as numbers or as bit patterns, int64_data, double_data. */
const LISTS: Readonly<Record<FloatType | IntegerType, number>> = {
  ...{ F32: 4, F16: 5, BF16: 5, F8_E4M3: 5, F8_E5M2: 5, F8_E4M3FNUZ: 5, F8_E5M2FNUZ: 5, I32: 5, I64: 7, F64: 10 },
};

/**
 * Writes `count` numbers from the entry `first` on, which stand in raw bytes, into `out` from `at` on.
 * @param base where the first entry of all stands
 */
export function copyNumbers(
  out: Float64Array,
  at: number,
  window: Window,
  base: number,
  type: string,
  first: number,
  count: number,
): void {
  if (isFloatType(type)) {
    const width = FLOAT_BYTES[type];
    readFloatsInto(out, at, window, { start: base + first * width, length: count * width }, type);
    return;
  }
  const width = type === "I32" ? 4 : 8;
  const bytes = window.read(base + first * width, count * width);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let k = 0; k < count; k++) {
    out[at + k] = width === 4 ? view.getInt32(4 * k, true) : Number(view.getBigInt64(8 * k, true));
  }
}

/** How many numbers of the type the lists of a message hold. */
export function countListed(message: Span, type: FloatType | IntegerType, file: OnnxFile): number {
  let count = 0;
  eachList(message, type, file, (numbers) => {
    count += numbers.length;
  });
  return count;
}

/** The numbers of the type in the lists of a message, as many as were counted. */
export function listedNumbers(message: Span, type: string, count: number, file: OnnxFile): Float64Array {
  if (!isFloatType(type) && !isIntegerType(type)) throw failure("unsupported", `numbers of type ${type}`);
  const values = new Float64Array(count);
  let at = 0;
  eachList(message, type, file, (numbers) => {
    values.set(numbers, at);
    at += numbers.length;
  });
  return values;
}

function eachList(
  message: Span,
  type: FloatType | IntegerType,
  { protobuf }: OnnxFile,
  use: (numbers: ArrayLike<number>) => void,
): void {
  protobuf.read(message, {}, { [LISTS[type]]: (field) => void use(numbersOf(field, type, message.length)) });
}

/** Types of 16 and 8 bits stand as integers, whose lower bits are theirs. */
function numbersOf(field: Field, type: FloatType | IntegerType, most: number): ArrayLike<number> {
  if (type === "F32" || type === "F64") return field.floats(type);
  const integers = field.integers(most);
  if (isIntegerType(type)) return integers;
  const width = FLOAT_BYTES[type];
  const bytes = new Uint8Array(width * integers.length);
  for (let k = 0; k < bytes.length; k++) bytes[k] = integers[Math.floor(k / width)] >> (8 * (k % width));
  return decodeFloats(bytes, type, true);
}
