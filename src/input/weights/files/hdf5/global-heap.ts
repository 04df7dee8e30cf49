/** Global heaps, where text of any length stands (specification, III.E). */

import type { FileBytes } from "./bytes.ts";

/** The objects of one collection by their index. */
type Collection = ReadonlyMap<number, Uint8Array>;

export class GlobalHeaps {
  readonly #bytes: FileBytes;
  readonly #collections = new Map<number, Collection>();

  constructor(bytes: FileBytes) {
    this.#bytes = bytes;
  }

  /** The bytes of an object; undefined where there is none. @throws {DlstmError} syntax. */
  object(address: number, index: number): Uint8Array | undefined {
    let collection = this.#collections.get(address);
    if (collection === undefined) {
      collection = readCollection(this.#bytes, address);
      this.#collections.set(address, collection);
    }
    return collection.get(index);
  }
}

function readCollection(bytes: FileBytes, address: number): Collection {
  const what = "a global heap";
  const fixed = 8 + bytes.widths.length;
  const prefix = bytes.signed(address, fixed, "GCOL", what);
  prefix.version(1);
  prefix.skip(3);
  const size = prefix.length();
  const objects = new Map<number, Uint8Array>();
  const cursor = bytes.cursor(address + fixed, size - fixed, what);
  while (cursor.left >= fixed) {
    const index = cursor.u16();
    cursor.skip(6);
    const length = cursor.length();
    // what is free is the last object
    if (index === 0) break;
    objects.set(index, cursor.bytes(length));
    cursor.skip(Math.min((8 - (length % 8)) % 8, cursor.left));
  }
  return objects;
}
