/** JSON among files of all kinds. */

import { inFile } from "../errors.ts";
import { parseJson } from "./json.ts";
import { decodeText } from "./text.ts";
import type { ByteSource } from "./weights/tensor.ts";

/** As many bytes as it takes to tell JSON from the rest. */
export const FIRST_BYTES = 16;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const STARTS = new Set([...'[{"\t\n\r '].map((character) => character.charCodeAt(0)));

function isControl(byte: number): boolean {
  return byte < 0x20 && !STARTS.has(byte);
}

/** Whether the bytes begin as a JSON text in UTF-8 does. */
export function beginsAsJson(first: Uint8Array): boolean {
  // binary formats and UTF-16 have a NUL among their first bytes, or a first byte that no JSON begins with
  const start = BYTE_ORDER_MARK.every((byte, k) => first[k] === byte) ? BYTE_ORDER_MARK.length : 0;
  const head = first.subarray(0, FIRST_BYTES);
  // protobuf's first tag may be a line feed; what follows it is no white space alone
  if (head.includes(0) || (first[start] < 0x20 && head.some(isControl))) return false;
  return first.length === start || STARTS.has(first[start]);
}

/**
 * The value of a JSON text; undefined for a file that begins as one of another kind.
 * @throws {DlstmError} what is wrong with the text, with the file's name
 */
export function jsonIn(source: ByteSource): unknown {
  return beginsAsJson(source.read(0, Math.min(FIRST_BYTES, source.size))) ? allJson(source) : undefined;
}

/** The same where nothing but JSON is expected. */
export function allJson(source: ByteSource): unknown {
  return readJson(source.read(0, source.size), source.file);
}

/** The value of a JSON text in bytes. */
export function readJson(bytes: Uint8Array, file: string | null): unknown {
  return inFile(file, () => parseJson(decodeText(bytes)));
}
