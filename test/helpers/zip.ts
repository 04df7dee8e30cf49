import { deflateRawSync, crc32 as zlibCrc32 } from "node:zlib";

/** One member of a zip file as the test wants it; what is left out is right. */
export interface ZipMember {
  readonly name: string;
  readonly data: Uint8Array;
  readonly deflated?: boolean;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly packedSize?: number;
  readonly offset?: number;
  readonly localName?: string;
  /** The directory tells sizes and offset by a zip64 field. */
  readonly zip64?: boolean;
}

const u16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [value & 255, (value >> 8) & 255]));
const u32 = (...values: number[]) => Buffer.concat(values.map((v) => u16(v % 65536, Math.floor(v / 65536))));
const u64 = (...values: number[]) => u32(...values.flatMap((v) => [v % 2 ** 32, Math.floor(v / 2 ** 32)]));

/** The parts of a zip file (APPNOTE 4.3.6): local headers with data, and the directory's entries. */
function parts(members: readonly ZipMember[]): { locals: Buffer; entries: Buffer[] } {
  let locals = Buffer.alloc(0);
  const entries: Buffer[] = [];
  for (const member of members) {
    const packed = member.deflated ? deflateRawSync(member.data) : Buffer.from(member.data);
    const name = Buffer.from(member.name);
    const localName = Buffer.from(member.localName ?? member.name);
    const {
      flags = 0,
      method = member.deflated ? 8 : 0,
      crc = zlibCrc32(member.data),
      offset = locals.length,
    } = member;
    const { size = member.data.length, packedSize = packed.length, zip64 = false } = member;
    // as numpy writes it: sizes only in a zip64 field, which is all zero
    const unknown = u32(0xffffffff, 0xffffffff);
    const local = [u32(0x04034b50), u16(45, flags, method, 0, 0), u32(crc), unknown, u16(localName.length, 20)];
    const extra = zip64 ? Buffer.concat([u16(1, 24), u64(size, packedSize, offset)]) : Buffer.alloc(0);
    const tell = (...values: number[]) => u32(...values.map((value) => (zip64 ? 0xffffffff : value)));
    entries.push(
      Buffer.concat([u32(0x02014b50), u16(45, 45, flags, method, 0, 0), u32(crc), tell(packedSize, size)]),
      Buffer.concat([u16(name.length, extra.length, 0, 0, 0), u32(0), tell(offset), name, extra]),
    );
    locals = Buffer.concat([locals, ...local, localName, u16(1, 16), u64(0, 0), packed]);
  }
  return { locals, entries };
}

/** A zip file; with zip64 its end is told by the records of 64-bit numbers. */
export function zip(members: readonly ZipMember[], { zip64 = false, comment = "", disk = 0 } = {}): Uint8Array {
  const { locals, entries } = parts(members);
  const directory = Buffer.concat(entries);
  const at = locals.length + directory.length;
  const count = members.length;
  const record = [
    u32(0x06064b50),
    u64(44),
    u16(45, 45),
    u32(disk, disk),
    u64(count, count, directory.length, locals.length),
  ];
  const locator = [u32(0x07064b50, 0), u64(at), u32(1)];
  const told = zip64
    ? [u16(0xffff, 0xffff), u32(0xffffffff, 0xffffffff)]
    : [u16(count, count), u32(directory.length, locals.length)];
  const end = [u32(0x06054b50), u16(disk, disk), ...told, u16(comment.length), Buffer.from(comment)];
  return new Uint8Array(Buffer.concat([locals, directory, ...(zip64 ? [...record, ...locator] : []), ...end]));
}
