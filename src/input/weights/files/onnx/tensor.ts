/** TensorProto: a tensor in an ONNX model (onnx/onnx.proto, numbers of fields as there). */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import { FLOAT_BYTES, isFloatType } from "../number-type.ts";
import { entryCount, isCount } from "../shape.ts";
import type { Span } from "../window.ts";
import type { Constant } from "./constant.ts";
import { type External, externalData } from "./external.ts";
import type { OnnxFile } from "./file.ts";
import { copyNumbers, countListed, isIntegerType, LIST_NAMES, listedNumbers } from "./numbers.ts";

/** TensorProto.DataType by number. */
export const TYPES: readonly string[] = [
  ..."undefined F32 U8 I8 U16 I16 I32 I64 STRING BOOL F16 F64 U32 U64 C64 C128 BF16".split(" "),
  ..."F8_E4M3 F8_E4M3FNUZ F8_E5M2 F8_E5M2FNUZ U4 I4 F4_E2M1".split(" "),
];

const MOST_AXES = 64;
const EXTERNAL = 1;

/** A tensor of which all is read but its numbers. */
export interface StoredTensor {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  /** The whole message. */
  readonly message: Span;
  /** raw_data */
  readonly raw: Span | null;
  /** The fields that hold data, by their names. */
  readonly fields: ReadonlySet<string>;
  readonly external: External | null;
}

/**
 * @param name what the tensor is called if not by its own name
 * @throws {DlstmError} syntax, encoding, too-large.
 */
export function parseTensor(message: Span, { protobuf }: OnnxFile, name?: string): StoredTensor {
  const shape: number[] = [];
  const fields = new Set<string>();
  const external = new Map<string, string>();
  const notes = [...LIST_NAMES].map(([number, list]) => [number, () => void fields.add(list)] as const);
  const empty = { type: 0, ownName: "", raw: null as Span | null, location: 0 };
  const { type, ownName, raw, location } = protobuf.read(message, empty, {
    ...Object.fromEntries(notes),
    1: (field) => {
      for (const length of field.integers(MOST_AXES)) shape.push(length);
      if (shape.length > MOST_AXES) throw failure("too-large", `a tensor of more than ${MOST_AXES} axes`);
    },
    2: (field) => ({ type: field.integer() }),
    8: (field) => ({ ownName: field.text() }),
    9: (field) => {
      fields.add("raw_data");
      return { raw: field.span() };
    },
    13: (field) => {
      const entry = { key: "", value: "" };
      const text = {
        1: (one: typeof field) => ({ key: one.text() }),
        2: (one: typeof field) => ({ value: one.text() }),
      };
      const { key, value } = protobuf.read(field.span(), entry, text);
      external.set(key, value);
    },
    14: (field) => ({ location: field.integer() }),
  });
  const isExternal = location === EXTERNAL;
  const typeName = TYPES[type] ?? `data type ${type}`;
  return { name: name ?? ownName, type: typeName, shape, message, raw, fields, external: isExternal ? external : null };
}

/**
 * The tensor as a constant; of another type than floats and signed integers of 32 and 64 bits, none whose entries are read.
 * @throws {DlstmError} syntax, shape: at its name.
 */
export function storedConstant(tensor: StoredTensor, file: OnnxFile): Constant {
  const { type, shape, fields, external } = tensor;
  const place = excerpt(tensor.name) || null;
  if (fields.size > 1) {
    throw failure("syntax", `data in ${[...fields].join(" and ")}, expected one of them`, { place });
  }
  const count = shape.every(isCount) ? entryCount(shape) : null;
  if (count === null) throw failure("shape", `the dimensions [${shape.slice(0, 8).join(", ")}]`, { place });
  const stored = { type, shape, count, inputs: [], depth: 0 };
  if (external !== null) return { ...stored, ...fromOutside(tensor, external, count, file) };
  return { ...stored, copy: fromInside(tensor, count, file) };
}

function fromOutside(
  { name, type }: StoredTensor,
  external: External,
  count: number,
  file: OnnxFile,
): Pick<Constant, "copy" | "check"> {
  const data = () => externalData(file, external, count * bytesOf(type), excerpt(name));
  return {
    check: () => void data(),
    copy: (out, at, start, length) => {
      const { window, span } = data();
      copyNumbers(out, at, window, span.start, type, start, length);
    },
  };
}

function fromInside({ name, type, message, raw }: StoredTensor, count: number, file: OnnxFile): Constant["copy"] {
  const isNumbers = isFloatType(type) || isIntegerType(type);
  const found = !isNumbers ? count : raw === null ? countListed(message, type, file) : raw.length / bytesOf(type);
  if (found !== count) {
    const problem = `data of ${found} numbers, expected ${count} of ${type}`;
    throw failure("shape", problem, { place: excerpt(name) || null });
  }
  if (raw !== null) {
    return (out, at, start, length) => copyNumbers(out, at, file.window, raw.start, type, start, length);
  }
  let known: Float64Array | undefined;
  return (out, at, start, length) => {
    known ??= listedNumbers(message, type, count, file);
    out.set(known.subarray(start, start + length), at);
  };
}

function bytesOf(type: string): number {
  return isFloatType(type) ? FLOAT_BYTES[type] : type === "I32" ? 4 : 8;
}
