/** What the chunks of a dataset went through, and the way back (specification, IV.A.2.l). */

import { inflateSync } from "node:zlib";
import { failure } from "../../../../errors.ts";
import type { Cursor } from "./cursor.ts";
import { damaged } from "./damaged.ts";
import { fletcher32 } from "./fletcher32.ts";
import { unpackLzf } from "./lzf.ts";

export interface Filter {
  readonly id: number;
  /** What the writer says of it: for shuffle the bytes of an entry. */
  readonly values: readonly number[];
}

/** Undoes a filter; the result has at most `most` bytes. */
type Undo = (bytes: Uint8Array, most: number, filter: Filter) => Uint8Array;

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
const LZF = 32000;

const UNDO: ReadonlyMap<number, Undo> = new Map<number, Undo>([
  [DEFLATE, inflate],
  [SHUFFLE, (bytes, _, { values }) => unshuffle(bytes, values[0] ?? 1)],
  [FLETCHER32, withoutChecksum],
  [LZF, unpackLzf],
]);

const NAMES: Readonly<Record<number, string>> = {
  4: "szip",
  5: "nbit",
  6: "scale-offset",
  32001: "blosc",
  32004: "lz4",
  32008: "bitshuffle",
  32013: "zfp",
  32015: "zstd",
};

/** In the order in which a writer applies them. @throws {DlstmError} syntax; unsupported, where one is not known. */
export function readFilters(body: Cursor): Filter[] {
  const version = body.version(1, 2);
  const count = body.u8();
  if (version === 1) body.skip(6);
  return Array.from({ length: count }, () => {
    const id = body.u16();
    const nameBytes = version === 1 || id >= 256 ? body.u16() : 0;
    body.skip(2);
    const valueCount = body.u16();
    body.skip(version === 1 ? Math.ceil(nameBytes / 8) * 8 : nameBytes);
    const values = Array.from({ length: valueCount }, () => body.u32());
    if (version === 1 && valueCount % 2 === 1) body.skip(4);
    return { id, values };
  });
}

/** @throws {DlstmError} unsupported, by its name where it has one */
export function rejectUnknownFilters(filters: readonly Filter[]): void {
  const unknown = filters.find(({ id }) => !UNDO.has(id));
  if (unknown === undefined) return;
  const name = NAMES[unknown.id] ?? `filter ${unknown.id}`;
  throw failure("unsupported", `packed by ${name}, expected deflate (gzip), shuffle, fletcher32 or lzf`);
}

/**
 * The entries of a chunk.
 * @param mask a bit for each filter that was left out of it
 * @param size the bytes of the entries
 * @throws {DlstmError} syntax, where it gives another number of bytes, and what is wrong with packed bytes.
 */
export function unfilter(packed: Uint8Array, filters: readonly Filter[], mask: number, size: number): Uint8Array {
  // a checksum stands behind what it is of
  const most = size + 4 * filters.length;
  let bytes = packed;
  for (let k = filters.length - 1; k >= 0; k--) {
    if ((mask & (1 << k)) === 0) bytes = UNDO.get(filters[k].id)!(bytes, most, filters[k]);
  }
  if (bytes.length !== size) throw damaged(`a chunk of ${bytes.length} bytes, expected ${size}`);
  return bytes;
}

function inflate(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw damaged(`a chunk inflates to more than its ${most} bytes`);
    if (code?.startsWith("Z_")) throw damaged(`a chunk: ${(error as Error).message}`);
    throw error;
  }
}

/** First the first bytes of all entries, then their second ones, …; what is left over stays at the end. */
function unshuffle(bytes: Uint8Array, width: number): Uint8Array {
  if (width <= 1 || width > bytes.length) return bytes;
  const count = Math.floor(bytes.length / width);
  const out = new Uint8Array(bytes);
  for (let k = 0; k < width; k++) {
    for (let entry = 0; entry < count; entry++) out[entry * width + k] = bytes[k * count + entry];
  }
  return out;
}

function withoutChecksum(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 4) throw damaged("a chunk too short for its checksum");
  const body = bytes.subarray(0, bytes.length - 4);
  const told = new DataView(bytes.buffer, bytes.byteOffset + body.length, 4).getUint32(0, true);
  if (fletcher32(body) === told) return body;
  throw damaged("the checksum of a chunk is another (Fletcher-32)");
}
