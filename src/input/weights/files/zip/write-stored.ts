/** A zip archive whose members are stored as they are, so that readers may map them. Source: APPNOTE 6.3.10, §4.3. */
import { failure } from "../../../../errors.ts";
import { crc32 } from "./crc32.ts";

export interface StoredMember {
  readonly name: string;
  readonly size: number;
  /** The bytes, so many of them. */
  bytes(): Uint8Array;
}

/** Archives that are longer tell their sizes in fields of 64 bits, which are not written here. */
const MOST_BYTES = 0xffffffff;
const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const UTF8 = 1 << 11;
/** The format's earliest, 1 January 1980: the same cell gives the same bytes. */
const DATE = (1 << 5) | 1;
const VERSION = 20;
const [LOCAL_BYTES, ENTRY_BYTES, END_BYTES] = [30, 46, 22];

/**
 * The archive piece by piece.
 * @throws {DlstmError} too-large, of 4 GiB or more.
 */
export function* storedZipChunks(members: readonly StoredMember[]): Generator<Uint8Array> {
  rejectLarge(members);
  const entries: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const bytes = member.bytes();
    const common = commonFields(crc32(bytes), bytes.length, name.length);
    entries.push(entryOf(common, offset, name));
    const local = Buffer.concat([u32(LOCAL), common, name]);
    yield local;
    yield bytes;
    offset += local.length + bytes.length;
  }
  yield* entries;
  const directoryBytes = entries.reduce((sum, { length }) => sum + length, 0);
  const count = u16(members.length);
  yield Buffer.concat([u32(END), u16(0), u16(0), count, count, u32(directoryBytes), u32(offset), u16(0)]);
}

function rejectLarge(members: readonly StoredMember[]): void {
  const total = members.reduce(
    (sum, { name, size }) => sum + size + 2 * Buffer.byteLength(name) + LOCAL_BYTES + ENTRY_BYTES,
    END_BYTES,
  );
  if (total <= MOST_BYTES) return;
  throw failure("too-large", `${total} bytes, expected less than 4 GiB in a zip archive; safetensors holds more`);
}

/** What a member's own header and its entry in the directory share. */
function commonFields(crc: number, size: number, nameBytes: number): Buffer {
  const stored = u16(0);
  return Buffer.concat([
    ...[u16(VERSION), u16(UTF8), stored, u16(0), u16(DATE)],
    ...[u32(crc), u32(size), u32(size), u16(nameBytes), u16(0)],
  ]);
}

function entryOf(common: Buffer, offset: number, name: Buffer): Buffer {
  // no comment, on the first disk, no attributes
  const rest = [u16(0), u16(0), u16(0), u32(0), u32(offset)];
  return Buffer.concat([u32(ENTRY), u16(VERSION), common, ...rest, name]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
