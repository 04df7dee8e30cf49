/** The bytes of an HDF5 file by address. Every address and length is checked against the file before anything is read. */

import type { ByteSource } from "../../tensor.ts";
import { Window } from "../window.ts";
import { Cursor, type Widths } from "./cursor.ts";
import { damaged } from "./damaged.ts";

/**
 * How often the bytes of a file may be read for its structure: each stands in one place and is read about twice. Structures
 * that overlap could be read without end.
 */
const MOST_READINGS = 4;

export class FileBytes {
  readonly source: ByteSource;
  /** Where address 0 lies: behind the user block. */
  readonly base: number;
  readonly widths: Widths;
  readonly #window: Window;
  #left: number;

  constructor(source: ByteSource, base: number, widths: Widths) {
    this.source = source;
    this.#window = new Window(source);
    this.base = base;
    this.widths = widths;
    this.#left = MOST_READINGS * source.size;
  }

  /** Where the bytes of an address stand in the file. @throws {DlstmError} syntax, where they do not all stand in it. */
  locate(address: number, length: number, what: string): number {
    const start = this.base + address;
    if (!(length >= 0 && start + length <= this.source.size)) {
      throw damaged(
        `${what} at byte ${start} of ${length} bytes ends beyond the file's ${this.source.size}: truncated?`,
      );
    }
    return start;
  }

  /** The bytes of a structure. @throws {DlstmError} syntax, as {@link locate}, and where structures overlap. */
  read(address: number, length: number, what: string): Uint8Array {
    const start = this.locate(address, length, what);
    this.#left -= length;
    if (this.#left < 0) throw damaged("its structures overlap");
    // a copy: what is kept of a structure keeps no whole block
    return new Uint8Array(this.#window.read(start, length));
  }

  /** The same, to read what stands in them. */
  cursor(address: number, length: number, what: string): Cursor {
    return new Cursor(this.read(address, length, what), this.widths, `${what} at byte ${this.base + address}`);
  }

  /** A structure that begins with four letters. */
  signed(address: number, length: number, letters: string, what: string): Cursor {
    const cursor = this.cursor(address, length, what);
    cursor.expect(letters);
    return cursor;
  }
}
