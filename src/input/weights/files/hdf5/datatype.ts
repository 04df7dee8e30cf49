/** How entries are stored, in the names that other kinds of files have for it (specification, IV.A.2.d). */

import type { Cursor } from "./cursor.ts";

export interface Datatype {
  /** `F32`, `I64`, `text`, …: as `Tensor.type`. */
  readonly type: string;
  /** The bytes of one entry. */
  readonly size: number;
  readonly littleEndian: boolean;
  /** Text of any length, which stands in a global heap. */
  readonly isVariable: boolean;
}

const CLASS = { integer: 0, float: 1, text: 3, opaque: 5, compound: 6, enumeration: 8, variable: 9 } as const;

/** The fields of a floating-point type: exponent's place and bits, mantissa's place and bits, the exponent's bias. */
const FLOATS: ReadonlyMap<string, string> = new Map([
  ["52 11 0 52 1023", "F64"],
  ["23 8 0 23 127", "F32"],
  ["10 5 0 10 15", "F16"],
  ["7 8 0 7 127", "BF16"],
]);

/** Two bytes that say nothing of what they are, as numpy calls them. */
export const RAW = "V2";

/** @throws {DlstmError} syntax, where it is cut off. */
export function readDatatype(body: Cursor): Datatype {
  const first = body.u8();
  const bits = body.uint(3);
  const size = body.u32();
  const plain = { size, littleEndian: (bits & 1) === 0, isVariable: false };
  switch (first & 15) {
    case CLASS.integer:
      return { ...plain, type: `${bits & 8 ? "I" : "U"}${8 * size}` };
    case CLASS.float:
      // bit 6 is set in the order of bytes of a VAX
      return { ...plain, type: bits & 0x40 ? "VAX" : floatType(body, size) };
    case CLASS.text:
      return { ...plain, type: "text" };
    case CLASS.opaque:
      return { ...plain, type: `V${size}` };
    case CLASS.enumeration:
      // h5py's truth values
      return { ...plain, type: size === 1 ? "BOOL" : "enumeration" };
    case CLASS.variable:
      return { ...plain, type: (bits & 15) === 1 ? "text" : "sequences", isVariable: true };
    case CLASS.compound:
      return { ...plain, type: "compound" };
    default:
      return { ...plain, type: "other" };
  }
}

function floatType(body: Cursor, size: number): string {
  const [offset, precision] = [body.u16(), body.u16()];
  const fields = [body.u8(), body.u8(), body.u8(), body.u8(), body.u32()].join(" ");
  const known = offset === 0 && precision === 8 * size ? FLOATS.get(fields) : undefined;
  return known ?? `F${precision}_E${fields.split(" ")[1]}`;
}
