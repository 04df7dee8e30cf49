/** Fixed arrays, which list the chunks of a dataset of fixed shape (specification, VII.C). */

import type { FileBytes } from "./bytes.ts";
import type { Cursor } from "./cursor.ts";
import type { Grid } from "./grid.ts";

const CHECKSUM = 4;

interface Element {
  /** Its number. */
  readonly k: number;
  readonly address: number;
  readonly bytes: number;
  readonly mask: number;
}

/** @throws {DlstmError} syntax, unsupported. */
export function* readFixedArray(bytes: FileBytes, address: number, { size, isFiltered }: Grid): Generator<Element> {
  const { offset, length } = bytes.widths;
  const head = bytes.signed(address, 8 + length + offset, "FAHD", "a fixed array");
  head.version(0);
  head.skip(1);
  const [elementBytes, pageBits] = [head.u8(), head.u8()];
  const count = head.length();
  const block = head.address();
  const packedBytes = isFiltered ? elementBytes - offset - 4 : 0;
  if (packedBytes < 0 || packedBytes > 8) throw head.fault(`elements of ${elementBytes} bytes`);
  if (block === null) return;
  const elements = (cursor: Cursor, first: number, many: number) =>
    Array.from({ length: many }, (_, k): Element | null => {
      const start = cursor.address();
      const stored = isFiltered ? { bytes: cursor.uint(packedBytes), mask: cursor.u32() } : { bytes: size, mask: 0 };
      return start === null ? null : { k: first + k, address: start, ...stored };
    });
  const prefix = 6 + offset;
  bytes.signed(block, prefix, "FADB", "a fixed array's block").skip(0);
  const perPage = 2 ** pageBits;
  const isPaged = count > perPage;
  let at = block + prefix + (isPaged ? Math.ceil(count / perPage / 8) + CHECKSUM : 0);
  for (let first = 0; first < count; first += perPage) {
    const many = Math.min(perPage, count - first);
    const page = bytes.cursor(at, many * elementBytes, "a fixed array's page");
    for (const element of elements(page, first, many)) if (element !== null) yield element;
    at += many * elementBytes + CHECKSUM;
  }
}
