/** Where an HDF5 file begins, and where its root group is (HDF5 File Format Specification, II.A). */

import { failure } from "../../../../errors.ts";
import type { ByteSource } from "../../tensor.ts";
import { FileBytes } from "./bytes.ts";
import { Cursor } from "./cursor.ts";
import { damaged } from "./damaged.ts";
import { findSuperblock, SIGNATURE } from "./signature.ts";

/** A superblock of any version, with addresses of eight bytes. */
const MOST_BYTES = 8 + 16 + 12 * 8;

export interface Superblock {
  readonly bytes: FileBytes;
  /** The address of the root group's object header. */
  readonly root: number;
}

/** @throws {DlstmError} syntax, unsupported. */
export function readSuperblock(source: ByteSource): Superblock {
  const start = findSuperblock(source);
  if (start === null) throw failure("syntax", "no signature of an HDF5 file");
  const head = source.read(start, Math.min(MOST_BYTES, source.size - start));
  const what = `the superblock at byte ${start}`;
  const fixed = new Cursor(head, { offset: 8, length: 8 }, what);
  fixed.skip(SIGNATURE.length);
  const version = fixed.version(0, 1, 2, 3);
  if (version < 2) fixed.skip(4);
  const widths = { offset: width(fixed), length: width(fixed) };
  const cursor = new Cursor(head.subarray(fixed.at), widths, what);
  // flags, before version 2 with the sizes of B-trees in front
  cursor.skip(version === 0 ? 9 : version === 1 ? 13 : 1);
  const base = cursor.definedAddress();
  cursor.address();
  const end = cursor.definedAddress();
  if (version < 2) {
    cursor.address();
    cursor.length();
  }
  const root = cursor.definedAddress();
  if (end > source.size) {
    throw damaged(`${source.size} bytes of the ${end} that its superblock tells: truncated?`);
  }
  return { bytes: new FileBytes(source, base, widths), root };
}

function width(cursor: Cursor): number {
  const width = cursor.u8();
  if (width === 2 || width === 4 || width === 8) return width;
  throw failure("unsupported", `addresses or lengths of ${width} bytes, expected 2, 4 or 8`);
}
