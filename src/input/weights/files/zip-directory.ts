/** The directory of a zip file, read from its end (PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16). */

import { type DlstmError, failure } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import { decodeText } from "../../text.ts";
import type { ByteSource } from "../tensor.ts";

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

const MOST_MEMBERS = 10_000;
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
  const { file } = source;
  const extent = findDirectory(source);
  if (extent.count > MOST_MEMBERS) {
    throw failure("too-large", `${extent.count} members, expected at most ${MOST_MEMBERS}`, { file });
  }
  const bytes = Buffer.from(source.read(extent.offset, extent.size));
  const members = new Map<string, Member>();
  let at = 0;
  for (let k = 0; k < extent.count; k++) {
    const { member, length } = readEntry(bytes, at, file);
    if (members.has(member.name))
      throw failure("duplicate-key", "the member stands twice", { file, place: excerpt(member.name) });
    members.set(member.name, member);
    at += length;
  }
  if (at !== bytes.length) throw damaged(`${extent.count} members in ${at} bytes of ${bytes.length}`, file);
  return [...members.values()].filter(({ name }) => !name.endsWith("/"));
}

function findDirectory(source: ByteSource): Extent {
  const { file, size } = source;
  const tail = Buffer.from(lastBytes(source, END_BYTES + MOST_COMMENT_BYTES));
  let end = tail.length - END_BYTES;
  // the record is where the comment behind it fills the file
  const isEnd = (at: number) =>
    tail.readUInt32LE(at) === 0x06054b50 && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length;
  while (end >= 0 && !isEnd(end)) end -= 1;
  if (end < 0) throw failure("syntax", "no end-of-directory record of a zip file: truncated?", { file });
  const endOffset = size - tail.length + end;
  const disks = [tail.readUInt16LE(end + 4), tail.readUInt16LE(end + 6)];
  const counts = [tail.readUInt16LE(end + 8), tail.readUInt16LE(end + 10)];
  const extent = { count: counts[1]!, size: tail.readUInt32LE(end + 12), offset: tail.readUInt32LE(end + 16) };
  // PyTorch writes the 64-bit record even where nothing needs it
  const directory64 = findDirectory64(source, endOffset);
  if (directory64 !== null) return directory64;
  rejectDisks(disks[0] !== 0 || disks[1] !== 0 || counts[0] !== counts[1], file);
  rejectOutside(extent, endOffset, file);
  return extent;
}

/** From the record of 64-bit numbers, which stands before the locator, which stands before the end; null without it. */
function findDirectory64(source: ByteSource, endOffset: number): Extent | null {
  const { file } = source;
  if (endOffset < LOCATOR_BYTES) return null;
  const locator = Buffer.from(source.read(endOffset - LOCATOR_BYTES, LOCATOR_BYTES));
  if (locator.readUInt32LE(0) !== 0x07064b50) return null;
  const at = count64(locator, 8, file);
  if (at > endOffset - LOCATOR_BYTES - END64_BYTES) throw damaged("its zip64 record lies behind the end", file);
  const record = Buffer.from(source.read(at, END64_BYTES));
  if (record.readUInt32LE(0) !== 0x06064b50) throw damaged("no zip64 record where the locator says", file);
  const extent = {
    count: count64(record, 32, file),
    size: count64(record, 40, file),
    offset: count64(record, 48, file),
  };
  const isSplit = record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0;
  rejectDisks(isSplit || count64(record, 24, file) !== extent.count || locator.readUInt32LE(16) > 1, file);
  rejectOutside(extent, at, file);
  return extent;
}

function rejectDisks(isSplit: boolean, file: string): void {
  if (isSplit) throw failure("unsupported", "a zip file on several disks, expected one file", { file });
}

function rejectOutside({ offset, size }: Extent, end: number, file: string): void {
  if (offset + size !== end) throw damaged(`its directory ends at byte ${offset + size}, expected ${end}`, file);
}

function readEntry(bytes: Buffer, at: number, file: string): { member: Member; length: number } {
  if (at + ENTRY_BYTES > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) {
    throw damaged(`no entry at byte ${at} of its directory`, file);
  }
  const flags = bytes.readUInt16LE(at + 8);
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
    number,
    number,
    number,
  ];
  const length = ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
  if (at + length > bytes.length) throw damaged(`the entry at byte ${at} of its directory is cut off`, file);
  if (nameBytes > MOST_NAME_BYTES) {
    throw failure("too-large", `a member's name of ${nameBytes} bytes, expected at most ${MOST_NAME_BYTES}`, { file });
  }
  const nameEnd = at + ENTRY_BYTES + nameBytes;
  const name = decodeText(bytes.subarray(at + ENTRY_BYTES, nameEnd), file);
  // encrypted, patched, strongly encrypted, directory masked
  if ((flags & 0x2061) !== 0) {
    throw failure("unsupported", "an encrypted member, expected one that anybody can read", {
      file,
      place: excerpt(name),
    });
  }
  const extra = bytes.subarray(nameEnd, nameEnd + extraBytes);
  const [size, packedSize, offset] = sizes64(
    [24, 20, 42].map((field) => bytes.readUInt32LE(at + field)),
    extra,
    file,
  ) as [number, number, number];
  rejectDisks(bytes.readUInt16LE(at + 34) !== 0, file);
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
function sizes64(numbers: number[], extra: Buffer, file: string): number[] {
  if (!numbers.includes(ELSEWHERE)) return numbers;
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1 && end <= extra.length) {
      let next = at + 4;
      return numbers.map((number) => {
        if (number !== ELSEWHERE) return number;
        next += 8;
        if (next > end) throw damaged("a zip64 field is too short", file);
        return count64(extra, next - 8, file);
      });
    }
    at = end;
  }
  return numbers;
}

function count64(bytes: Buffer, at: number, file: string): number {
  const count = bytes.readBigUInt64LE(at);
  if (count > Number.MAX_SAFE_INTEGER) throw damaged(`a size of ${count} bytes`, file);
  return Number(count);
}

function lastBytes(source: ByteSource, most: number): Uint8Array {
  const length = Math.min(source.size, most);
  return source.read(source.size - length, length);
}

function damaged(message: string, file: string): DlstmError {
  return failure("syntax", `damaged zip file: ${message}`, { file });
}
