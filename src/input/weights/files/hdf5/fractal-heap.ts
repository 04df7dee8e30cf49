/** Fractal heaps, where groups of many links and objects of many attributes keep them (specification, III.G). */

import { failure } from "../../../../errors.ts";
import type { FileBytes } from "./bytes.ts";
import type { Cursor } from "./cursor.ts";
import { damaged } from "./damaged.ts";

interface Block {
  readonly address: number;
  readonly size: number;
}

export class FractalHeap {
  readonly #bytes: FileBytes;
  readonly #offsetBytes: number;
  readonly #lengthBytes: number;
  /** The direct blocks in the order of the heap's own addresses, which run through all of them; null: not there. */
  readonly #blocks: readonly (Block | null)[];
  readonly #startSize: number;
  readonly #width: number;

  /** @throws {DlstmError} syntax, unsupported. */
  constructor(bytes: FileBytes, address: number) {
    const { offset, length } = bytes.widths;
    const head = bytes.signed(address, 22 + 12 * length + 3 * offset, "FRHP", "a fractal heap");
    head.version(0);
    head.skip(2);
    if (head.u16() !== 0) throw failure("unsupported", "a fractal heap with filters, expected one without");
    head.skip(1);
    const mostManaged = head.u32();
    head.skip(10 * length + 2 * offset);
    this.#width = head.u16();
    this.#startSize = head.length();
    const mostDirect = head.length();
    const bits = head.u16();
    head.skip(2);
    const root = head.address();
    const rows = head.u16();
    this.#bytes = bytes;
    this.#offsetBytes = Math.ceil(bits / 8);
    this.#lengthBytes = bytesFor(Math.min(mostDirect, mostManaged));
    if (root === null) this.#blocks = [];
    else if (rows === 0) this.#blocks = [{ address: root, size: this.#startSize }];
    else this.#blocks = this.#directBlocks(root, rows, mostDirect);
  }

  /** The object of a heap ID. @throws {DlstmError} syntax, unsupported (an object outside of the heap's blocks). */
  object(id: Cursor): Cursor {
    const kind = id.u8();
    if ((kind & 0x30) !== 0)
      throw failure("unsupported", "an object of a fractal heap that stands apart from its blocks");
    let at = id.uint(this.#offsetBytes);
    const length = id.uint(this.#lengthBytes);
    for (const [k, block] of this.#blocks.entries()) {
      const size = this.#sizeOf(k);
      if (at < size && block !== null) {
        if (at + length > size) break;
        return this.#bytes.cursor(block.address + at, length, "an object of a fractal heap");
      }
      at -= size;
      if (at < 0) break;
    }
    throw damaged("an object that lies outside of its fractal heap");
  }

  /** The first two rows have blocks of the first size, each row behind them of twice the size of the one before. */
  #sizeOf(k: number): number {
    return this.#startSize * 2 ** Math.max(0, Math.floor(k / this.#width) - 1);
  }

  #directBlocks(address: number, rows: number, mostDirect: number): (Block | null)[] {
    const { offset, length } = this.#bytes.widths;
    const what = "an indirect block of a fractal heap";
    const count = rows * this.#width;
    const block = this.#bytes.signed(address, 5 + offset + this.#offsetBytes + count * offset, "FHIB", what);
    block.version(0);
    block.skip(offset + this.#offsetBytes);
    return Array.from({ length: count }, (_, k) => {
      const child = block.address();
      const size = this.#sizeOf(k);
      if (child === null) return null;
      if (size > mostDirect) throw failure("unsupported", `${what} below another: too many links or attributes`);
      // length is the width of sizes, which no block exceeds
      if (size >= 256 ** length) throw block.fault(`a block of ${size} bytes`);
      return { address: child, size };
    });
  }
}

/** The bytes that numbers up to this one take. */
function bytesFor(most: number): number {
  return Math.max(1, Math.ceil(Math.log2(most + 1) / 8));
}
