/** The bytes of a member of a zip file: stored or deflated. */

import { constants, inflateRawSync } from "node:zlib";
import { type DlstmError, failure } from "../../../../errors.ts";
import type { ByteSource } from "../../tensor.ts";
import { crc32 } from "./crc32.ts";
import type { Member } from "./directory.ts";

const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/** Deflate packs at most 1032 bytes into one. */
const MOST_PACKED = 1032;

/** The packed bytes that are tried first for a member's beginning, and the most that they may give: 1032 times as many. */
const FIRST_PACKED = 240;
const MOST_HEAD_BYTES = 1 << 18;

/** zlib's own chunks of 16 KiB cost half as much again. */
const UNPACK_CHUNK = 1 << 20;

/** More than any double array of the entries could hold beside it. */
const MOST_MEMBER_BYTES = 2 ** 31;

/** What a small file may unpack to; more only where it is at most so many times the packed bytes: weights are no zeros. */
const MOST_UNPACKED = 2 ** 28;
const MOST_UNPACKED_RATIO = 32;

/** A member whose packed bytes begin at `start`. */
interface Located extends Member {
  readonly start: number;
}

/** A member as something to read from. What is wrong with it is told without its name, which the caller adds. */
export interface MemberSource {
  readonly size: number;
  /** The first bytes, so many or all that there are, by as few packed ones as give them; they are not checked. */
  head(length: number): Uint8Array;
  /** Part of a member that is read whole: only all of it has a checksum. */
  read(start: number, length: number): Uint8Array;
  /** The same by position, where that is all that is wanted: a stored member is not checked, a deflated one is kept. */
  byPosition(): ByteSource;
}

/**
 * Nothing of a member but its local header is read yet.
 *
 * @param limit where the packed bytes must end at the latest
 * @throws {DlstmError} syntax, unsupported, too-large.
 */
export function openMember(source: ByteSource, member: Member, limit: number): MemberSource {
  const located = { ...member, start: packedStart(source, member, limit) };
  const { size, method } = member;
  const isStored = method === STORED;
  const whole = () => checked(unpack(source, located), member);
  return {
    size,
    head(length) {
      const bytes = Math.min(length, size);
      return isStored ? source.read(located.start, bytes) : inflateHead(source, located, bytes);
    },
    read: (start, length) => whole().subarray(start, start + length),
    byPosition() {
      const inflated = isStored ? null : new InflatedStart(source, located, whole);
      return {
        file: source.file,
        size,
        read(start, length, room) {
          if (inflated === null) return source.read(located.start + start, length, room);
          return inflated.upTo(start + length).subarray(start, start + length);
        },
      };
    },
  };
}

function packedStart(source: ByteSource, member: Member, limit: number): number {
  if (member.method !== STORED && member.method !== DEFLATED) {
    throw failure("unsupported", `packed by method ${member.method}, expected stored or deflated`);
  }
  const ratio = member.method === STORED ? 1 : MOST_PACKED;
  if (member.size > ratio * member.packedSize || (ratio === 1 && member.size < member.packedSize)) {
    throw damaged(`${member.size} bytes from ${member.packedSize}`);
  }
  const nameBytes = Buffer.byteLength(member.name);
  if (member.offset + LOCAL_BYTES + nameBytes > limit) throw damaged("it begins behind its end");
  const local = Buffer.from(source.read(member.offset, LOCAL_BYTES + nameBytes));
  if (
    local.readUInt32LE(0) !== 0x04034b50 ||
    local.readUInt16LE(26) !== nameBytes ||
    local.toString("utf8", LOCAL_BYTES) !== member.name
  ) {
    throw damaged("the directory points to another member");
  }
  const start = member.offset + LOCAL_BYTES + nameBytes + local.readUInt16LE(28);
  if (start + member.packedSize > limit) throw damaged("it overlaps what follows");
  return start;
}

/** The first bytes of a deflated member, from as few packed ones as give them. */
function inflateHead(source: ByteSource, member: Located, length: number): Uint8Array {
  for (let packed = FIRST_PACKED; ; packed *= 2) {
    const bytes = source.read(member.start, Math.min(packed, member.packedSize));
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_HEAD_BYTES };
    const head = inflate(bytes, options);
    if (head.length >= length) return head.subarray(0, length);
    if (packed >= member.packedSize) return head;
  }
}

/** As much of a deflated member as has been asked for: of one that inflates to many times its bytes no more than that. */
class InflatedStart {
  readonly #source: ByteSource;
  readonly #member: Located;
  readonly #whole: () => Uint8Array;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource, member: Located, whole: () => Uint8Array) {
    this.#source = source;
    this.#member = member;
    this.#whole = whole;
  }

  /** @throws {DlstmError} syntax; too-large, where so much more comes of the next packed bytes that it must be a bomb. */
  upTo(end: number): Uint8Array {
    if (end <= this.#bytes.length) return this.#bytes;
    const { size, packedSize } = this.#member;
    this.#bytes = size <= MOST_UNPACKED_RATIO * packedSize ? this.#whole() : this.#start(Math.min(2 * end, size));
    if (this.#bytes.length < end) throw damaged(`it inflates to ${this.#bytes.length} bytes, expected ${size}`);
    return this.#bytes;
  }

  #start(end: number): Uint8Array {
    const { start, packedSize } = this.#member;
    for (let packed = Math.ceil(end / MOST_PACKED) + FIRST_PACKED; ; packed *= 2) {
      const bytes = this.#source.read(start, Math.min(packed, packedSize));
      const maxOutputLength = Math.max(end * MOST_UNPACKED_RATIO, MOST_HEAD_BYTES * 2);
      const inflated = inflate(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength });
      if (inflated.length >= end || packed >= packedSize) return inflated;
    }
  }
}

function unpack(source: ByteSource, member: Located): Uint8Array {
  if (member.size > MOST_MEMBER_BYTES) {
    throw failure("too-large", `${member.size} bytes, expected at most ${MOST_MEMBER_BYTES}`);
  }
  if (member.size > Math.max(MOST_UNPACKED, MOST_UNPACKED_RATIO * member.packedSize)) {
    const message = `${member.size} bytes packed into ${member.packedSize}, expected at most ${MOST_UNPACKED_RATIO} into one: a bomb?`;
    throw failure("too-large", message);
  }
  const packed = source.read(member.start, member.packedSize);
  // zlib wants room for at least one byte
  return member.method === STORED
    ? packed
    : inflate(packed, { maxOutputLength: Math.max(member.size, 1), chunkSize: UNPACK_CHUNK });
}

function inflate(
  packed: Uint8Array,
  options: { finishFlush?: number; maxOutputLength: number; chunkSize?: number },
): Uint8Array {
  try {
    return inflateRawSync(packed, options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw damaged("it inflates to more than the directory says");
    if (code?.startsWith("Z_")) throw damaged((error as Error).message);
    throw error;
  }
}

function checked(bytes: Uint8Array, member: Member): Uint8Array {
  if (bytes.length !== member.size) throw damaged(`${bytes.length} bytes, expected ${member.size}`);
  const crc = crc32(bytes);
  if (crc !== member.crc) throw damaged(`its CRC-32 is ${hex(crc)}, expected ${hex(member.crc)}`);
  return bytes;
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}

function damaged(message: string): DlstmError {
  return failure("syntax", `damaged zip member: ${message}`);
}
