/** TensorProto: a tensor in an ONNX model. */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Tensor } from "../../tensor.ts";
import { bfloatToDouble, decodeFloats, halfToDouble, lazyTensor } from "../floats.ts";
import { FLOAT_BYTES, type FloatType, isFloatType } from "../number-type.ts";
import { entryCount, isCount } from "../shape.ts";
import type { Field, ProtobufReader } from "./protobuf.ts";

/** TensorProto.DataType by number. */
const TYPES: readonly string[] = [
  ..."undefined F32 U8 I8 U16 I16 I32 I64 STRING BOOL F16 F64 U32 U64 C64 C128 BF16".split(" "),
  ..."F8_E4M3 F8_E4M3FNUZ F8_E5M2 F8_E5M2FNUZ U4 I4 F4_E2M1".split(" "),
];

const MOST_AXES = 64;
const EXTERNAL = 1;

/** Where the entries of a type may stand if not in raw_data: float_data, int32_data as bit patterns, double_data. */
const LISTS: Readonly<Record<FloatType, number>> = { F32: 4, F16: 5, BF16: 5, F8_E4M3: 5, F8_E5M2: 5, F64: 10 };
const LIST_NAMES: Readonly<Record<number, string>> = {
  ...{ 4: "float_data", 5: "int32_data", 6: "string_data", 7: "int64_data", 10: "double_data", 11: "uint64_data" },
};

/**
 * @param bytes the message
 * @param name what the tensor is called if not by its own name
 * @throws {DlstmError} syntax, encoding, shape, unsupported (data in another file).
 */
export function readOnnxTensor(bytes: Uint8Array, protobuf: ProtobufReader, name?: string): Tensor {
  const shape: number[] = [];
  const data = new Set<string>();
  const lists = Object.entries(LIST_NAMES).map(([number, list]) => {
    const note = (field: Field) => {
      field.skip();
      data.add(list);
    };
    return [number, note] as const;
  });
  const empty = { type: 0, ownName: "", raw: null as Uint8Array | null, location: 0 };
  const { type, ownName, raw, location } = protobuf.read(bytes, empty, {
    ...Object.fromEntries(lists),
    1: (field) => {
      for (const length of field.integers(MOST_AXES)) shape.push(length);
      if (shape.length > MOST_AXES) throw failure("too-large", `a tensor of more than ${MOST_AXES} axes`);
    },
    2: (field) => ({ type: field.integer() }),
    8: (field) => ({ ownName: field.text() }),
    9: (field) => {
      data.add("raw_data");
      return { raw: field.bytes() };
    },
    14: (field) => ({ location: field.integer() }),
  });
  const named = name ?? ownName;
  const place = excerpt(named) || null;
  if (data.size > 1) {
    throw failure("syntax", `data in ${[...data].join(" and ")}, expected one of them`, { place });
  }
  if (location === EXTERNAL) {
    const remedy = "save the model as one file: onnx.save(onnx.load('model.onnx'), 'one.onnx')";
    throw failure("unsupported", `its data is in another file; ${remedy}`, { place });
  }
  const typeName = TYPES[type] ?? `data type ${type}`;
  const count = shape.every(isCount) ? entryCount(shape) : null;
  if (count === null) throw failure("shape", `the dimensions [${shape.slice(0, 8).join(", ")}]`, { place });
  const stored = entries(bytes, raw, protobuf);
  if (isFloatType(typeName)) rejectWrongLength(stored.length(typeName), count, typeName, place);
  return lazyTensor({ name: named, shape, type: typeName }, (floatType) => stored.values(floatType, count));
}

function rejectWrongLength(length: number, count: number, type: string, place: string | null): void {
  if (length === count) return;
  throw failure("shape", `data of ${length} numbers, expected ${count} of ${type}`, { place });
}

/** The entries, in raw_data or in one of the lists; lists are counted first, then read into their place. */
function entries(bytes: Uint8Array, raw: Uint8Array | null, protobuf: ProtobufReader) {
  const inList = (type: FloatType, use: (numbers: ArrayLike<number>) => void) => {
    protobuf.read(bytes, {}, { [LISTS[type]]: (field) => void use(numbersOf(field, type, bytes.length)) });
  };
  return {
    length(type: FloatType): number {
      if (raw !== null) return raw.length / FLOAT_BYTES[type];
      let count = 0;
      inList(type, (numbers) => {
        count += numbers.length;
      });
      return count;
    },
    values(type: FloatType, count: number): Float64Array {
      if (raw !== null) return decodeFloats(raw, type, true);
      const values = new Float64Array(count);
      let at = 0;
      inList(type, (numbers) => {
        values.set(numbers, at);
        at += numbers.length;
      });
      return values;
    },
  };
}

/** Types of 16 bits stand as integers, the lower half their pattern. */
function numbersOf(field: Field, type: FloatType, most: number): ArrayLike<number> {
  if (type === "F32" || type === "F64") return field.floats(type);
  const toDouble = type === "F16" ? halfToDouble : bfloatToDouble;
  return field.integers(most).map((bits) => toDouble(bits & 0xffff));
}
