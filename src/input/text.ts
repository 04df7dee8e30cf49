/** Bytes to text: strict UTF-8, and where in a text an offset is. */

import { Buffer, constants, isAscii, isUtf8 } from "node:buffer";
import { type DlstmError, failure } from "../errors.ts";

/**
 * The text that the bytes hold, without a byte-order mark.
 *
 * @throws {DlstmError} code `encoding` if the bytes are not UTF-8, `too-large` if no string can hold their text.
 */
export function decodeText(bytes: Uint8Array): string {
  const wide = wideEncoding(bytes);
  if (wide !== null) throw failure("encoding", `${wide}, expected UTF-8; save it as UTF-8`);
  const start = startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  // Node refuses by the number of bytes, not of characters.
  if (body.length > constants.MAX_STRING_LENGTH) {
    const expected = `expected at most ${constants.MAX_STRING_LENGTH}`;
    throw failure("too-large", `${body.length} bytes in one text, ${expected}`);
  }
  if (isAscii(body)) return body.toString("latin1");
  if (!isUtf8(body)) throw invalidUtf8(bytes);
  return body.toString("utf8");
}

/** UTF-16 or UTF-32, by byte-order mark or because the first two characters (ASCII in any JSON) hold NUL bytes. */
function wideEncoding(bytes: Uint8Array): string | null {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) return "UTF-32";
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return "UTF-16";
  if (!bytes.subarray(0, 8).includes(0)) return null;
  const pattern = Array.from(bytes.subarray(0, 8), (byte) => (byte === 0 ? "0" : "x")).join("");
  if (/^(x000x000|000x000x)/.test(pattern)) return "UTF-32";
  return /^(x0x0|0x0x)/.test(pattern) ? "UTF-16" : null;
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function invalidUtf8(bytes: Uint8Array): DlstmError {
  let at = 0;
  for (let length = 1; at < bytes.length && length > 0; at += length) length = sequenceLength(bytes, at);
  const byte = bytes[at].toString(16).toUpperCase().padStart(2, "0");
  return failure("encoding", `0x${byte} is not valid UTF-8 here; save it as UTF-8`, { place: `byte ${at}` });
}

/** The length of the well-formed UTF-8 sequence at `at`, or 0 if there is none (Unicode 15, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // The second byte rules out overlong forms (E0, F0), surrogates (ED) and what lies beyond U+10FFFF (F4).
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let k = 1; k < length; k += 1) {
    const byte = bytes[at + k] ?? 0;
    if (byte < (k === 1 ? low : 0x80) || byte > (k === 1 ? high : 0xbf)) return 0;
  }
  return length;
}

/** Lines and columns, from 1 and in UTF-16 units, of ascending offsets in one text; a line ends in LF, CR LF or CR. */
export class LineCounter {
  readonly #text: string;
  #offset = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** As messages name it; `offset` must not be below that of the call before. */
  placeAt(offset: number): string {
    for (; this.#offset < offset; this.#offset += 1) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code === 10 || (code === 13 && this.#text.charCodeAt(this.#offset + 1) !== 10)) {
        this.#line += 1;
        this.#lineStart = this.#offset + 1;
      }
    }
    return `line ${this.#line}, column ${offset - this.#lineStart + 1}`;
  }
}
