/** The directory of a zip file, read from its end (PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16). */

import { type DlstmError, failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import { decodeText } from "../../../text.ts";
import type { ByteSource } from "../../tensor.ts";

/** One file in the archive. Its sizes are the directory's: local headers need not know them. */
export interface Member {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const MOST_MEMBERS = 2 ** 17;
const MOST_NAME_BYTES = 1024;
const MOST_COMMENT_BYTES = 65_535;

const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END64_BYTES = 56;
const ENTRY_BYTES = 46;

/** A size, offset or count that stands elsewhere, in a record of 64-bit numbers. */
const ELSEWHERE = 0xffffffff;

/** Where the directory lies, and how many members it has. */
interface Extent {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

/**
 * The members in the directory's order, folders left out.
 * @throws {DlstmError} syntax, unsupported (encryption, several disks), too-large, duplicate-key, encoding.
 */
export function readZipDirectory(source: ByteSource): Member[] {
  const extent = findDirectory(source);
  if (extent.count > MOST_MEMBERS) {
    throw failure("too-large", `${extent.count} members, expected at most ${MOST_MEMBERS}`);
  }
  const bytes = Buffer.from(source.read(extent.offset, extent.size));
  const members = new Map<string, Member>();
  let at = 0;
  for (let k = 0; k < extent.count; k++) {
    const { member, length } = readEntry(bytes, at);
    if (members.has(member.name))
      throw failure("duplicate-key", "the member stands twice", { place: excerpt(member.name) });
    members.set(member.name, member);
    at += length;
  }
  if (at !== bytes.length) throw damaged(`${extent.count} members in ${at} bytes of ${bytes.length}`);
  return [...members.values()].filter(({ name }) => !name.endsWith("/"));
}

function findDirectory(source: ByteSource): Extent {
  const { size } = source;
  const tail = Buffer.from(lastBytes(source, END_BYTES + MOST_COMMENT_BYTES));
  let end = tail.length - END_BYTES;
  // the record is where the comment behind it fills the file
  const isEnd = (at: number) =>
    tail.readUInt32LE(at) === 0x06054b50 && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length;
  while (end >= 0 && !isEnd(end)) end -= 1;
  if (end < 0) throw failure("syntax", "no end-of-directory record of a zip file: truncated?");
  const endOffset = size - tail.length + end;
  const disks = [tail.readUInt16LE(end + 4), tail.readUInt16LE(end + 6)];
  const counts = [tail.readUInt16LE(end + 8), tail.readUInt16LE(end + 10)];
  const extent = { count: counts[1], size: tail.readUInt32LE(end + 12), offset: tail.readUInt32LE(end + 16) };
  // PyTorch writes the 64-bit record even where nothing needs it
  const directory64 = findDirectory64(source, endOffset);
  if (directory64 !== null) return directory64;
  rejectDisks(disks[0] !== 0 || disks[1] !== 0 || counts[0] !== counts[1]);
  rejectOutside(extent, endOffset);
  return extent;
}

/** From the record of 64-bit numbers, which stands before the locator, which stands before the end; null without it. */
function findDirectory64(source: ByteSource, endOffset: number): Extent | null {
  if (endOffset < LOCATOR_BYTES) return null;
  const locator = Buffer.from(source.read(endOffset - LOCATOR_BYTES, LOCATOR_BYTES));
  if (locator.readUInt32LE(0) !== 0x07064b50) return null;
  const at = count64(locator, 8);
  if (at > endOffset - LOCATOR_BYTES - END64_BYTES) throw damaged("its zip64 record lies behind the end");
  const record = Buffer.from(source.read(at, END64_BYTES));
  if (record.readUInt32LE(0) !== 0x06064b50) throw damaged("no zip64 record where the locator says");
  const extent = {
    count: count64(record, 32),
    size: count64(record, 40),
    offset: count64(record, 48),
  };
  const isSplit = record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0;
  rejectDisks(isSplit || count64(record, 24) !== extent.count || locator.readUInt32LE(16) > 1);
  rejectOutside(extent, at);
  return extent;
}

function rejectDisks(isSplit: boolean): void {
  if (isSplit) throw failure("unsupported", "a zip file on several disks, expected one file");
}

function rejectOutside({ offset, size }: Extent, end: number): void {
  if (offset + size !== end) throw damaged(`its directory ends at byte ${offset + size}, expected ${end}`);
}

function readEntry(bytes: Buffer, at: number): { member: Member; length: number } {
  if (at + ENTRY_BYTES > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) {
    throw damaged(`no entry at byte ${at} of its directory`);
  }
  const flags = bytes.readUInt16LE(at + 8);
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
    number,
    number,
    number,
  ];
  const length = ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
  if (at + length > bytes.length) throw damaged(`the entry at byte ${at} of its directory is cut off`);
  if (nameBytes > MOST_NAME_BYTES) {
    throw failure("too-large", `a member's name of ${nameBytes} bytes, expected at most ${MOST_NAME_BYTES}`);
  }
  const nameEnd = at + ENTRY_BYTES + nameBytes;
  const name = decodeText(bytes.subarray(at + ENTRY_BYTES, nameEnd));
  // encrypted, patched, strongly encrypted, directory masked
  if ((flags & 0x2061) !== 0) {
    throw failure("unsupported", "an encrypted member, expected one that anybody can read", { place: excerpt(name) });
  }
  const extra = bytes.subarray(nameEnd, nameEnd + extraBytes);
  const [size, packedSize, offset] = sizes64(
    [24, 20, 42].map((field) => bytes.readUInt32LE(at + field)),
    extra,
  ) as [number, number, number];
  rejectDisks(bytes.readUInt16LE(at + 34) !== 0);
  const member = {
    name,
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    packedSize,
    size,
    offset,
  };
  return { member, length };
}

/** Those of the numbers that stand elsewhere, from the extra field 1 in their order. */
function sizes64(numbers: number[], extra: Buffer): number[] {
  if (!numbers.includes(ELSEWHERE)) return numbers;
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1 && end <= extra.length) {
      let next = at + 4;
      return numbers.map((number) => {
        if (number !== ELSEWHERE) return number;
        next += 8;
        if (next > end) throw damaged("a zip64 field is too short");
        return count64(extra, next - 8);
      });
    }
    at = end;
  }
  return numbers;
}

function count64(bytes: Buffer, at: number): number {
  const count = bytes.readBigUInt64LE(at);
  if (count > Number.MAX_SAFE_INTEGER) throw damaged(`a size of ${count} bytes`);
  return Number(count);
}

function lastBytes(source: ByteSource, most: number): Uint8Array {
  const length = Math.min(source.size, most);
  return source.read(source.size - length, length);
}

function damaged(message: string): DlstmError {
  return failure("syntax", `damaged zip file: ${message}`);
}
