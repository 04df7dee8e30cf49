/** The header of a .npy file: magic, version, length, and a Python dictionary (numpy/lib/_format_impl.py). */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import { decodeText } from "../../../text.ts";
import { isCount } from "../shape.ts";
import { type Literal, parsePythonLiteral, type Tuple } from "./python-literal.ts";

/** numpy refuses longer ones by default. */
const MOST_HEADER_BYTES = 10_000;

const MAGIC = "\x93NUMPY";

export interface NpyHeader {
  /** F64, F32, F16, I8, U16, BOOL, C64, … where numpy has such a type, else what numpy calls it. */
  readonly type: string;
  /** null: told by nothing in the header, as for Python objects. */
  readonly bytesPerEntry: number | null;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the entries begin. */
  readonly start: number;
}

/**
 * @param head the first bytes of the file, as many as it is given or all that there are.
 * @throws {DlstmError} syntax, encoding, too-large, unsupported.
 */
export function readNpyHeader(head: (length: number) => Uint8Array): NpyHeader {
  const { bytes, start, isUtf8 } = headerBytes(head);
  const text = isUtf8 ? decodeText(bytes) : Buffer.from(bytes).toString("latin1");
  return { ...interpret(parsePythonLiteral(text)), start };
}

function headerBytes(head: (length: number) => Uint8Array) {
  const preamble = Buffer.from(head(12));
  if (preamble.length < 10) throw syntax(`${preamble.length} bytes, expected the header of a .npy file`);
  if (preamble.toString("latin1", 0, 6) !== MAGIC) throw syntax("not a .npy file: the first bytes are not \\x93NUMPY");
  const [major, minor] = [preamble[6], preamble[7]];
  if (major < 1 || major > 3 || minor !== 0) {
    throw failure("unsupported", `version ${major}.${minor} of the npy format, expected 1.0, 2.0 or 3.0`);
  }
  const lengthBytes = major === 1 ? 2 : 4;
  const start = 8 + lengthBytes;
  if (preamble.length < start) throw syntax("the npy header is cut off");
  const length = preamble.readUIntLE(8, lengthBytes);
  if (length > MOST_HEADER_BYTES) {
    throw failure("too-large", `an npy header of ${length} bytes, expected at most ${MOST_HEADER_BYTES}`);
  }
  const bytes = head(start + length).subarray(start);
  if (bytes.length < length) throw syntax(`an npy header of ${length} bytes, but only ${bytes.length} follow`);
  return { bytes, start: start + length, isUtf8: major === 3 };
}

const KEYS = ["descr", "fortran_order", "shape"];

function interpret(header: Literal): Omit<NpyHeader, "start"> {
  if (!(header instanceof Map)) throw syntax("npy header: expected a Python dictionary");
  const wrongKey = [...header.keys()].find((key) => !KEYS.includes(key)) ?? KEYS.find((key) => !header.has(key));
  if (wrongKey !== undefined) {
    const is = header.has(wrongKey) ? "unknown key" : "lacks the key";
    throw syntax(`npy header: ${is} "${excerpt(wrongKey)}"; expected descr, fortran_order and shape`);
  }
  const shape = (header.get("shape") as Partial<Tuple> | null)?.tuple;
  if (!Array.isArray(shape) || !shape.every(isCount)) {
    throw syntax("npy header: shape must be a tuple of integers from 0 on");
  }
  const fortranOrder = header.get("fortran_order");
  if (typeof fortranOrder !== "boolean") throw syntax("npy header: fortran_order must be True or False");
  return { ...interpretType(header.get("descr")), fortranOrder, shape };
}

function interpretType(descr: Literal | undefined): Pick<NpyHeader, "type" | "bytesPerEntry" | "littleEndian"> {
  if (Array.isArray(descr)) return { type: "records of several fields", bytesPerEntry: null, littleEndian: true };
  const match = typeof descr === "string" ? /^([<>|=])([A-Za-z])([0-9]{0,9})(.*)$/.exec(descr) : null;
  if (match === null) throw syntax("npy header: descr must be a type such as '<f8'");
  const [, order, letter, digits, rest] = match;
  // "=" is the order of the machine that wrote the file, which nothing tells
  const letterName = order === "=" || rest !== "" ? undefined : LETTERS[letter];
  const width = letter === "U" ? 4 * Number(digits) : Number(digits);
  return {
    type: letterName === undefined ? (descr as string) : letter === "b" ? letterName : `${letterName}${8 * width}`,
    bytesPerEntry: letter === "O" || order === "=" || digits === "" ? null : width,
    littleEndian: order !== ">",
  };
}

const LETTERS: Readonly<Record<string, string>> = { f: "F", i: "I", u: "U", c: "C", b: "BOOL" };

function syntax(message: string) {
  return failure("syntax", message);
}
